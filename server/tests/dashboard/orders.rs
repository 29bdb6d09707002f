//! Orders along their process: who moves them, and what moves with them.

use super::world::World;
use duka::{
    checkout::move_order::move_order,
    error::{AppError, Refusal},
    kernel::money::Money,
    orders::status::{OrderStatus, PaymentState},
    pages::dashboard::{order, today},
    payments::status::PaymentStatus,
};

#[tokio::test]
async fn staff_move_an_order_only_along_its_process() {
    let mut world = World::new().await;
    let mut grid = Vec::new();
    let mut number = 1000;
    for from in OrderStatus::ALL {
        let payment = match from {
            OrderStatus::Pending | OrderStatus::AwaitingPayment | OrderStatus::Cancelled => PaymentState::Unpaid,
            OrderStatus::Refunded => PaymentState::Refunded,
            _ => PaymentState::Paid,
        };
        let mut line = String::new();
        for to in OrderStatus::ALL {
            number += 1;
            let order = world.add_order(number, from, payment).await;
            // Twenty pieces are enough for every order of this test.
            world
                .run(&format!(
                    "update product_variants set stock_quantity = 200 where id = '{}'",
                    world.ours.variants[0]
                ))
                .await;
            let moved = move_order(&world.owner, order, 1, to, None).await;
            let status = world.text(&format!("select status from orders where id = '{order}'")).await;
            match moved {
                Ok(()) => assert_eq!(status, to.as_str()),
                Err(error) => {
                    assert_eq!(
                        error,
                        AppError::Refused(Refusal::NoSuchMove { from: from.as_str().into(), to: to.as_str().into() })
                    );
                    assert_eq!(status, from.as_str());
                }
            }
            line.push(if status == to.as_str() && from != to { '#' } else { '.' });
        }
        grid.push(line);
    }
    assert_eq!(
        grid,
        [
            "...#....", // pending: accept
            "........", // awaiting payment: money moves it
            "...#....", // paid
            "....#...", // packing
            "...#.#..", // dispatched
            "........", // delivered
            "........", // cancelled
            "........", // refunded
        ]
    );
}

#[tokio::test]
async fn a_cash_order_is_accepted_then_delivered_and_the_cash_is_written_down() {
    let mut world = World::new().await;
    let order = world.add_order(1001, OrderStatus::Pending, PaymentState::Unpaid).await;
    move_order(&world.owner, order, 1, OrderStatus::Packing, Some("ribbon")).await.unwrap();
    assert_eq!(
        world
            .number(&format!("select stock_quantity from product_variants where id = '{}'", world.ours.variants[0]))
            .await,
        8
    );
    assert_eq!(world.text("select concat_ws(' ', change, reason, balance_after) from inventory_movements where reference_id is not null").await, "-2 sale 8");
    assert_eq!(world.number("select count(*) from stock_holds where converted_at is null").await, 0);
    move_order(&world.owner, order, 2, OrderStatus::Dispatched, None).await.unwrap();
    assert_eq!(world.number("select count(*) from payments where status = 'succeeded'").await, 0);
    move_order(&world.owner, order, 3, OrderStatus::Delivered, None).await.unwrap();
    assert_eq!(
        world.text("select concat_ws(' ', method, status, paid_amount_cents, result_source, completed_at is not null) from payments").await,
        "cod succeeded 200000 cash t"
    );
    assert_eq!(world.text("select event_type from payment_audit").await, "succeeded");
    let detail = order::load(&world.owner, order).await.unwrap();
    assert_eq!((detail.status, detail.payment_status, detail.version), (OrderStatus::Delivered, PaymentState::Paid, 5));
    assert_eq!(detail.payments.iter().map(|payment| payment.status).collect::<Vec<_>>(), [PaymentStatus::Succeeded]);
    assert_eq!(
        detail.timeline.iter().map(|entry| entry.to).collect::<Vec<_>>(),
        [OrderStatus::Pending, OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered]
    );
    assert_eq!(detail.timeline[1].note.as_deref(), Some("ribbon"));
    assert_eq!(detail.timeline[1].by.as_deref(), Some("owner@ours.test"));
    assert_eq!(today::load(&world.owner).await.unwrap().today.money, Money::shillings(2_000));
}

#[tokio::test]
async fn a_cash_order_whose_goods_are_gone_is_not_accepted() {
    let mut world = World::new().await;
    let order = world.add_order(1001, OrderStatus::Pending, PaymentState::Unpaid).await;
    world.run(&format!("update product_variants set stock_quantity = 1 where id = '{}'", world.ours.variants[0])).await;
    let before = world.picture().await;
    assert_eq!(
        move_order(&world.owner, order, 1, OrderStatus::Packing, None).await,
        Err(AppError::Refused(Refusal::ShortStock { left: 1 }))
    );
    assert_eq!(world.picture().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_accept_at_once_sell_the_goods_once() {
    let mut world = World::new().await;
    let order = world.add_order(1001, OrderStatus::Pending, PaymentState::Unpaid).await;
    let hands: Vec<_> = (0..10)
        .map(|_| {
            let ctx = world.owner.clone();
            tokio::spawn(async move { move_order(&ctx, order, 1, OrderStatus::Packing, None).await })
        })
        .collect();
    let mut ends = Vec::new();
    for hand in hands {
        ends.push(hand.await.unwrap());
    }
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
    assert!(ends.iter().filter(|end| end.is_err()).all(|end| *end == Err(AppError::ChangedMeanwhile)), "{ends:?}");
    assert_eq!(world.number("select count(*) from inventory_movements where reason = 'sale'").await, 1);
    assert_eq!(world.number("select count(*) from order_status_history where to_status = 'packing'").await, 1);
}
