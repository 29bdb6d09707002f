//! `duka customer export` and `erase`: everything of one person, at one merchant, and nothing else.

use super::person::{PHONE, TRACES, World};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use duka::{
    ctx::Ctx,
    customers::privacy::{
        erase::erase,
        export::export,
        register::{Erase, fields},
    },
    db::Db,
    error::AppError,
    kernel::{
        access::{Actor, Role},
        id::UserId,
        phone::Phone,
    },
};
use std::process::{Command, Output};

fn phone() -> Phone {
    Phone::parse(PHONE).unwrap()
}

#[tokio::test]
async fn everything_is_given_out_of_one_merchant_and_of_one_person() {
    let mut world = World::new().await;
    let theirs = world.theirs.tenant;
    world
        .run(&format!(
            "update customers set first_name = 'Another' where tenant_id = '{theirs}';
             insert into customers (tenant_id, phone, first_name) values ('{}', '+254722000111', 'Somebody')",
            world.ours.tenant
        ))
        .await;
    let found = export(&world.ours.ctx, &phone()).await.unwrap().unwrap();
    let text = found.to_string();
    assert!(!text.contains("Another") && !text.contains("Somebody") && !text.contains(&theirs.to_string()), "{text}");
    for trace in ["Wanjiku", "Kamau", "wanjiku@barua.test", "Kindaruma Road, Gate B", "third floor, ring twice"] {
        assert!(text.contains(trace), "{trace} is not in {text}");
    }
    for field in fields().unwrap() {
        let Some(name) = field.export else { continue };
        let rows = found[field.table].as_array().unwrap_or_else(|| panic!("{} is missing", field.table));
        assert!(!rows.is_empty(), "{} is empty", field.table);
        assert!(rows[0].get(name).is_some(), "{}.{name} is missing", field.table);
    }
    assert_eq!(found["orders"].as_array().unwrap().len(), 2);
    assert_eq!(
        world.text("select string_agg(actor_kind, ',') from audit_log where action = 'customer_exported'").await,
        "operator"
    );
}

#[tokio::test]
async fn only_who_may_takes_data_out() {
    let world = World::new().await;
    for role in [Role::Staff, Role::Viewer] {
        let actor = Actor::Member { user: UserId::mint(), role };
        let ctx = Ctx::new(world.platform.clone(), world.ours.tenant, actor);
        assert_eq!(export(&ctx, &phone()).await, Err(AppError::NotPermitted));
    }
}

#[tokio::test]
async fn after_erasing_nothing_of_the_person_is_found_anywhere() {
    let mut world = World::new().await;
    let (ours, theirs) = (world.ours.clone(), world.theirs.clone());
    let before = world.traces(&ours).await;
    for field in fields().unwrap().iter().filter(|field| field.is_shoppers()) {
        let place = format!("{}.{}", field.table, field.column);
        let holds_words = !matches!(field.erase, Erase::Keep) && field.export.is_some();
        let is_a_word = ![
            "customers.whatsapp_opt_in",
            "customers.city_area",
            "customers.erase_asked_at",
            "customers.locale",
            "audit_log.source_address",
            "payments.card_last_four",
        ]
        .contains(&place.as_str())
            && !place.ends_with("event_type")
            && !place.starts_with("customer_consents.")
            && !place.starts_with("shopper_")
            && place != "customer_addresses.city_area";
        assert!(!holds_words || !is_a_word || before.contains(&place), "{place} holds nothing to be erased");
    }
    let (money, neighbour) = (world.money(&ours).await, world.whole(&theirs).await);
    let operator = Db::open(&world.db.url("duka_ops"), 2).unwrap();

    let erased = erase(&operator, ours.tenant, &phone()).await.unwrap().unwrap();
    assert!(erased.changed > 10 && erased.removed == 7, "{erased:?}");
    assert_eq!(world.traces(&ours).await, Vec::<String>::new());
    assert_eq!(world.money(&ours).await, money);
    assert_eq!(world.whole(&theirs).await, neighbour);
    let tenant = ours.tenant;
    let callback = format!(
        "select payload #>> '{{Body,stkCallback,CallbackMetadata,Item,0,Value}}' from mpesa_callbacks_raw where tenant_id = '{tenant}' and payment_id is not null"
    );
    assert_eq!(world.text(&callback).await, "2150", "what was paid stays evidence");
    let audit = "select string_agg(concat_ws(' ', actor_kind, action, subject_type), ',') from audit_log where action = 'customer_erased'";
    assert_eq!(world.text(audit).await, "operator customer_erased customers");

    let whole = world.whole(&ours).await;
    assert_eq!(erase(&operator, ours.tenant, &phone()).await.unwrap(), None, "nobody is known any more");
    assert_eq!(world.whole(&ours).await, whole);
    operator.close().await;
}

#[tokio::test]
async fn somebody_elses_rows_stay_as_they_are() {
    let mut world = World::new().await;
    let tenant = world.ours.tenant;
    world
        .run(&format!(
            "insert into customers (tenant_id, id, phone, first_name) values ('{tenant}', '00000000-0000-7000-8000-000000000001', '+254722000111', 'Otieno');
             insert into orders (tenant_id, id, store_id, customer_id, order_number, customer_name, customer_phone)
             values ('{tenant}', '00000000-0000-7000-8000-000000000002', '{}', '00000000-0000-7000-8000-000000000001', 1002, 'Otieno', '+254722000111')",
            world.ours.store
        ))
        .await;
    let operator = Db::open(&world.db.url("duka_ops"), 2).unwrap();
    erase(&operator, tenant, &phone()).await.unwrap().unwrap();
    let rest = "select string_agg(customer_name || customer_phone, ',') from orders where customer_phone is not null and tenant_id = ";
    assert_eq!(world.text(&format!("{rest}'{tenant}'")).await, "Otieno+254722000111");
    operator.close().await;
}

#[tokio::test]
async fn the_commands_take_any_spelling_and_say_one_line_of_who_is_unknown() {
    let mut world = World::new().await;
    let urls = [
        ("DATABASE_URL", "duka_app"),
        ("DUKA_WORKER_DATABASE_URL", "duka_worker"),
        ("DUKA_OPS_DATABASE_URL", "duka_ops"),
    ]
    .map(|(name, role)| (name, world.db.url(role)));
    let folder = std::env::temp_dir().join(format!("duka-privacy-{}", world.ours.tenant));
    std::fs::create_dir_all(&folder).unwrap();
    let duka = |words: &[&str]| -> Output {
        Command::new(env!("CARGO_BIN_EXE_duka"))
            .args(words)
            .current_dir(&folder)
            .envs(urls.iter().map(|(name, url)| (*name, url.as_str())))
            .env("DUKA_DATA_DIR", &folder)
            .env(
                "DUKA_SECRET_KEY",
                BASE64_STANDARD.encode(std::array::from_fn::<u8, 32, _>(|at| u8::try_from(at * 7).unwrap_or(9))),
            )
            .env("DUKA_LOG", "error")
            .output()
            .unwrap()
    };
    let out = duka(&["customer", "export", "--store", "ours", "--phone", "0711 223-344"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let document: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!((&document["phone"], &document["customers"][0]["first_name"]), (&PHONE.into(), &"Wanjiku".into()));

    let erased = duka(&["customer", "erase", "--store", "ours", "--phone", "254711223344"]);
    assert!(erased.status.success(), "{}", String::from_utf8_lossy(&erased.stderr));
    let said = String::from_utf8_lossy(&erased.stdout).into_owned();
    assert!(said.starts_with("erased: ") && !TRACES.iter().any(|trace| said.contains(trace)), "{said}");
    let ours = world.ours.clone();
    assert_eq!(world.traces(&ours).await, Vec::<String>::new());

    for words in [
        ["customer", "erase", "--store", "ours", "--phone", "0711223344"],
        ["customer", "export", "--store", "ours", "--phone", "0711223344"],
        ["customer", "erase", "--store", "nowhere", "--phone", "0711223344"],
        ["customer", "erase", "--store", "ours", "--phone", "12345"],
    ] {
        let refused = duka(&words);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!((refused.status.code(), said.lines().count()), (Some(1), 1), "{said}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
