//! A provider that cannot be believed or does not answer, behind the real form: the order stands, its page has words,
//! and the money is taken later, once.

use crate::{
    invariants, provider,
    till::order,
    world::{Browser, NJERI, World, field},
};
use chrono::TimeDelta;
use duka::{
    checkout::check_payment::check_payment,
    ctx::Platform,
    kernel::{clock::Clock, id::PaymentId, outgoing::Waits},
    payments::providers::mpesa::{AccountKind, Credentials, Daraja, DarajaSettings},
};
use rustls::{
    ServerConfig, ServerConnection,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use sandbox::{Running, Sandbox};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::{
    net::TcpListener,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use uuid::Uuid;

/// What a shopper bears with.
const PATIENCE: Duration = Duration::from_secs(5);
/// The furthest a test waits for what is under way.
const LONG: Duration = Duration::from_secs(20);
const WORDS: &str = "Enter your M-Pesa PIN to pay.";

/// The provider is found here from now on.
fn moves_to(world: &mut World, daraja: Daraja, clock: Clock) {
    world.use_platform(Arc::new(Platform { daraja, clock, ..(*world.app.platform).clone() }));
}

/// Somebody else at the provider's address, with a certificate that nobody but itself vouches for. Each caller who
/// turned away is told of with the reason, and one who did not with none.
fn impostor() -> (String, UnboundedReceiver<Option<String>>) {
    let chain = vec![CertificateDer::from_pem_slice(sandbox::CERTIFICATE.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("../../../sandbox/key.pem")).unwrap();
    let config = Arc::new(ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap());
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("https://{}/daraja", listener.local_addr().unwrap());
    let (say, said) = unbounded_channel();
    std::thread::spawn(move || {
        for caller in listener.incoming() {
            let mut caller = caller.unwrap();
            let mut line = ServerConnection::new(config.clone()).unwrap();
            let greeted = line.complete_io(&mut caller);
            if say.send(greeted.err().map(|fault| fault.to_string())).is_err() {
                break;
            }
        }
    });
    (address, said)
}

async fn until(world: &World, statement: &str) {
    let end = Instant::now() + LONG;
    while world.count(statement).await == 0 {
        assert!(Instant::now() < end, "it never came to {statement}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn http() -> reqwest::Client {
    #[expect(clippy::disallowed_methods, reason = "a test talks to its own sandbox")]
    reqwest::Client::new()
}

async fn control(sandbox: &Running, what: &str, body: Value) {
    let url = format!("{}/control/{what}", sandbox.base_url);
    assert_eq!(http().post(url).json(&body).send().await.unwrap().status(), 204);
}

async fn prompts(sandbox: &Running) -> usize {
    let url = format!("{}/control/requests?provider=mpesa", sandbox.base_url);
    let all: Vec<Value> = http().get(url).send().await.unwrap().json().await.unwrap();
    all.iter().filter(|call| call["path"].as_str().is_some_and(|path| path.contains("/mpesa/stkpush/"))).count()
}

async fn payment(world: &World, attempt: i32) -> PaymentId {
    let id = world.text(&format!("select id::text from payments where attempt_no = {attempt}")).await;
    PaymentId::from(id.parse::<Uuid>().unwrap())
}

/// The provider is asked until it says that the prompt was paid.
async fn until_paid(world: &World, payment: PaymentId) {
    let end = Instant::now() + LONG;
    while world.count("select count(*) from orders where status = 'paid' and payment_status = 'paid'").await == 0 {
        assert!(Instant::now() < end, "the order was never paid");
        check_payment(&world.app.platform, world.njeri.tenant, payment).await.unwrap();
    }
    let everything = PgPool::connect(&world.db.url("postgres")).await.unwrap();
    invariants::hold(&everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_with_a_bad_certificate_is_told_nothing_and_the_order_completes_when_it_is_mended() {
    let mut world = World::new().await;
    world.takes(&world.njeri, "paybill").await;
    let (address, mut turned_away) = impostor();
    moves_to(&mut world, Daraja::new(&address), Clock::system());
    let began = Instant::now();
    let page = order(&world, "mpesa_stk", "Amina Wanjiru", "0711223344").await;
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
    let reason = tokio::time::timeout(LONG, turned_away.recv()).await.unwrap().unwrap();
    assert!(reason.is_some(), "it was believed");
    until(
        &world,
        "select count(*) from payment_audit where metadata @> '{\"call\": \"prompt\", \"answer\": \"not_sent\"}'",
    )
    .await;
    let html = Browser::new(&world, NJERI).get(&page).await.text();
    assert!(html.contains(WORDS), "{html}");
    until(&world, "select count(*) from payments where status = 'initiated' and claimed_at is null").await;

    let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    control(&sandbox, "mpesa", json!({ "result_code": 0, "drop_callback": true })).await;
    moves_to(&mut world, Daraja::new(&sandbox.daraja_url()), Clock::system());
    world.sql("update graphile_worker._private_jobs set run_at = now() where run_at > now()").await;
    world.work().await;
    until_paid(&world, payment(&world, 1).await).await;
    assert_eq!((prompts(&sandbox).await, world.count("select count(*) from payments").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_hangs_is_left_after_its_time_and_the_next_prompt_pays_once() {
    let mut world = World::new().await;
    world.takes(&world.njeri, "paybill").await;
    let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
    let short = Duration::from_millis(700);
    let daraja = Daraja::open(DarajaSettings {
        waits: Waits { to_connect: short, in_all: short },
        ..DarajaSettings::at(&sandbox.daraja_url())
    });
    let clock = Clock::fixed(world.app.platform.clock.now());
    moves_to(&mut world, daraja, clock);
    let platform = world.app.platform.clone();
    // The token is known, so that it is the prompt that hangs.
    let credentials = Credentials {
        environment: "sandbox".into(),
        kind: AccountKind::Paybill,
        short_code: provider::PAYBILL.into(),
        till_number: None,
        consumer_key: "key".into(),
        consumer_secret: "secret".into(),
        passkey: "passkey".into(),
        initiator: None,
    };
    let _ = platform.daraja.query(&credentials, "ws_CO_281120260900000711223344", platform.clock.now()).await;
    control(&sandbox, "fault", json!({ "provider": "mpesa", "kind": "hang", "count": 1 })).await;
    let began = Instant::now();
    let page = order(&world, "mpesa_stk", "Amina Wanjiru", "0711223344").await;
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
    let mut shopper = Browser::new(&world, NJERI);
    assert!(shopper.get(&page).await.text().contains(WORDS));
    until(
        &world,
        "select count(*) from payment_audit where metadata @> '{\"call\": \"prompt\", \"answer\": \"lost\"}'",
    )
    .await;
    assert_eq!(prompts(&sandbox).await, 1);

    // It may be on the phone, so no other is sent before its time is over.
    platform.clock.advance(TimeDelta::seconds(151));
    check_payment(&platform, world.njeri.tenant, payment(&world, 1).await).await.unwrap();
    let html = shopper.get(&page).await.text();
    assert!(html.contains("Your phone did not answer"), "{html}");
    control(&sandbox, "mpesa", json!({ "result_code": 0, "drop_callback": true })).await;
    let key = field(&html, "idempotency_key");
    let again = [("idempotency_key", key.as_str()), ("payment_method", "mpesa_stk"), ("mpesa_phone", "0711223344")];
    assert_eq!(shopper.post(&format!("{page}/pay"), &again).await.status, 303);
    until(&world, "select count(*) from payments where attempt_no = 2 and checkout_request_id is not null").await;
    until_paid(&world, payment(&world, 2).await).await;
    let paid = "select count(*) from payments where status = 'succeeded'";
    assert_eq!((prompts(&sandbox).await, world.count(paid).await), (2, 1));
}
