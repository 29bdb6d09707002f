//! Money that is handed over is a payment: it stands in the ledger, pays the order, and is there once.

use crate::{
    merchant::member,
    orders::{money, on_the_way, place, staff, standing, the_ledger_is_sound, walk},
    world::{Answer, NJERI, World},
};
use duka::{
    checkout::{
        land_money::{Arrived, Payer, ReceivedBy, land},
        settle_payment::{Settled, Source},
        take_by_hand::{ByHand, HandPayment, take_by_hand},
    },
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::{
        access::{Actor, Role},
        id::OrderId,
        money::Money,
    },
    orders::status::OrderStatus,
};
use http::StatusCode;

fn given(shillings: i64, key: &str) -> HandPayment {
    HandPayment {
        how: ByHand::Cash,
        amount: Money::shillings(shillings),
        brought_by: Some("Otieno".into()),
        note: None,
        key: key.into(),
    }
}

async fn post(world: &World, role: Role, order: OrderId, fields: &[(&str, &str)]) -> Answer {
    let mut person = member(world, &world.njeri, role).await;
    person.browser.post(&format!("/dashboard/orders/{order}/cash"), fields).await
}

#[tokio::test]
async fn a_part_leaves_the_order_paid_in_part_and_the_rest_pays_it() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let form =
        [("amount", "500"), ("how", "cash"), ("brought_by", "Otieno"), ("note", "the rest tomorrow"), ("key", "k1")];
    let answer = post(&world, Role::Staff, placed.order, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), format!("/dashboard/orders/{}/cash?recorded=part", placed.order));
    assert_eq!(standing(&world, placed.order).await, "dispatched partial");
    let mut person = member(&world, &world.njeri, Role::Staff).await;
    let html = person.browser.get(answer.header("location")).await.text();
    for said in ["KSh 650 is still missing.", "brought by Otieno", "the rest tomorrow", "Still to be paid: KSh 650"] {
        assert!(html.contains(said), "{said} in {html}");
    }
    assert_eq!(world.count("select count(*) from receipts").await, 0, "no receipt for a part");
    // It is out already: its buyer is not told to pay so that it is got ready.
    let page = format!("/orders/{}", placed.token.hex());
    let shopper = world.get(NJERI, &page).await.text();
    assert!(shopper.contains("You pay KSh 650 when it is"), "{shopper}");
    assert!(!shopper.contains("get it ready") && shopper.contains("Paid so far"), "{shopper}");

    let answer = post(&world, Role::Staff, placed.order, &[("amount", "650"), ("how", "cash"), ("key", "k2")]).await;
    assert!(answer.header("location").ends_with("?recorded=paid"));
    assert_eq!(standing(&world, placed.order).await, "dispatched paid");
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
    assert_eq!(world.count("select count(*) from receipts where receipt_number = 1").await, 1);
    assert_eq!(
        world
            .count(
                "select count(*) from payments where status = 'succeeded' and method = 'cod' and result_source = 'cash'"
            )
            .await,
        2
    );
    assert_eq!(world.count("select count(*) from payments where status in ('initiated', 'pending')").await, 0);
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn what_is_too_much_waits_to_be_given_back() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let answer = post(&world, Role::Owner, placed.order, &[("amount", "1,200"), ("how", "cash"), ("key", "k1")]).await;
    assert!(answer.header("location").ends_with("?recorded=much"));
    assert_eq!(standing(&world, placed.order).await, "dispatched paid");
    assert_eq!(money(&world, placed.order).await, (1_150, 50));
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn money_for_a_closed_order_waits_to_be_given_back_unless_its_goods_are_still_there() {
    let world = World::new().await;
    let placed = place(&world, &world.njeri, "cod").await;
    world.sql("update stock_holds set expires_at = now() - interval '1 second'").await;
    duka::checkout::expire_order::expire_order(&world.app.platform, world.njeri.tenant, placed.order).await.unwrap();
    let answer = post(&world, Role::Staff, placed.order, &[("amount", "500"), ("how", "cash"), ("key", "k1")]).await;
    assert!(answer.header("location").ends_with("?recorded=much"), "{}", answer.text());
    assert_eq!(standing(&world, placed.order).await, "cancelled partial", "until it has gone back");
    assert_eq!(money(&world, placed.order).await, (0, 500));
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_payment() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let presses: Vec<_> = (0..6)
        .map(|_| {
            let (staff, order) = (staff.clone(), placed.order);
            tokio::spawn(
                async move { take_by_hand(&staff, order, &given(1_150, "same")).await.map(|done| done.settled) },
            )
        })
        .collect();
    let mut ends = Vec::new();
    for press in presses {
        ends.push(press.await.unwrap().unwrap());
    }
    assert_eq!(ends.iter().filter(|end| **end == Settled::Paid).count(), 1, "{ends:?}");
    assert_eq!(ends.iter().filter(|end| **end == Settled::Unchanged).count(), 5);
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
    assert_eq!(world.count("select count(*) from payments where status = 'succeeded'").await, 1);
    assert_eq!(world.count("select count(*) from audit_log where action = 'money_recorded'").await, 1);
    // The same key on another order is other money.
    let other = on_the_way(&world, &world.njeri).await;
    assert_eq!(take_by_hand(&staff, other.order, &given(1_150, "same")).await.unwrap().settled, Settled::Paid);
}

#[tokio::test]
async fn marking_a_cash_order_delivered_writes_the_money_down() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Delivered]).await;
    assert_eq!(standing(&world, placed.order).await, "delivered paid");
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
    assert_eq!(world.count("select count(*) from payments where status = 'succeeded' and attempt_no = 1").await, 1);
    assert_eq!(world.count("select count(*) from payments").await, 1, "the payment that was expected");
    assert_eq!(world.count("select count(*) from receipts").await, 1);
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn a_part_that_came_before_is_not_made_whole_by_delivering() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    take_by_hand(&staff, placed.order, &given(100, "k")).await.unwrap();
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Delivered]).await;
    assert_eq!(standing(&world, placed.order).await, "delivered partial");
    assert_eq!(money(&world, placed.order).await, (100, 0));
}

/// Money for the order at the paybill, as the provider tells of it.
async fn at_the_paybill(world: &World, receipt: &str, shillings: i64, order: OrderId) -> Settled {
    let platform = world.app.platform.clone();
    let at = platform.clock.now();
    let arrived = Arrived {
        method: ReceivedBy::MpesaPaybill,
        source: Source::C2b,
        receipt: Some(receipt.into()),
        amount: Money::shillings(shillings),
        order: Some(order),
        short_code: None,
        typed_account: None,
        payer: Payer::default(),
        at,
    };
    land(&Ctx::new(platform, world.njeri.tenant, Actor::Program), arrived).await.unwrap().settled
}

#[tokio::test]
async fn a_cash_order_that_is_paid_before_anybody_accepts_it_sells_its_goods() {
    let world = World::new().await;
    let placed = place(&world, &world.njeri, "cod").await;
    assert_eq!(at_the_paybill(&world, "UKS1EARLY1", 150, placed.order).await, Settled::PaidInPart);
    assert_eq!(standing(&world, placed.order).await, "pending partial");
    let sold = "select count(*) from inventory_movements where reason = 'sale'";
    assert_eq!(world.count(sold).await, 0);
    assert_eq!(at_the_paybill(&world, "UKS1EARLY2", 1_000, placed.order).await, Settled::Paid);
    assert_eq!(standing(&world, placed.order).await, "paid paid");
    assert_eq!(world.count(sold).await, 1);
    assert_eq!(
        world.count("select count(*) from stock_holds where converted_at is null and released_at is null").await,
        0
    );
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered])
        .await;
    assert_eq!(standing(&world, placed.order).await, "delivered paid");
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
    assert_eq!(world.count(sold).await, 1, "sold once");
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn nothing_is_taken_for_an_order_that_nobody_accepted() {
    let world = World::new().await;
    let placed = place(&world, &world.njeri, "cod").await;
    let answer = post(&world, Role::Staff, placed.order, &[("amount", "1150"), ("how", "cash"), ("key", "k1")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Accept the order first."));
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let refused = take_by_hand(&staff, placed.order, &given(1_150, "k1")).await;
    assert_eq!(refused, Err(AppError::Refused(Refusal::NotAccepted)));
    assert_eq!(standing(&world, placed.order).await, "pending unpaid");
    assert_eq!(world.count("select count(*) from hand_payments").await, 0);
    assert_eq!(world.count("select count(*) from ledger_entries").await, 0);
}

#[tokio::test]
async fn each_wrong_input_has_its_sentence_and_writes_nothing() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    for (amount, how, key, sentence) in [
        ("", "cash", "k", "Please fill this in."),
        ("0", "cash", "k", "Whole shillings above zero"),
        ("-500", "cash", "k", "Whole shillings above zero"),
        ("1e3", "cash", "k", "Whole shillings above zero"),
        ("500", "gold", "k", "Choose one from the list."),
        ("500", "cash", "", "Please fill this in."),
    ] {
        let answer = post(&world, Role::Staff, placed.order, &[("amount", amount), ("how", how), ("key", key)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount} {how}");
        let html = answer.text();
        assert!(html.contains(sentence), "{amount} {how}: {html}");
        assert!(html.contains(&format!("value=\"{amount}\"")) || amount.is_empty(), "what was typed is kept");
    }
    assert_eq!(world.count("select count(*) from hand_payments").await, 0);
    assert_eq!(standing(&world, placed.order).await, "dispatched unpaid");
}

#[tokio::test]
async fn a_viewer_and_another_merchant_write_down_nothing() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let form = [("amount", "1150"), ("how", "cash"), ("key", "k1")];
    assert_eq!(post(&world, Role::Viewer, placed.order, &form).await.status, StatusCode::FORBIDDEN);
    let viewer = staff(&world, &world.njeri, Role::Viewer).await;
    assert_eq!(take_by_hand(&viewer, placed.order, &given(1_150, "k")).await, Err(AppError::NotPermitted));
    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    for path in ["cash", "link", "rider", "receipt"] {
        let page = neighbour.browser.get(&format!("/dashboard/orders/{}/{path}", placed.order)).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = neighbour.browser.post(&format!("/dashboard/orders/{}/cash", placed.order), &form).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(standing(&world, placed.order).await, "dispatched unpaid");
    assert_eq!(world.count("select count(*) from hand_payments").await, 0);
}
