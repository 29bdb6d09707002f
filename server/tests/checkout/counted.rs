//! What an order and its money count as: each step once, with whose it is, as far as that is known.

use super::story::Story;
use duka::{
    analytics::event::{Device, Visitor},
    checkout::{forms::CheckoutForm, move_order::move_order, request_prompt},
    ctx::Ctx,
    kernel::{
        access::{Actor, Role},
        id::UserId,
    },
    orders::status::OrderStatus,
};
use serde_json::json;

/// Steps with amount, order number, whether cart and customer are the order's own, area, device and visit.
type Counted = (String, i64, i64, bool, Option<String>, Option<String>, Option<String>);

async fn counted(story: &Story) -> Vec<Counted> {
    story.platform.recorder.flush().await;
    sqlx::query_as(
        "select e.event_type, e.amount_cents, o.order_number, e.cart_id = o.cart_id and e.customer_id = o.customer_id,
                e.city_area, e.device, e.session_id
         from events e
         join orders o on o.tenant_id = e.tenant_id and o.id = e.order_id
         order by o.order_number, e.occurred_at, array_position(array['payment_started', 'payment_failed', 'payment_succeeded', 'order_completed'], e.event_type)",
    )
    .fetch_all(&story.everything)
    .await
    .unwrap()
}

fn step(kind: &str, number: i64, shillings: i64) -> Counted {
    (kind.into(), shillings * 100, number, true, Some("Westlands".into()), None, None)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_is_counted_when_it_starts_fails_and_succeeds_and_the_order_when_it_is_paid() {
    let story = Story::begin().await;
    story.script(json!({ "result_code": 1032 })).await;
    let cart = story.cart(&[(0, 1)]).await;
    let placed = story.place(&cart, story.form(1_150)).await.unwrap();
    let shopper = Visitor { session: Some("5e55".into()), device: Some(Device::Phone) };
    request_prompt::send_for(&story.platform, story.tenant(), placed.prompt.unwrap(), shopper).await.unwrap();
    story.until_settled(&placed).await;
    let mut started = step("payment_started", 1_001, 1_150);
    (started.5, started.6) = (Some("phone".into()), Some("5e55".into()));
    assert_eq!(counted(&story).await, [started.clone(), step("payment_failed", 1_001, 1_150)]);

    story.script(json!({ "result_code": 0 })).await;
    story.pay_again(&placed).await.unwrap();
    story.until_settled(&placed).await;
    // The clock of a story stands still, so the steps stand in the order of their kinds.
    assert_eq!(
        counted(&story).await.iter().map(|step| step.0.as_str()).collect::<Vec<_>>(),
        ["payment_started", "payment_started", "payment_failed", "payment_succeeded", "order_completed"]
    );
    assert_eq!(
        counted(&story).await[3..],
        [step("payment_succeeded", 1_001, 1_150), step("order_completed", 1_001, 1_150)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cash_order_is_complete_when_it_is_accepted_and_once_only() {
    let story = Story::begin().await;
    let cart = story.cart(&[(1, 2)]).await;
    let form = CheckoutForm { payment_method: "cod".into(), ..story.form(3_150) };
    let placed = story.place(&cart, form).await.unwrap();
    assert_eq!(counted(&story).await, []);
    let user = UserId::mint();
    story
        .write(&format!(
            "insert into users (tenant_id, id, email, role) values ('{}', '{user}', 'owner@mama-njeri.test', 'owner')",
            story.tenant()
        ))
        .await;
    let owner = Ctx::new(story.platform.clone(), story.tenant(), Actor::Member { user, role: Role::Owner });
    let version = || async { story.row::<(i32,)>("select version from orders").await.0 };
    let stale = move_order(&owner, placed.order, version().await + 1, OrderStatus::Packing, None).await;
    assert!(stale.is_err());
    assert_eq!(counted(&story).await, [], "what was refused is not counted");
    for to in [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered] {
        move_order(&owner, placed.order, version().await, to, None).await.unwrap();
    }
    assert_eq!(counted(&story).await, [step("order_completed", 1_001, 3_150)]);
}
