//! Many orders moved at once: each for itself, with what became of it.

use super::{
    invariants,
    shop::{open_order, paid_order},
    site::site,
};
use duka::{
    checkout::{
        move_order::move_order,
        move_orders::{Chosen, MovedOrder, Outcome, move_orders},
    },
    error::{AppError, Refusal},
    kernel::id::OrderId,
    orders::status::OrderStatus,
};
use http::StatusCode;

fn chosen(orders: &[(OrderId, i32)]) -> Vec<Chosen> {
    orders.iter().map(|(order, version)| Chosen { order: *order, version: *version }).collect()
}

fn outcomes(ends: Vec<MovedOrder>) -> Vec<Outcome> {
    ends.into_iter().map(|end| end.outcome).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn those_that_can_move_and_the_others_say_why_not() {
    let site = site().await;
    let paid = paid_order(&site.story).await.order;
    let cash = site.cash_order(&[(0, 1)], 1_150).await.order;
    let unpaid = open_order(&site.story).await.order;
    let stale = site.cash_order(&[(0, 1)], 1_150).await.order;
    let short = site.cash_order(&[(0, 3)], 3_150).await.order;
    // Somebody else bought what was kept for it.
    site.story
        .write(&format!("update stock_holds set expires_at = now() - interval '1 day' where order_id = '{short}'"))
        .await;
    site.story
        .write(&format!("update product_variants set stock_quantity = 5 where id = '{}'", site.story.shop.variants[0]))
        .await;
    let (.., paid_version) = site.standing(paid).await;
    let nobody = OrderId::mint();
    let ticked = chosen(&[(paid, paid_version), (cash, 1), (unpaid, 1), (stale, 7), (short, 1), (nobody, 1)]);
    let ends = move_orders(&site.staff, &ticked, OrderStatus::Packing).await.unwrap();
    assert_eq!(
        outcomes(ends),
        [
            Outcome::Moved,
            Outcome::Moved,
            Outcome::Stayed(AppError::Refused(Refusal::NoSuchMove {
                from: "awaiting_payment".into(),
                to: "packing".into()
            })),
            Outcome::Stayed(AppError::ChangedMeanwhile),
            Outcome::Stayed(AppError::Refused(Refusal::ShortStock { left: 1 })),
            Outcome::Stayed(AppError::NotFound),
        ]
    );
    for (order, status) in
        [(paid, "packing"), (cash, "packing"), (unpaid, "awaiting_payment"), (stale, "pending"), (short, "pending")]
    {
        assert_eq!(site.standing(order).await.0, status);
    }
    assert_eq!(
        site.story.count("order_status_history where to_status = 'packing' and changed_by is not null").await,
        2
    );
    assert_eq!(site.story.count("audit_log where action = 'order_moved'").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_moving_the_same_orders_at_once_move_each_once() {
    let site = site().await;
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push((site.cash_order(&[(0, 1)], 1_150).await.order, 1));
    }
    let hands: Vec<_> = (0..6)
        .map(|_| {
            let (ctx, ticked) = (site.staff.clone(), chosen(&made));
            tokio::spawn(async move { move_orders(&ctx, &ticked, OrderStatus::Packing).await.unwrap() })
        })
        .collect();
    let mut moved = 0;
    for hand in hands {
        for outcome in outcomes(hand.await.unwrap()) {
            assert!(matches!(outcome, Outcome::Moved | Outcome::There), "{outcome:?}");
            moved += usize::from(outcome == Outcome::Moved);
        }
    }
    assert_eq!(moved, 3);
    assert_eq!(site.story.count("inventory_movements where reason = 'sale'").await, 3);
    assert_eq!(site.story.count("order_status_history where to_status = 'packing'").await, 3);
    assert_eq!(site.stock(0).await, 7);
    invariants::hold(&site.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_moves_anything() {
    let site = site().await;
    let order = site.cash_order(&[(0, 1)], 1_150).await.order;
    let before = site.picture().await;
    let ticked = chosen(&[(order, 1)]);
    assert_eq!(move_orders(&site.viewer, &ticked, OrderStatus::Packing).await, Err(AppError::NotPermitted));
    let ends = move_orders(&site.stranger, &ticked, OrderStatus::Packing).await.unwrap();
    assert_eq!(outcomes(ends), [Outcome::Stayed(AppError::NotFound)]);
    assert_eq!(site.picture().await, before);
    assert_eq!(outcomes(move_orders(&site.staff, &ticked, OrderStatus::Packing).await.unwrap()), [Outcome::Moved]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_tells_of_each_order_and_keeps_the_list() {
    let site = site().await;
    let cash = site.cash_order(&[(0, 1)], 1_150).await.order;
    let unpaid = open_order(&site.story).await.order;
    let mut staff = site.signed_in("staff@ours.test").await;
    let page = staff.get("/dashboard/orders?words=amina").await.text;
    let (first, second) = (format!("{cash}:1"), format!("{unpaid}:1"));
    assert!(
        page.contains(&format!("value=\"{first}\"")) && page.contains("name=\"list-words\" value=\"amina\""),
        "{page}"
    );
    let form = [("list-words", "amina"), ("order", first.as_str()), ("order", second.as_str()), ("to", "packing")];
    let answer = staff.post("/dashboard/orders/move", &form).await;
    assert_eq!(answer.status, StatusCode::OK);
    for told in [
        "1 of 2 moved. The others stay as they were",
        "now packing",
        "the buyer has not paid yet",
        "value=\"amina\"",
        "2 orders",
    ] {
        assert!(answer.text.contains(told), "{told}:\n{}", answer.text);
    }
    // The same press again, and once more for what cannot move.
    let again = staff.post("/dashboard/orders/move", &form).await;
    assert!(again.text.contains("was packing already"), "{}", again.text);
    let stuck = staff.post("/dashboard/orders/move", &form[2..]).await;
    assert_eq!(stuck.status, StatusCode::CONFLICT);
    assert!(stuck.text.contains("Nothing was moved") && !stuck.text.contains("The others"), "{}", stuck.text);

    let before = site.picture().await;
    for (form, told) in [
        (vec![("to", "packing")], "tick the orders first"),
        (vec![("order", "1001"), ("to", "packing")], "could not be read"),
        (vec![("order", first.as_str()), ("to", "paid")], "could not be read"),
        (vec![("order", first.as_str())], "could not be read"),
    ] {
        let answer = staff.post("/dashboard/orders/move", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
        assert!(answer.text.contains(told), "{told}:\n{}", answer.text);
    }
    assert_eq!(site.picture().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jump_that_the_process_does_not_allow_changes_nothing() {
    let site = site().await;
    let order = paid_order(&site.story).await.order;
    let (.., version) = site.standing(order).await;
    let before = site.picture().await;
    for to in [OrderStatus::Pending, OrderStatus::Dispatched, OrderStatus::Delivered, OrderStatus::Cancelled] {
        let refusal = Refusal::NoSuchMove { from: "paid".into(), to: to.as_str().into() };
        assert_eq!(move_order(&site.owner, order, version, to, None).await, Err(AppError::Refused(refusal)));
    }
    assert_eq!(site.picture().await, before);
    move_order(&site.owner, order, version, OrderStatus::Packing, None).await.unwrap();
}
