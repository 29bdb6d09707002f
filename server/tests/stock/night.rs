//! The nightly check finds what does not add up, says it once, shows it, and mends nothing.

use super::story::Story;
use chrono::TimeDelta;
use duka::{
    ctx::Ctx,
    inventory::check_stock::{check, check_tonight},
    kernel::access::Actor,
    pages::dashboard::stock::{StockFilter, load},
};

fn staff(story: &Story) -> Ctx {
    Ctx::new(story.platform.clone(), story.tenant(), Actor::Program)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sum_a_chain_and_a_hold_that_are_wrong_are_found_and_left_alone() {
    let story = Story::begin().await;
    let staff = staff(&story);
    let [one, other] = story.shop.variants;
    assert_eq!(check(&staff).await.unwrap(), 0);
    // Past every rule: as a hand at the database could.
    story.write(&format!("update product_variants set stock_quantity = 13 where id = '{one}'")).await;
    story.write(&format!("update inventory_movements set balance_after = 4 where variant_id = '{other}'")).await;
    let cart = story.cart(&[(1, 1)]).await;
    let placed = story.place(&cart, story.form(1_650)).await.unwrap();
    story.write(&format!("update orders set status = 'cancelled' where id = '{}'", placed.order)).await;

    assert_eq!(check(&staff).await.unwrap(), 3);
    assert_eq!(check(&staff).await.unwrap(), 3);
    let found: (String,) = story
        .row("select string_agg(concat_ws(' ', kind, shown, reckoned), ', ' order by kind) from stock_faults")
        .await;
    assert_eq!(found.0, "chain 10 10, hold 1 0, sum 13 10");
    let page = load(&staff, StockFilter::default()).await.unwrap();
    assert_eq!(page.faults.len(), 3);
    let stock: (i32,) = story.row(&format!("select stock_quantity from product_variants where id = '{one}'")).await;
    assert_eq!(stock.0, 13, "it shows, and does not mend");

    // Mended by a person, it is gone.
    story.write(&format!("update product_variants set stock_quantity = 10 where id = '{one}'")).await;
    story.write(&format!("update inventory_movements set balance_after = 10 where variant_id = '{other}'")).await;
    story.write("update stock_holds set released_at = now()").await;
    assert_eq!(check(&staff).await.unwrap(), 0);
    assert_eq!(story.count("stock_faults").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_another_merchant_is_checked_or_shown() {
    let story = Story::begin().await;
    let stranger = story.stranger().await;
    story
        .write(&format!("update product_variants set stock_quantity = 13 where tenant_id = '{}'", stranger.tenant()))
        .await;
    assert_eq!(check(&staff(&story)).await.unwrap(), 0);
    assert_eq!(check(&staff(&stranger)).await.unwrap(), 2);
    assert!(load(&staff(&story), StockFilter::default()).await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_done_once_a_night() {
    let story = Story::begin().await;
    let staff = staff(&story);
    let mut nights = 0;
    for _ in 0..48 {
        nights += usize::from(check_tonight(&staff).await.unwrap());
        story.platform.clock.advance(TimeDelta::hours(1));
    }
    assert!((2..=3).contains(&nights), "{nights} checks in 48 hours, begun in the middle of a day");
    assert_eq!(story.count("stock_rounds where kind = 'check'").await, i64::try_from(nights).unwrap());
}
