//! What time does: orders expire, goods come back, and late money finds its place.

use super::{invariants, story::Story};
use chrono::TimeDelta;
use duka::{
    error::{AppError, Refusal},
    pages::storefront::order::{PayStage, load},
    payments::providers::mpesa::outcome::StkOutcome,
};
use serde_json::json;

/// A failed prompt, and then half an hour in which nobody pays.
async fn an_expired_order(story: &Story) -> duka::checkout::place_order::Placed {
    story.script(json!({ "result_code": 1032, "query_result_code": "0" })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    story.platform.clock.advance(TimeDelta::minutes(31));
    story.expire(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Closed);
    placed
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_nobody_paid_gives_its_goods_back() {
    let story = Story::begin().await;
    story.set_stock(0, 1).await;
    let placed = an_expired_order(&story).await;
    assert_eq!(story.count("stock_holds where released_at is not null").await, 1);
    assert_eq!(
        story.count("order_status_history where to_status = 'cancelled' and note = 'nobody paid in time'").await,
        1
    );
    assert_eq!(story.pay_again(&placed).await.unwrap_err(), AppError::Refused(Refusal::NothingToPay));
    let next = story.cart(&[(0, 1)]).await;
    story.place(&next, story.form(1_150)).await.unwrap();
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_left_alone_while_its_time_runs_or_its_prompt_is_open() {
    let story = Story::begin().await;
    let placed = story.buy(1).await;
    story.expire(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
    story.platform.clock.advance(TimeDelta::minutes(31));
    story.expire(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_takes_the_goods_again_when_they_are_still_there() {
    let story = Story::begin().await;
    let placed = an_expired_order(&story).await;
    story.forge(&placed, 0, 1_150).await;
    story.work().await;
    let order: (String, String) = story.row("select status, payment_status from orders").await;
    assert_eq!(order, ("paid".into(), "paid".into()));
    assert_eq!(story.count("refunds").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_for_goods_that_are_gone_waits_to_be_given_back() {
    let story = Story::begin().await;
    story.set_stock(0, 1).await;
    let placed = an_expired_order(&story).await;
    let other = story.cart(&[(0, 1)]).await;
    story.place(&other, story.form(1_150)).await.unwrap();
    story.forge(&placed, 0, 1_150).await;
    story.work().await;
    let late: (String, String) = story.row("select status, payment_status from orders where order_number = 1001").await;
    assert_eq!(late, ("cancelled".into(), "paid".into()));
    let refund: (i64, String, String) = story.row("select amount_cents, status, reason from refunds").await;
    assert_eq!(refund, (115_000, "pending".into(), "paid after the goods were gone".into()));
    // No receipt is due for goods that somebody else has, and it was not too much that was paid.
    let page = load(&story.ctx(), &placed.token).await.unwrap();
    assert!(page.excess.is_zero() && !page.has_receipt && page.refunds.len() == 1, "{page:?}");
    assert_eq!(story.count("orders where order_number = 1001 and paid_at is not null").await, 0);
    invariants::hold(&story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_frees_the_shopper_to_try_again_after_two_and_a_half_minutes() {
    let story = Story::begin().await;
    let placed = story.buy(1).await;
    story.until_prompted(&placed).await;
    story.ask(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Waiting);
    story.platform.clock.advance(TimeDelta::seconds(151));
    story.ask(&placed).await;
    assert_eq!(story.stage(&placed).await, PayStage::Failed(StkOutcome::NoAnswer));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_paid_twice_keeps_the_second_sum_for_a_refund() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1037, "query_result_code": "0" })).await;
    let placed = story.buy(1).await;
    story.until_settled(&placed).await;
    let first = story.callback_of(&placed, 0, 1_150).await;
    story.script(json!({ "result_code": 0 })).await;
    story.pay_again(&placed).await.unwrap();
    story.until_settled(&placed).await;
    story.call_back(&placed, first.as_bytes()).await;
    story.work().await;
    assert_eq!(story.count("payments where status = 'succeeded'").await, 2);
    let refund: (i64, String) = story.row("select amount_cents, reason from refunds").await;
    assert_eq!(refund, (115_000, "paid twice".into()));
    assert_eq!(story.count("inventory_movements where reason = 'sale'").await, 1);
    invariants::hold(&story.everything).await;
}
