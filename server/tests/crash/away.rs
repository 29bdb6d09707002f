//! Postgres goes away under a running program and comes back: clear answers meanwhile, nothing half done after.

use crate::{
    invariants,
    shopper::{Answer, Shopper, http},
    world::{SHOP, World, until},
};
use duka::vault::Purpose;
use reqwest::header;
use serde_json::json;
use sqlx::AssertSqlSafe;
use std::time::Duration;
use uuid::Uuid;

/// How soon the program must notice that the database is back.
const BACK: Duration = Duration::from_secs(30);

/// How the word about a page from memory begins.
const NOTICE: &str = "<p class=\"notice\" role=\"status\">The shop is answering from memory.";

/// Is it the page as it was, with a word about it? It may also be the page as it was and nothing else, as long as the
/// program may believe that nothing has changed.
fn is_from_memory(seen: &Answer, before: &Answer) -> bool {
    let Some((start, rest)) = seen.body.split_once(NOTICE) else {
        assert_eq!(seen.body, before.body, "without a notice a kept page is the same page");
        return false;
    };
    let (_, end) = rest.split_once("</p>").unwrap();
    assert_eq!(format!("{start}{end}"), before.body, "beside the notice a kept page is the same page");
    true
}

/// What somebody reads whom we cannot serve now: when to come back, and words instead of a trace.
fn is_clear(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    let seconds: u32 = answer.retry_after.as_deref().expect("Retry-After").parse().unwrap();
    assert!((1..=120).contains(&seconds), "Retry-After: {seconds}");
    assert!(answer.body.contains("</html>"), "no page: {answer:?}");
    for word in ["sqlx", "panicked", "PoolTimedOut", "server closed", "postgres", "Error {"] {
        assert!(!answer.body.contains(word), "the page says {word}: {}", answer.body);
    }
}

async fn call_back(world: &World, payment: Uuid, checkout: &str) -> u16 {
    let mut tx = world.ctx.tx().await.unwrap();
    let token = world.ctx.key(&mut tx).await.unwrap().token(Purpose::PayHook, payment);
    drop(tx);
    post_callback(world.program.port, &token.hex(), checkout).await
}

async fn post_callback(port: u16, token: &str, checkout: &str) -> u16 {
    let body = json!({ "Body": { "stkCallback": { "MerchantRequestID": "1-2-3", "CheckoutRequestID": checkout, "ResultCode": 1032, "ResultDesc": "Request cancelled by user" } } });
    let sent = http()
        .post(format!("http://127.0.0.1:{port}/hooks/pay/{token}"))
        .header(header::HOST, format!("localhost:{port}"))
        .json(&body)
        .send();
    sent.await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_database_it_says_so_and_goes_on_by_itself_when_it_is_back() {
    let mut world = World::begin(50).await;
    let port = world.program.port;
    let program = world.program.id();
    // Somebody has just been prompted and will say nothing for a quarter of an hour.
    world.script(json!({ "result_code": 0, "delay_ms": 900_000 })).await;
    let mut prompted = Shopper::new(port, SHOP, 1);
    prompted.add(world.shop.variants[0].uuid(), 1).await.unwrap();
    let form = prompted.fill(&prompted.open("/checkout").await.unwrap().body, "mpesa_stk");
    assert_eq!(prompted.place(&form).await.unwrap().status, 303);
    until("the prompt is out", BACK, || async {
        world.count("payments where checkout_request_id is not null").await == 1
    })
    .await;
    let (payment, checkout): (Uuid, String) =
        sqlx::query_as("select id, checkout_request_id from payments").fetch_one(&world.everything).await.unwrap();
    let mut tx = world.ctx.tx().await.unwrap();
    let hook = world.ctx.key(&mut tx).await.unwrap().token(Purpose::PayHook, payment).hex();
    drop(tx);
    // Somebody else is about to press the button.
    let mut buyer = Shopper::new(port, SHOP, 2);
    buyer.add(world.shop.variants[0].uuid(), 1).await.unwrap();
    let form = buyer.fill(&buyer.open("/checkout").await.unwrap().body, "mpesa_stk");
    let passer_by = Shopper::new(port, SHOP, 3);
    let product = passer_by.open("/p/kikoi").await.unwrap();
    assert_eq!(product.status, 200);

    world.cable.pull().await;
    until("the page says that it is answered from memory", BACK, || async {
        let seen = passer_by.open("/p/kikoi").await.unwrap();
        assert_eq!(seen.status, 200, "who looks is never sent away: {seen:?}");
        is_from_memory(&seen, &product)
    })
    .await;
    is_clear(&passer_by.open("/cart").await.unwrap());
    is_clear(&passer_by.open("/search?q=kikoi").await.unwrap());
    is_clear(&buyer.place(&form).await.unwrap());
    // It is on this machine's disk, so it may be taken.
    assert_eq!(post_callback(port, &hook, &checkout).await, 200);
    assert_eq!(world.program.readiness().await, Some(503));

    world.cable.plug_in().await;
    until("ready without a restart", BACK, || async { world.program.readiness().await == Some(200) }).await;
    assert_eq!(world.program.id(), program, "the same process");
    let counts = "(select count(*) from orders), (select count(*) from stock_holds), (select count(*) from payments)";
    let rows: (i64, i64, i64) =
        sqlx::query_as(AssertSqlSafe(format!("select {counts}"))).fetch_one(&world.everything).await.unwrap();
    assert_eq!(rows, (1, 1, 1), "orders, holds, payments: only what was there before");
    until("the callback is stored and settled though nobody tells it again", BACK, || async {
        world.count(&format!("payments where id = '{payment}' and status = 'failed'")).await == 1
    })
    .await;
    assert_eq!(world.count("mpesa_callbacks_raw").await, 1);
    invariants::hold(&world.everything).await;

    let placed = buyer.place(&form).await.unwrap();
    assert_eq!(placed.status, 303, "{placed:?}");
    assert_eq!(passer_by.open("/search?q=kikoi").await.unwrap().status, 200);
    let seen = passer_by.open("/p/kikoi").await.unwrap();
    assert!(seen.status == 200 && !seen.body.contains(NOTICE), "today's page again: {seen:?}");
    assert_eq!(call_back(&world, payment, &checkout).await, 200);
    until("the repeated callback is read by the worker", BACK, || async {
        world.count("mpesa_callbacks_raw where processed_at is not null").await == 2
    })
    .await;
    assert_eq!(world.count("orders").await, 2);
    invariants::hold(&world.everything).await;
}
