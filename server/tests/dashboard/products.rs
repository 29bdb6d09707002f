//! What merchants do to prices and stock, and what they cannot.

use super::world::World;
use duka::{
    catalog::change_price::change_price,
    error::{AppError, Refusal},
    inventory::{adjust_stock::adjust_stock, stock_form::AdjustReason},
    kernel::money::Money,
    orders::status::{OrderStatus, PaymentState},
};

#[tokio::test]
async fn a_price_edited_from_the_same_version_twice_is_changed_once() {
    let mut world = World::new().await;
    let variant = world.ours.variants[1];
    let first = change_price(&world.owner, variant, 1, Money::shillings(900)).await.unwrap();
    assert_eq!((first.price, first.version), (Money::shillings(900), 2));
    let before = world.picture().await;
    let second = change_price(&world.owner, variant, 1, Money::shillings(800)).await;
    assert_eq!(second, Err(AppError::ChangedMeanwhile));
    assert_eq!(world.picture().await, before);
    assert_eq!(world.number(&format!("select price_cents from product_variants where id = '{variant}'")).await, 90_000);
    assert_eq!(
        world.number(&format!("select catalogue_version from tenants where id = '{}'", world.ours.tenant)).await,
        2
    );
    assert_eq!(
        world.number("select base_price_cents from products where version = 2").await,
        90_000,
        "the cheapest variant is what lists sort by"
    );
    assert_eq!(
        world.text("select action || ' ' || actor_kind || ' ' || (details->>'from_cents') || ' ' || (details->>'to_cents') from audit_log").await,
        "price_changed user 150000 90000"
    );
}

#[tokio::test]
async fn a_price_that_rises_past_what_it_was_has_no_price_before_and_the_product_says_the_same() {
    let mut world = World::new().await;
    let variant = world.ours.variants[0];
    let set = format!(
        "update product_variants set compare_at_price_cents = 130000, cost_cents = 40000 where id = '{variant}' returning 'set'"
    );
    world.text(&set).await;
    let said = format!(
        "select concat_ws(' ', v.price_cents, v.compare_at_price_cents, '/', p.base_price_cents, p.compare_at_price_cents, p.cost_cents)
         from product_variants v join products p on p.id = v.product_id where v.id = '{variant}'"
    );
    change_price(&world.owner, variant, 1, Money::shillings(1_200)).await.unwrap();
    assert_eq!(world.text(&said).await, "120000 130000 / 120000 130000 40000");
    change_price(&world.owner, variant, 2, Money::shillings(1_300)).await.unwrap();
    assert_eq!(world.text(&said).await, "130000 / 130000 40000");
}

#[tokio::test]
async fn no_shop_sells_for_nothing_or_for_cents() {
    let mut world = World::new().await;
    let before = world.picture().await;
    for price in [Money::shillings(0), Money::shillings(-5), Money::kes(150)] {
        assert!(
            matches!(change_price(&world.owner, world.ours.variants[0], 1, price).await, Err(AppError::Invalid(_))),
            "{price}"
        );
    }
    assert_eq!(world.picture().await, before);
}

#[tokio::test]
async fn stock_never_falls_below_what_is_promised() {
    let mut world = World::new().await;
    world.add_order(1001, OrderStatus::Pending, PaymentState::Unpaid).await;
    let variant = world.ours.variants[0];
    let before = world.picture().await;
    let too_much = adjust_stock(&world.owner, variant, None, -9, AdjustReason::Adjustment, None).await;
    assert_eq!(too_much, Err(AppError::Refused(Refusal::ShortStock { left: 8 })));
    assert_eq!(world.picture().await, before);
    let row =
        adjust_stock(&world.owner, variant, Some(1), -8, AdjustReason::Adjustment, Some("rain came in")).await.unwrap();
    assert_eq!((row.stock, row.held, row.version), (2, 2, 2));
    let negative = adjust_stock(&world.owner, variant, None, -1, AdjustReason::Restock, None).await;
    assert!(matches!(negative, Err(AppError::Invalid(_))));
    assert_eq!(
        adjust_stock(&world.owner, variant, Some(1), 5, AdjustReason::Restock, None).await,
        Err(AppError::ChangedMeanwhile)
    );
    assert_eq!(
        world.text("select concat_ws(' ', change, reason, balance_after, note, created_by is not null) from inventory_movements where reason = 'adjustment'").await,
        "-8 adjustment 2 rain came in t"
    );
    assert_eq!(
        world.number(&format!("select sum(change) from inventory_movements where variant_id = '{variant}'")).await,
        2
    );
}

#[tokio::test]
async fn many_hands_in_one_shelf_lose_nothing() {
    let mut world = World::new().await;
    let variant = world.ours.variants[0];
    let hands: Vec<_> = (0..20)
        .map(|at| {
            let ctx = world.owner.clone();
            let change = if at % 2 == 0 { 3 } else { -1 };
            tokio::spawn(async move { adjust_stock(&ctx, variant, None, change, AdjustReason::Adjustment, None).await })
        })
        .collect();
    for hand in hands {
        assert!(hand.await.unwrap().is_ok());
    }
    assert_eq!(world.number(&format!("select stock_quantity from product_variants where id = '{variant}'")).await, 30);
    assert_eq!(
        world.number(&format!("select sum(change) from inventory_movements where variant_id = '{variant}'")).await,
        30
    );
}
