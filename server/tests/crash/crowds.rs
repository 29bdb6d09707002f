//! Crowds before the running program: all who want the last piece, and a provider that says the same fifty times at once.

use crate::{
    invariants,
    shopper::Shopper,
    world::{SHOP, World, until},
};
use serde_json::json;
use std::{collections::BTreeMap, time::Duration};

const SOON: Duration = Duration::from_mins(1);
/// How often somebody presses who is asked to come back.
const PRESSES: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_who_want_the_last_piece_one_has_it_and_all_are_answered() {
    let world = World::begin(1).await;
    let mut ready = Vec::new();
    for number in 0..100 {
        let mut shopper = Shopper::new(world.program.port, SHOP, number);
        assert_eq!(shopper.add(world.shop.variants[0].uuid(), 1).await.unwrap().status, 303);
        let form = shopper.fill(&shopper.open("/checkout").await.unwrap().body, "mpesa_stk");
        ready.push((shopper, form));
    }
    let mut crowd = tokio::task::JoinSet::new();
    for (shopper, form) in ready {
        crowd.spawn(async move {
            for _ in 0..PRESSES {
                let answer = shopper.place(&form).await.expect("an answer");
                if answer.status != 503 {
                    return answer.status;
                }
                tokio::time::sleep(crate::program::LOOK).await;
            }
            503
        });
    }
    let mut answers = BTreeMap::new();
    while let Some(status) = crowd.join_next().await {
        *answers.entry(status.unwrap()).or_insert(0) += 1;
    }
    assert_eq!(answers, BTreeMap::from([(303, 1), (409, 99)]));
    until("the one order is paid", SOON, || async { world.count("orders where payment_status = 'paid'").await == 1 })
        .await;
    assert_eq!(world.count("orders").await, 1);
    assert_eq!(world.count("inventory_movements where reason = 'sale'").await, 1);
    invariants::hold(&world.everything).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_callbacks_over_the_wire_pay_one_order_and_sell_once() {
    let world = World::begin(10).await;
    world.script(json!({ "result_code": 0, "delay_ms": 300, "callbacks": 50 })).await;
    let mut shopper = Shopper::new(world.program.port, SHOP, 1);
    shopper.add(world.shop.variants[0].uuid(), 1).await.unwrap();
    let form = shopper.fill(&shopper.open("/checkout").await.unwrap().body, "mpesa_stk");
    assert_eq!(shopper.place(&form).await.unwrap().status, 303);
    until("all fifty are read", SOON, || async {
        world.count("mpesa_callbacks_raw where processed_at is not null").await == 50
    })
    .await;
    until("the order is paid", SOON, || async { world.count("orders where payment_status = 'paid'").await == 1 }).await;
    for once in [
        "inventory_movements where reason = 'sale'",
        "order_status_history where to_status = 'paid'",
        "payment_audit where event_type = 'succeeded'",
        "payments where status = 'succeeded'",
    ] {
        assert_eq!(world.count(once).await, 1, "{once}");
    }
    invariants::hold(&world.everything).await;
}
