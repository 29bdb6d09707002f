//! Receipts are numbered per merchant, in the order in which orders are first paid, without a gap; orders from where the
//! merchant says.

use crate::{
    merchant::member,
    orders::{on_the_way, staff, standing},
    world::World,
};
use duka::{
    checkout::take_by_hand::{ByHand, HandPayment, take_by_hand},
    kernel::{access::Role, money::Money},
    orders::receipts::issue_late,
};
use http::StatusCode;

fn given(shillings: i64, key: &str) -> HandPayment {
    HandPayment {
        how: ByHand::Cash,
        amount: Money::shillings(shillings),
        brought_by: None,
        note: None,
        key: key.into(),
    }
}

#[tokio::test]
async fn numbers_follow_the_payments_and_each_merchant_counts_alone() {
    let world = World::new().await;
    let (first, second) = (on_the_way(&world, &world.njeri).await, on_the_way(&world, &world.njeri).await);
    let other = on_the_way(&world, &world.kilimani).await;
    let (ours, theirs) =
        (staff(&world, &world.njeri, Role::Staff).await, staff(&world, &world.kilimani, Role::Staff).await);
    take_by_hand(&ours, second.order, &given(1_150, "k")).await.unwrap();
    take_by_hand(&ours, first.order, &given(500, "k1")).await.unwrap();
    take_by_hand(&theirs, other.order, &given(1_150, "k")).await.unwrap();
    take_by_hand(&ours, first.order, &given(650, "k2")).await.unwrap();
    for (order, number) in [(second.order, 1), (first.order, 2), (other.order, 1)] {
        let found = format!("select receipt_number from receipts where order_id = '{order}'");
        assert_eq!(world.count(&found).await, number);
    }
    // More money for a paid order is no second receipt.
    take_by_hand(&ours, first.order, &given(10, "k3")).await.unwrap();
    assert_eq!(world.count("select count(*) from receipts").await, 3);
    assert_eq!(world.count("select next_receipt_number from order_counters order by 1 desc limit 1").await, 3);
}

#[tokio::test]
async fn payments_at_the_same_moment_leave_no_gap() {
    let world = World::new().await;
    let staff = staff(&world, &world.njeri, Role::Staff).await;
    let mut orders = Vec::new();
    for _ in 0..8 {
        orders.push(on_the_way(&world, &world.njeri).await.order);
    }
    let presses: Vec<_> = orders
        .iter()
        .flat_map(|order| [(*order, "k"), (*order, "k")])
        .map(|(order, key)| {
            let staff = staff.clone();
            tokio::spawn(async move { take_by_hand(&staff, order, &given(1_150, key)).await })
        })
        .collect();
    for press in presses {
        press.await.unwrap().unwrap();
    }
    for order in orders {
        assert_eq!(standing(&world, order).await, "dispatched paid");
    }
    let gaps =
        "select count(*) from generate_series(1, 8) n where not exists (select from receipts where receipt_number = n)";
    assert_eq!(world.count(gaps).await, 0);
    assert_eq!(world.count("select count(*) from receipts").await, 8);
}

#[tokio::test]
async fn an_order_paid_before_there_were_receipts_gets_its_own_when_it_is_asked_for() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    let shopper = crate::orders::shopper(&world, &world.njeri);
    issue_late(&shopper, &placed.token).await.unwrap();
    assert_eq!(world.count("select count(*) from receipts").await, 0, "it is not paid");
    world
        .sql(&format!(
            "update orders set payment_status = 'paid', paid_at = '2026-01-05 06:00+00' where id = '{}'",
            placed.order
        ))
        .await;
    for _ in 0..2 {
        issue_late(&shopper, &placed.token).await.unwrap();
    }
    let right = "select count(*) from receipts where receipt_number = 1 and issued_at = '2026-01-05 06:00+00'";
    assert_eq!(world.count(right).await, 1);
    let stranger = crate::orders::shopper(&world, &world.kilimani);
    issue_late(&stranger, &placed.token).await.unwrap();
    assert_eq!(world.count("select count(*) from receipts").await, 1);
}

#[tokio::test]
async fn orders_are_counted_on_from_where_the_owner_says_and_no_number_is_given_twice() {
    const PAGE: &str = "/dashboard/settings/business";
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let numbers = async || {
        let all = "select coalesce(string_agg(order_number::text, ' ' order by order_number), '') from orders";
        let mut everything = world.db.superuser().await;
        sqlx::query_scalar::<_, String>(all).fetch_one(&mut everything).await.unwrap()
    };
    let form = |version: &'static str, next: &'static str| {
        [("version", version), ("name", "Njeri Ltd"), ("timezone", "Africa/Nairobi"), ("next_order", next)]
    };
    assert!(owner.browser.get(PAGE).await.text().contains("<dd>1001</dd>"));
    let saved = owner.browser.post(PAGE, &form("1", "5000")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    on_the_way(&world, &world.njeri).await;
    on_the_way(&world, &world.njeri).await;
    assert_eq!(numbers().await, "5000 5001");
    for (next, sentence) in [
        ("5001", "This is too little."),
        ("0", "This is too little."),
        ("10000000", "This is too much."),
        ("many", "whole number"),
    ] {
        let refused = owner.browser.post(PAGE, &form("2", next)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{next}");
        assert!(refused.text().contains(sentence), "{next}: {}", refused.text());
    }
    assert!(owner.browser.get(PAGE).await.text().contains("<dd>5002</dd>"));
    // Nothing typed is nothing changed, and a neighbour counts alone.
    assert_eq!(owner.browser.post(PAGE, &form("2", "")).await.status, StatusCode::SEE_OTHER);
    on_the_way(&world, &world.njeri).await;
    on_the_way(&world, &world.kilimani).await;
    assert_eq!(numbers().await, "1001 5000 5001 5002");
}
