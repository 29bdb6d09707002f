//! The M-Pesa settings beyond numbers and keys: the operator's password, the addresses' light, the balance.

use crate::{
    merchant::{Member, member},
    world::{Answer, PLATFORM, World},
};
use axum::body::Body;
use duka::{
    checkout::receive_callback::{Call, Received, receive_callback},
    ctx::{Ctx, Platform},
    jobs::worker,
    kernel::{
        access::{Actor, Role},
        token::Token,
    },
    payments::providers::mpesa::{Certificate, Daraja, DarajaSettings},
    vault::Purpose,
};
use http::{Request, StatusCode, header};
use sandbox::{Running, Sandbox};
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;
use uuid::Uuid;

const PAGE: &str = "/dashboard/settings/mpesa";
const OPERATOR: &str = "/dashboard/settings/mpesa/operator";
const ADDRESSES: &str = "/dashboard/settings/mpesa/addresses";
const BALANCE: &str = "/dashboard/settings/mpesa/balance";
const PASSWORD: &str = "Safe#2026%word";

async fn with_provider() -> (World, Running) {
    let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    let mut world = World::new().await;
    let daraja = Daraja::open(DarajaSettings {
        certificate: Certificate::read(sandbox::CERTIFICATE.as_bytes()).ok(),
        ..DarajaSettings::at(&sandbox.daraja_url())
    });
    world.use_platform(Arc::new(Platform { daraja, ..(*world.app.platform).clone() }));
    (world, sandbox)
}

fn account<'a>(version: &'a str, short_code: &'a str, secret: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("version", version),
        ("kind", "paybill"),
        ("short_code", short_code),
        ("consumer_key", "key"),
        ("consumer_secret", secret),
        ("passkey", "pass"),
    ]
}

/// An account that is in use, tried from 0711 223 344.
async fn in_use(world: &World, owner: &mut Member<'_>, secret: &str) {
    assert_eq!(owner.browser.post(PAGE, &account("0", "509731", secret)).await.status, StatusCode::SEE_OTHER);
    world
        .sql(
            "update mpesa_accounts set is_active = true, proved_at = now();
             insert into mpesa_account_tests (tenant_id, account_id, phone, status, requested_at)
             select tenant_id, id, '+254711223344', 'succeeded', now() from mpesa_accounts",
        )
        .await;
}

async fn version(world: &World) -> String {
    world
        .count("select version::bigint from mpesa_accounts where is_active or proved_at is null order by is_active, id limit 1")
        .await
        .to_string()
}

async fn operator(world: &World, owner: &mut Member<'_>, name: &str, password: &str) -> Answer {
    let version = version(world).await;
    owner
        .browser
        .post(OPERATOR, &[("version", &version), ("initiator_name", name), ("initiator_password", password)])
        .await
}

async fn drain(world: &World) {
    let mailer = Mailer::folder(std::env::temp_dir(), "Duka <no-reply@localhost>").unwrap();
    let worker = Arc::new(Platform { db: world.db.worker.clone(), ..(*world.app.platform).clone() });
    worker::drain(&world.db.worker, Arc::new(Registry::new(worker, mailer))).await.unwrap();
}

async fn hook(world: &World, purpose: Purpose, subject: &str) -> String {
    let ctx = Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    let mut tx = ctx.tx().await.unwrap();
    let subject: Uuid = subject.parse().unwrap();
    ctx.key(&mut tx).await.unwrap().token(purpose, subject).hex()
}

async fn text(world: &World, statement: &str) -> String {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement.to_owned())).fetch_one(&mut everything).await.unwrap()
}

async fn post_hook(world: &World, path: &str, body: String) -> StatusCode {
    let request = Request::post(path)
        .header(header::HOST, PLATFORM)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .unwrap();
    world.send(request).await.status
}

#[tokio::test]
async fn the_operators_password_goes_in_and_never_comes_out() {
    let (world, _sandbox) = with_provider().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    in_use(&world, &mut owner, "right").await;
    assert!(owner.browser.get(PAGE).await.text().contains("codes that shoppers type are checked by you"));
    let set = operator(&world, &mut owner, "dukaapi", PASSWORD).await;
    assert_eq!((set.status, set.header("location")), (StatusCode::SEE_OTHER, "/dashboard/settings/mpesa?saved"));
    let page = owner.browser.get(PAGE).await.text();
    assert!(page.contains("Set: dukaapi.") && page.contains("it is never shown") && !page.contains(PASSWORD), "{page}");
    assert!(page.contains("M-Pesa takes it for 90 days"));
    let plain = format!(
        "select (select count(*) from mpesa_accounts a where a::text like '%{PASSWORD}%' or position('{PASSWORD}'::bytea in a.initiator_password_sealed) > 0)
              + (select count(*) from audit_log l where l::text like '%{PASSWORD}%')
              + (select count(*) from graphile_worker._private_jobs j where j::text like '%{PASSWORD}%')"
    );
    assert_eq!(world.count(&plain).await, 0);
    assert_eq!(world.count("select count(*) from audit_log where action = 'mpesa_operator_changed'").await, 1);

    // Numbers and keys make a candidate: it has the operator where the number stays, and none where it does not.
    let at = version(&world).await;
    owner.browser.post(PAGE, &account(&at, "509731", "other")).await;
    assert_eq!(world.count("select count(*) from mpesa_accounts where initiator_set_at is not null").await, 2);
    let at = version(&world).await;
    owner.browser.post(PAGE, &account(&at, "600111", "other")).await;
    assert_eq!(world.count("select count(*) from mpesa_accounts where initiator_name is not null").await, 1);
    assert_eq!(
        world.count("select count(*) from mpesa_accounts where is_active and initiator_name = 'dukaapi'").await,
        1,
        "the one in use keeps its own"
    );

    world.sql("update mpesa_accounts set initiator_set_at = now() - interval '91 days' where is_active; delete from mpesa_account_tests; delete from mpesa_accounts where not is_active").await;
    assert!(owner.browser.get(PAGE).await.text().contains("M-Pesa took this password until"));
}

#[tokio::test]
async fn an_operators_form_that_is_wrong_or_old_changes_nothing() {
    let (world, _sandbox) = with_provider().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let early = operator_without_account(&mut owner).await;
    assert_eq!(early, StatusCode::NOT_FOUND);
    in_use(&world, &mut owner, "right").await;
    let bad = operator(&world, &mut owner, "dukaapi", "with space").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text().contains("value=\"dukaapi\"") && !bad.text().contains("with space"), "{}", bad.text());
    let fields = [("version", "99"), ("initiator_name", "dukaapi"), ("initiator_password", PASSWORD)];
    let old = owner.browser.post(OPERATOR, &fields).await;
    assert_eq!(old.status, StatusCode::CONFLICT);
    assert!(!old.text().contains(PASSWORD));
    for role in [Role::Staff, Role::Viewer] {
        let mut other = member(&world, &world.njeri, role).await;
        for (path, fields) in [(OPERATOR, &fields[..]), (ADDRESSES, &[]), (BALANCE, &[])] {
            assert_eq!(other.browser.post(path, fields).await.status, StatusCode::FORBIDDEN, "{path} {role:?}");
        }
    }
    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    assert_eq!(neighbour.browser.post(ADDRESSES, &[]).await.status, StatusCode::NOT_FOUND);
    for nothing in [
        "select count(*) from mpesa_accounts where initiator_name is not null",
        "select count(*) from hook_tokens where purpose in ('c2b', 'pull', 'ask')",
        "select count(*) from provider_questions",
        "select count(*) from audit_log where action like 'mpesa_operator%' or action like 'mpesa_addresses%'",
    ] {
        assert_eq!(world.count(nothing).await, 0, "{nothing}");
    }
}

async fn operator_without_account(owner: &mut Member<'_>) -> StatusCode {
    let fields = [("version", "0"), ("initiator_name", "dukaapi"), ("initiator_password", PASSWORD)];
    owner.browser.post(OPERATOR, &fields).await.status
}

#[tokio::test]
async fn addresses_are_registered_once_and_stay_when_another_account_is_put_to_use() {
    let (world, sandbox) = with_provider().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    in_use(&world, &mut owner, "right").await;
    assert!(owner.browser.get(PAGE).await.text().contains("Not registered"));
    for _ in 0..2 {
        let pressed = owner.browser.post(ADDRESSES, &[]).await;
        assert_eq!(
            (pressed.status, pressed.header("location")),
            (StatusCode::SEE_OTHER, "/dashboard/settings/mpesa#addresses")
        );
    }
    let page = owner.browser.get(PAGE).await.text();
    assert!(page.contains("Registered, nothing heard yet") && page.contains("has not told of any money yet"), "{page}");
    assert_eq!(
        world.count("select count(*) from hook_tokens where purpose in ('c2b', 'pull') and expires_at is null").await,
        2
    );
    assert_eq!(world.count("select count(*) from mpesa_accounts where c2b_registered_at is not null and pull_registered_at is not null and c2b_problem is null").await, 1);
    let id = text(&world, "select id::text from mpesa_accounts").await;
    let token = hook(&world, Purpose::C2bHook, &id).await;
    #[expect(clippy::disallowed_methods, reason = "the sandbox's controls, not a provider")]
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let sent = http.get(format!("{}/control/requests?provider=mpesa", sandbox.base_url)).send().await.unwrap();
    let sent = sent.text().await.unwrap();
    assert!(sent.contains(&format!("http://localhost:3000/hooks/c2b/{token}/confirmation")), "{sent}");
    assert!(sent.contains(&format!("http://localhost:3000/hooks/c2b/{token}/validation")), "{sent}");
    assert!(sent.contains("0711223344"), "the list is registered with the phone that the account was tried from");

    // Another account takes its place; money to the old number is still told, and only its own light shows it.
    world.sql("update mpesa_accounts set is_active = false").await;
    let token = Token::parse(&token).unwrap();
    let body = include_bytes!("../../../src/payments/providers/mpesa/samples/c2b_confirmation.json");
    let told = receive_callback(&world.app.platform, Call::C2bConfirmation, &token, body, "127.0.0.1").await.unwrap();
    assert_eq!(told, Received::Stored);
    world.sql("update mpesa_accounts set is_active = true").await;
    let page = owner.browser.get(PAGE).await.text();
    assert!(
        page.contains("light--good") && page.contains("Working") && page.contains("M-Pesa last told of money on"),
        "{page}"
    );
    world.db.logged(&["mpesa_addresses_asked", "mpesa_addresses_registered"]).await;
}

#[tokio::test]
async fn new_keys_for_the_same_number_keep_its_addresses_its_list_and_its_light() {
    let (world, sandbox) = with_provider().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    in_use(&world, &mut owner, "right").await;
    owner.browser.post(ADDRESSES, &[]).await;
    let first = text(&world, "select id::text from mpesa_accounts").await;
    let at = version(&world).await;
    assert_eq!(owner.browser.post(PAGE, &account(&at, "509731", "renewed")).await.status, StatusCode::SEE_OTHER);
    #[expect(clippy::disallowed_methods, reason = "the sandbox's controls, not a provider")]
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let script = serde_json::json!({ "result_code": 0, "drop_callback": true });
    http.post(format!("{}/control/mpesa", sandbox.base_url)).json(&script).send().await.unwrap();
    owner.browser.post("/dashboard/settings/mpesa/test", &[("phone", "0711 223 344")]).await;
    world.sql("update graphile_worker._private_jobs set run_at = now()").await;
    drain(&world).await;
    assert_eq!(
        text(&world, &format!("select is_active::text from mpesa_accounts where id = '{first}'")).await,
        "false"
    );
    let known = "select count(*) from mpesa_accounts where is_active and c2b_registered_at is not null and pull_registered_at is not null";
    assert_eq!(world.count(known).await, 1, "nobody has to press the button again");
    assert!(owner.browser.get(PAGE).await.text().contains("Registered, nothing heard yet"));
    // M-Pesa calls the address that it was given for the number.
    let token = hook(&world, Purpose::C2bHook, &first).await;
    let body = include_str!("../../../src/payments/providers/mpesa/samples/c2b_confirmation.json");
    let told = post_hook(&world, &format!("/hooks/c2b/{token}/confirmation"), body.to_owned()).await;
    assert_eq!(told, StatusCode::OK);
    let page = owner.browser.get(PAGE).await.text();
    assert!(page.contains("light--good") && page.contains("Working"), "{page}");
}

#[tokio::test]
async fn a_registration_that_the_provider_refuses_is_said_in_words() {
    let (world, sandbox) = with_provider().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    in_use(&world, &mut owner, "wrong").await;
    assert_eq!(owner.browser.post(ADDRESSES, &[]).await.status, StatusCode::SEE_OTHER);
    let page = owner.browser.get(PAGE).await.text();
    assert!(page.contains("Not working") && page.contains("M-Pesa does not take the keys for this."), "{page}");
    assert_eq!(text(&world, "select c2b_problem from mpesa_accounts").await, "bad_settings");
    sandbox.stop().await;
    owner.browser.post(ADDRESSES, &[]).await;
    assert!(owner.browser.get(PAGE).await.text().contains("M-Pesa could not be reached. Nothing was registered."));
    assert_eq!(world.count("select count(*) from mpesa_accounts where c2b_registered_at is not null").await, 0);
    assert_eq!(world.count("select count(*) from audit_log where action = 'mpesa_addresses_not_registered'").await, 2);
}

#[tokio::test]
async fn the_balance_is_asked_once_and_shown_when_it_has_come() {
    let (world, _sandbox) = with_provider().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    in_use(&world, &mut owner, "right").await;
    assert!(!owner.browser.get(PAGE).await.text().contains("Ask the balance"), "there is no operator to ask as");
    operator(&world, &mut owner, "dukaapi", PASSWORD).await;
    for _ in 0..2 {
        assert_eq!(owner.browser.post(BALANCE, &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(world.count("select count(*) from provider_questions where kind = 'balance'").await, 1);
    assert_eq!(owner.browser.get(PAGE).await.header("refresh"), "4");
    drain(&world).await;
    let question = text(&world, "select id::text from provider_questions").await;
    let name = text(&world, "select conversation_id from provider_questions").await;
    let token = hook(&world, Purpose::AskHook, &question).await;
    let sample = include_str!("../../../src/payments/providers/mpesa/samples/result_balance.json");
    let mut body: serde_json::Value = serde_json::from_str(sample).unwrap();
    body["Result"]["ConversationID"] = name.into();
    let unknown = format!("/hooks/ask/{}/result", "ab".repeat(32));
    assert_eq!(post_hook(&world, &unknown, body.to_string()).await, StatusCode::NOT_FOUND);
    assert_eq!(post_hook(&world, &format!("/hooks/ask/{token}/result"), body.to_string()).await, StatusCode::OK);
    drain(&world).await;
    assert_eq!(text(&world, "select outcome from provider_questions").await, "answered");
    let page = owner.browser.get(PAGE).await;
    assert_eq!(page.header("refresh"), "");
    assert!(page.text().contains("Utility Account") && page.text().contains("As of "), "{}", page.text());
    world.db.logged(&["mpesa_operator_changed", "mpesa_balance_asked"]).await;
}

#[tokio::test]
async fn a_call_that_is_too_deep_or_too_long_is_kept_as_it_came_and_lands_nothing() {
    let (world, _sandbox) = with_provider().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    in_use(&world, &mut owner, "right").await;
    assert_eq!(owner.browser.post(ADDRESSES, &[]).await.status, StatusCode::SEE_OTHER);
    let token = hook(&world, Purpose::C2bHook, &text(&world, "select id::text from mpesa_accounts").await).await;
    let sample = include_str!("../../../src/payments/providers/mpesa/samples/c2b_confirmation.json");
    let deep = format!("{}1{}", "[".repeat(32), "]".repeat(32));
    let long = format!("[{}]", ["0"; 201].join(","));
    for odd in [&deep, &long] {
        let body = sample.trim_end().strip_suffix('}').unwrap().to_owned() + &format!(", \"Extra\": {odd} }}");
        let told = post_hook(&world, &format!("/hooks/c2b/{token}/confirmation"), body.clone()).await;
        assert_eq!(told, StatusCode::OK, "it is kept, so it is acknowledged");
        assert_eq!(text(&world, "select raw_body from mpesa_callbacks_raw where processed_at is null").await, body);
        drain(&world).await;
        assert_eq!(world.count("select count(*) from mpesa_callbacks_raw where processed_at is null").await, 0);
    }
    let aside = "select count(*) from mpesa_callbacks_raw where outcome = 'malformed' and payload ? 'not_json'";
    assert_eq!(world.count(aside).await, 2);
    assert_eq!(world.count("select count(*) from payments").await, 0);
}
