//! Many sides tell of the same money at once, over a slow line to the database: it is taken once.

use super::{
    bank::{ask_for_list, pull, until_arrived},
    invariants,
    slow_line::SlowLine,
    story::Story,
};
use duka::{
    checkout::{
        check_payment::check_payment,
        land_money::{Arrived, Payer, ReceivedBy, land},
        place_order::Placed,
        read_callback::settle_callback,
        settle_payment::{Settled, Source},
    },
    ctx::{Ctx, Platform},
    db::Db,
    kernel::{
        access::Actor,
        id::{CallbackId, MpesaAccountId},
        money::Money,
    },
    pages::storefront::order::load,
};
use serde_json::json;
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;
use uuid::Uuid;

/// What the line adds to every answer.
const LATER: Duration = Duration::from_millis(100);
/// Connections of the slow side.
const CONNECTIONS: u32 = 40;

/// The same installation at the end of a slow line.
async fn slowly(story: &Story) -> (Arc<Platform>, SlowLine) {
    let line = SlowLine::later(&story.app_url(), LATER).await;
    let db = Db::open(&line.address, CONNECTIONS).unwrap();
    (Arc::new(Platform { db, ..(*story.platform).clone() }), line)
}

/// So many paid orders of which nothing has been read yet.
async fn paid_and_unread(story: &Story, count: usize) -> Vec<Placed> {
    story.set_stock(0, i32::try_from(count).unwrap()).await;
    story.script(json!({ "result_code": 0 })).await;
    let mut all = Vec::new();
    for _ in 0..count {
        all.push(story.buy(1).await);
        story.until_callbacks(1).await;
    }
    all
}

/// Callback, status query, the shopper who comes back and the provider's list, all for every order at the same time.
async fn race(count: usize) {
    let story = Story::begin().await;
    ask_for_list(&story).await;
    let placed = paid_and_unread(&story, count).await;
    until_arrived(&story, count.min(100)).await;
    story.platform.clock.advance(chrono::TimeDelta::minutes(2));
    let (slow, _line) = slowly(&story).await;
    let tenant = story.tenant();
    let callbacks: Vec<(Uuid,)> =
        sqlx::query_as("select id from mpesa_callbacks_raw").fetch_all(&story.everything).await.unwrap();
    let mut racers = JoinSet::new();
    let list = slow.clone();
    racers.spawn(async move {
        let account = MpesaAccountId::from(Uuid::from_u128(1));
        duka::checkout::close::pull_recent(&list, tenant, account).await
    });
    for (one, (callback,)) in placed.iter().zip(callbacks) {
        let (by_callback, by_query, by_return) = (slow.clone(), slow.clone(), slow.clone());
        let (payment, token) = (one.prompt.unwrap(), one.token.clone());
        racers.spawn(async move { settle_callback(&by_callback, tenant, CallbackId::from(callback)).await });
        racers.spawn(async move { check_payment(&by_query, tenant, payment).await });
        racers.spawn(async move { load(&Ctx::new(by_return, tenant, Actor::Shopper), &token).await.map(|()| ()) });
    }
    let mut later = 0;
    while let Some(racer) = racers.join_next().await {
        // A connection was not free in time, or two met: the queue brings it again.
        later += usize::from(racer.unwrap().is_err());
    }
    story.work().await;
    pull(&story).await;
    let wanted = i64::try_from(count).unwrap();
    assert_eq!(story.count("orders where status = 'paid' and payment_status = 'paid'").await, wanted);
    assert_eq!(story.count("payments where status = 'succeeded' and mpesa_receipt is not null").await, wanted);
    assert_eq!(story.count("payments").await, wanted);
    assert_eq!(story.count("ledger_entries").await, 2 * wanted);
    assert_eq!(story.count("order_status_history where to_status = 'paid'").await, wanted);
    assert_eq!(story.count("inventory_movements where reason = 'sale'").await, wanted);
    assert_eq!(story.count("refunds").await, 0);
    invariants::hold(&story.everything).await;
    println!("{count} orders, four sides each, {later} came again later");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callback_query_return_and_list_race_over_a_slow_line_and_each_order_is_paid_once() {
    race(40).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "minutes long: `make soak` runs it"]
async fn two_hundred_orders_race_over_a_slow_line() {
    race(200).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_receipt_told_fifty_times_at_once_is_one_payment() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032 })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    let (slow, _line) = slowly(&story).await;
    let arrived = Arrived {
        method: ReceivedBy::MpesaPaybill,
        source: Source::C2b,
        receipt: Some("UKS1FIFTY0".to_owned()),
        amount: Money::shillings(1_150),
        order: Some(placed.order),
        short_code: None,
        typed_account: None,
        payer: Payer::default(),
        at: story.platform.clock.now(),
    };
    let mut racers = JoinSet::new();
    for nth in 0..50 {
        let ctx = Ctx::new(slow.clone(), story.tenant(), Actor::Program);
        // The notice says which order; the list does not know it.
        let order = if nth % 2 == 0 { arrived.order } else { None };
        let arrived = Arrived { order, ..arrived.clone() };
        racers.spawn(async move { land(&ctx, arrived).await });
    }
    let mut settled = Vec::new();
    while let Some(racer) = racers.join_next().await {
        if let Ok(landed) = racer.unwrap() {
            settled.push(landed.settled);
        }
    }
    assert_eq!(settled.iter().filter(|one| **one != Settled::Unchanged).count(), 1, "{settled:?}");
    assert_eq!(story.count("payments where mpesa_receipt = 'UKS1FIFTY0'").await, 1);
    assert_eq!(story.count("ledger_entries").await, 2);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn inbox_money_that_two_people_put_on_two_orders_goes_to_one() {
    let story = Story::begin().await;
    let mut orders = Vec::new();
    story.script(json!({ "result_code": 1032 })).await;
    for _ in 0..2 {
        let placed = story.buy(1).await;
        story.until_settled(&placed).await;
        orders.push(placed.order);
    }
    let money = super::bank::arrive(&story, "UKS1ONCE00", 1_150, None).await;
    let (slow, _line) = slowly(&story).await;
    let mut racers = JoinSet::new();
    for nth in 0..20 {
        let (ctx, order) = (Ctx::new(slow.clone(), story.tenant(), Actor::Program), orders[nth % 2]);
        racers.spawn(async move {
            duka::checkout::land_money::assign(&ctx, money.payment, order, Money::shillings(1_150)).await
        });
    }
    let mut done = 0;
    while let Some(racer) = racers.join_next().await {
        done += usize::from(racer.unwrap().is_ok());
    }
    assert_eq!(done, 1);
    assert_eq!(story.count("orders where payment_status = 'paid'").await, 1);
    invariants::hold(&story.everything).await;
}
