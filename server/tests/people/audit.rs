//! The log: every change is in it with who and from where, and the program itself cannot alter it.

use crate::{
    merchant::member,
    world::{NJERI, World},
};
use duka::kernel::{access::Role, acts, locale::Locale};
use http::StatusCode;
use sqlx::{Connection as _, Executor as _, PgConnection};

#[tokio::test]
async fn what_an_owner_does_is_in_the_log_with_who_and_from_where() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let store = format!("/dashboard/settings/stores/{}", world.njeri.store);
    let variant = world.njeri.variants[0].to_string();
    let settings = [("version", "1"), ("name", "Njeri"), ("vat_rate", "16"), ("hold_minutes", "30")];
    let business = [("version", "1"), ("name", "Njeri Ltd"), ("timezone", "Africa/Nairobi")];
    let account = [
        ("version", "0"),
        ("kind", "till"),
        ("short_code", "600000"),
        ("till_number", "5123456"),
        ("consumer_key", "key-nobody-may-read"),
        ("consumer_secret", "secret-nobody-may-read"),
        ("passkey", "pass-nobody-may-read"),
    ];
    let price = [("variant", variant.as_str()), ("version", "1"), ("currency", "KES"), ("price", "900")];
    let stock = [("variant", variant.as_str()), ("version", "2"), ("change", "5"), ("reason", "restock"), ("note", "")];
    for (path, form, status, action) in [
        (store.as_str(), &settings as &[_], StatusCode::SEE_OTHER, "store_changed"),
        ("/dashboard/settings/business", &business, StatusCode::SEE_OTHER, "business_changed"),
        ("/dashboard/settings/mpesa", &account, StatusCode::SEE_OTHER, "mpesa_account_changed"),
        (
            "/dashboard/settings/team/invite",
            &[("email", "a@b.test"), ("role", "staff")],
            StatusCode::SEE_OTHER,
            "member_invited",
        ),
        ("/dashboard/settings/stores", &[("name", "Two"), ("slug", "two")], StatusCode::SEE_OTHER, "store_added"),
        ("/api/dash/product/price", &price, StatusCode::OK, "price_changed"),
        ("/api/dash/product/stock", &stock, StatusCode::OK, "stock_adjusted"),
    ] {
        let done = owner.browser.post(path, form).await;
        assert_eq!(done.status, status, "{path}: {}", done.text());
        let logged = format!(
            "select count(*) from audit_log where action = '{action}' and actor_id = '{}' and actor_kind = 'user'
               and session_id = '{}' and source_agent like 'Mozilla/5.0 (Linux; Android%' and subject_id is not null",
            owner.user, owner.session
        );
        assert_eq!(world.count(&logged).await, 1, "{action}");
    }
    let told =
        world.count("select count(*) from audit_log where details::text ~ '(nobody-may-read|a@b.test|Njeri)'").await;
    assert_eq!(told, 0, "no secret and no person stands in it");

    let page = owner.browser.get("/dashboard/settings/activity").await.text();
    assert!(page.contains("Person owner") && page.contains("changed a price"), "{page}");
    assert!(page.contains("changed: Business name") && page.contains("after: KSh 900"), "{page}");
    assert!(!page.contains(" cents") && !page.contains("[&quot;") && !page.contains("{&quot;"), "{page}");
    let narrow = owner.browser.get("/dashboard/settings/activity?action=price_changed").await.text();
    assert_eq!((narrow.matches("<time").count(), narrow.contains("changed a price")), (1, true));
    let day = "select max((created_at at time zone 'Africa/Nairobi')::date)::text from audit_log";
    let day: String = sqlx::query_scalar(day).fetch_one(&mut world.db.superuser().await).await.unwrap();
    for (day, are_there) in [(day.as_str(), true), ("2001-01-01", false), ("-5000-01-01", true), ("moon", true)] {
        let lines = owner.browser.get(&format!("/dashboard/settings/activity?day={day}")).await.text();
        assert_eq!(lines.contains("<time"), are_there, "{day}: {lines}");
    }
    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    let theirs = neighbour.browser.get(&format!("/dashboard/settings/activity?person={}", owner.user)).await.text();
    assert_eq!(theirs.matches("<time").count(), 0, "another merchant's log is not theirs");
}

#[test]
fn every_act_can_be_read_in_both_languages() {
    for act in acts::ALL.into_iter().flatten() {
        for locale in Locale::ALL {
            let words = app::text::settings::words(locale);
            assert!((words.action)(act).is_some(), "{act} has no words in {locale:?}");
        }
    }
}

#[tokio::test]
async fn the_program_can_only_add_to_the_log() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    owner
        .browser
        .post(
            "/dashboard/settings/business",
            &[("version", "1"), ("name", "Njeri Ltd"), ("timezone", "Africa/Nairobi")],
        )
        .await;
    for role in ["duka_app", "duka_worker"] {
        let mut login = PgConnection::connect(&world.db.url(role)).await.unwrap();
        for attempt in ["update audit_log set action = 'nothing'", "delete from audit_log", "truncate audit_log"] {
            let inside = format!("begin; set local app.tenant_id = '{}'; {attempt}", world.njeri.tenant);
            let refused = login.execute(sqlx::AssertSqlSafe(inside)).await.unwrap_err();
            assert!(refused.to_string().contains("permission denied"), "{role}: {attempt}: {refused}");
            login.execute("rollback").await.unwrap();
        }
    }
    assert_eq!(world.count("select count(*) from audit_log where action = 'business_changed'").await, 1);
}

#[tokio::test]
async fn keys_are_written_and_never_read_back() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let secrets = ["key-nobody-may-read", "secret-nobody-may-read", "pass-nobody-may-read", "smsnobodymayread"];
    let form = [
        ("version", "0"),
        ("kind", "till"),
        ("short_code", "600000"),
        ("till_number", "5123456"),
        ("consumer_key", secrets[0]),
        ("consumer_secret", secrets[1]),
        ("passkey", secrets[2]),
    ];
    assert_eq!(owner.browser.post("/dashboard/settings/mpesa", &form).await.status, StatusCode::SEE_OTHER);
    let texts = [
        ("version", "0"),
        ("username", "mama-njeri"),
        ("sender_id", "NJERI"),
        ("is_on", "on"),
        ("api_key", secrets[3]),
    ];
    assert_eq!(owner.browser.post("/dashboard/settings/sms", &texts).await.status, StatusCode::SEE_OTHER);
    let wrong = [
        ("version", "1"),
        ("kind", "till"),
        ("short_code", "x"),
        ("till_number", "5123456"),
        ("consumer_key", secrets[0]),
    ];
    let pages = [
        owner.browser.get("/dashboard/settings/mpesa").await.text(),
        owner.browser.get("/dashboard/settings/sms").await.text(),
        owner.browser.post("/dashboard/settings/mpesa", &wrong).await.text(),
        owner.browser.get("/dashboard/settings/activity").await.text(),
        world.get(NJERI, "/").await.text(),
    ];
    for page in pages {
        assert!(!secrets.iter().any(|secret| page.contains(secret)), "{page}");
    }
    let kept = [("version", "1"), ("kind", "till"), ("short_code", "600001"), ("till_number", "5123456")];
    assert_eq!(
        owner.browser.post("/dashboard/settings/mpesa", &kept).await.status,
        StatusCode::SEE_OTHER,
        "keys left empty stay"
    );
    let mut everything = world.db.superuser().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select format('select count(*) from %I.%I t where t::text ~ $1', schemaname, tablename)
         from pg_tables where schemaname in ('public', 'graphile_worker')",
    )
    .fetch_all(&mut everything)
    .await
    .unwrap();
    assert!(tables.len() > 40, "{}", tables.len());
    for table in tables {
        for secret in secrets {
            // As text, and as the bytes that a column of bytes is shown as.
            let bytes = duka::kernel::token::hex(secret.as_bytes());
            let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(table.clone()))
                .bind(format!("{secret}|{bytes}"))
                .fetch_one(&mut everything)
                .await
                .unwrap();
            assert_eq!(found, 0, "{table}");
        }
    }
}
