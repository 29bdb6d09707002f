//! A small deposit by prompt before a cash order is accepted; the rest at the door.

use crate::{
    merchant::member,
    orders::{cart, form, money, place, staff, standing, the_ledger_is_sound, try_to_place, walk},
    rider::{at_the_sandbox, link, settle},
    world::{Browser, NJERI, World, field},
};
use duka::{
    checkout::{
        expire_order::expire_order, forms::PayForm, move_order::move_order, place_order::Placed,
        request_prompt::pay_again,
    },
    error::{AppError, Refusal},
    kernel::{access::Role, id::OrderId},
    orders::status::OrderStatus,
};
use http::StatusCode;

const PAGE: &str = "/dashboard/settings/cash";

/// Njeri's own words: cash for everybody, against KSh 200, with what else is said.
async fn ask_for_deposit(world: &World, more: &[(&str, &str)]) {
    let mut owner = member(world, &world.njeri, Role::Owner).await;
    let fields: Vec<_> =
        [("version", "0"), ("takes_cash", "on"), ("deposit", "200")].into_iter().chain(more.iter().copied()).collect();
    let said = owner.browser.post(PAGE, &fields).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text());
}

/// The checkout of a cart of one, as the shopper sees it.
async fn checkout(world: &World) -> String {
    let cart = cart(world, &world.njeri, 1).await;
    Browser::new(world, NJERI).with_cookie("duka_cart", &cart.hex()).get("/checkout").await.text()
}

async fn page(world: &World, placed: &Placed) -> String {
    world.get(NJERI, &format!("/orders/{}", placed.token.hex())).await.text()
}

async fn asked_by_prompt(world: &World, order: OrderId) -> i64 {
    let sum = "select coalesce(sum(amount_cents), 0)::bigint / 100 from payments where method like 'mpesa%'";
    world.count(&format!("{sum} and order_id = '{order}'")).await
}

async fn stock(world: &World) -> i64 {
    let variant = world.njeri.variants[0];
    world.count(&format!("select stock_quantity::bigint from product_variants where id = '{variant}'")).await
}

/// The prompt failed, and the time that the goods are kept is over.
async fn run_out(world: &World, order: OrderId) {
    world
        .sql(&format!(
            "update payments set status = 'failed', failure_reason = 'cancelled', completed_at = now() where order_id = '{order}';
             update stock_holds set expires_at = now() - interval '1 second' where order_id = '{order}'"
        ))
        .await;
    expire_order(&world.app.platform, world.njeri.tenant, order).await.unwrap();
}

#[tokio::test]
async fn a_deposit_accepts_the_order_and_the_rider_collects_the_rest() {
    let (_sandbox, world, platform) = at_the_sandbox().await;
    ask_for_deposit(&world, &[]).await;
    let seen = checkout(&world).await;
    assert!(seen.contains("You confirm it with KSh 200 by M-Pesa now"), "{seen}");
    let placed = place(&world, &world.njeri, "cod").await;
    assert!(placed.prompt.is_some(), "its prompt is to be sent");
    assert_eq!(standing(&world, placed.order).await, "pending unpaid");
    assert_eq!(asked_by_prompt(&world, placed.order).await, 200);
    let waiting = page(&world, &placed).await;
    assert!(waiting.contains("KSh 200 confirms your order."), "{waiting}");
    assert_eq!(stock(&world).await, 10, "held, not sold");

    settle(&platform, &world).await;
    assert_eq!(standing(&world, placed.order).await, "paid partial", "it is there to be packed");
    assert_eq!(money(&world, placed.order).await, (200, 0));
    assert_eq!(stock(&world).await, 9);
    let note = "select count(*) from order_status_history where from_status = 'pending' and to_status = 'paid'
                and note = 'the deposit has come' and changed_by is null";
    assert_eq!(world.count(note).await, 1);
    let accepted = page(&world, &placed).await;
    assert!(accepted.contains("You pay KSh 950 when it is delivered."), "{accepted}");
    assert!(accepted.contains("Paid so far") && !accepted.contains("still missing"), "as it was meant: {accepted}");

    walk(&world, &world.njeri, placed.order, &[OrderStatus::Packing, OrderStatus::Dispatched]).await;
    let token = link(&world, placed.order).await;
    let path = format!("/rider/{}", token.hex());
    let mut rider = Browser::new(&world, NJERI);
    let door = rider.get(&path).await.text();
    assert!(door.contains("Collect KSh 950"), "{door}");
    let key = field(&door, "key");
    let cash = rider.post(&format!("{path}/cash"), &[("amount", "950"), ("key", &key)]).await;
    assert_eq!(cash.status, StatusCode::SEE_OTHER);
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Delivered]).await;
    assert_eq!(standing(&world, placed.order).await, "delivered paid");
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
    assert_eq!(world.count("select count(*) from receipts").await, 1);
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn marking_it_delivered_writes_down_the_rest_and_no_more() {
    let (_sandbox, world, platform) = at_the_sandbox().await;
    ask_for_deposit(&world, &[]).await;
    let placed = place(&world, &world.njeri, "cod").await;
    settle(&platform, &world).await;
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered])
        .await;
    assert_eq!(standing(&world, placed.order).await, "delivered paid");
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
    assert_eq!(world.count("select amount_cents from hand_payments").await, 95_000);
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn a_deposit_that_does_not_come_is_asked_for_again_and_then_the_order_expires() {
    let (_sandbox, world, _platform) = at_the_sandbox().await;
    ask_for_deposit(&world, &[]).await;
    let placed = place(&world, &world.njeri, "cod").await;
    let ctx = crate::orders::shopper(&world, &world.njeri);
    let again = PayForm { payment_method: "mpesa_stk".into(), ..PayForm::default() };
    let open = pay_again(&ctx, &placed.token, &again).await;
    assert_eq!(open, Err(AppError::Refused(Refusal::PromptStillOpen)));
    world.sql("update payments set status = 'failed', failure_reason = 'cancelled', completed_at = now()").await;
    let failed = page(&world, &placed).await;
    assert!(failed.contains("KSh 200 confirms your order.") && failed.contains("Send the prompt again"), "{failed}");
    pay_again(&ctx, &placed.token, &again).await.unwrap();
    assert_eq!(asked_by_prompt(&world, placed.order).await, 400, "twice the deposit, and never the whole");

    run_out(&world, placed.order).await;
    assert_eq!(standing(&world, placed.order).await, "cancelled unpaid");
    assert_eq!(stock(&world).await, 10);
    assert_eq!(world.count("select count(*) from stock_holds where released_at is null").await, 0);
    let note =
        "select count(*) from order_status_history where to_status = 'cancelled' and note = 'nobody paid in time'";
    assert_eq!(world.count(note).await, 1);
    // Nothing is sent any more.
    let closed = pay_again(&ctx, &placed.token, &again).await;
    assert_eq!(closed, Err(AppError::Refused(Refusal::NothingToPay)));
}

#[tokio::test]
async fn whoever_was_delivered_to_before_is_not_asked_where_only_new_buyers_are() {
    let (_sandbox, world, _platform) = at_the_sandbox().await;
    ask_for_deposit(&world, &[("deposit_new_only", "on")]).await;
    let first = place(&world, &world.njeri, "cod").await;
    assert_eq!((first.prompt.is_some(), asked_by_prompt(&world, first.order).await), (true, 200));
    world.sql("update orders set status = 'delivered'").await;
    let second = place(&world, &world.njeri, "cod").await;
    assert_eq!((second.prompt, asked_by_prompt(&world, second.order).await), (None, 0));
    assert_eq!(world.count("select count(*) from orders where deposit_cents is null and status = 'pending'").await, 1);
}

#[tokio::test]
async fn below_the_sum_without_mpesa_and_at_the_neighbours_nobody_asks() {
    let (_sandbox, world, _platform) = at_the_sandbox().await;
    ask_for_deposit(&world, &[("deposit_from", "2,000")]).await;
    assert!(!checkout(&world).await.contains("You confirm it with"));
    assert_eq!(place(&world, &world.njeri, "cod").await.prompt, None);
    let dear = try_to_place(&world, &world.njeri, 2, form("cod", 2)).await.unwrap();
    assert!(dear.prompt.is_some());
    assert_eq!(place(&world, &world.kilimani, "cod").await.prompt, None);
    world.sql("update mpesa_accounts set is_active = false").await;
    let without = try_to_place(&world, &world.njeri, 2, form("cod", 2)).await.unwrap();
    assert_eq!(without.prompt, None, "only a prompt can bring it");
}

#[tokio::test]
async fn staff_may_accept_it_before_and_a_deposit_that_comes_then_is_a_part() {
    let (_sandbox, world, platform) = at_the_sandbox().await;
    ask_for_deposit(&world, &[]).await;
    let placed = place(&world, &world.njeri, "cod").await;
    let ctx = staff(&world, &world.njeri, Role::Staff).await;
    move_order(&ctx, placed.order, 1, OrderStatus::Packing, None).await.unwrap();
    settle(&platform, &world).await;
    assert_eq!(standing(&world, placed.order).await, "packing partial");
    assert_eq!((money(&world, placed.order).await, stock(&world).await), ((200, 0), 9), "sold once");
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn the_settings_keep_what_was_said_and_name_what_is_wrong() {
    let world = World::new().await;
    ask_for_deposit(&world, &[("deposit_from", "2,000"), ("deposit_new_only", "on")]).await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let html = owner.browser.get(PAGE).await.text();
    assert_eq!((field(&html, "deposit"), field(&html, "deposit_from")), ("200".into(), "2000".into()));
    let wrong = [("version", "1"), ("takes_cash", "on"), ("deposit", "a little")];
    assert_eq!(owner.browser.post(PAGE, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let none = [("version", "1"), ("takes_cash", "on"), ("deposit", ""), ("deposit_from", "2000")];
    assert_eq!(owner.browser.post(PAGE, &none).await.status, StatusCode::SEE_OTHER);
    let kept =
        "select count(*) from payment_rules where cash_deposit_cents is null and cash_deposit_from_cents is null";
    assert_eq!(world.count(kept).await, 1);
}
