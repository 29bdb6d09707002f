//! Buyers who come to the shop, and fees that go by what is in the cart.

use crate::buyer::{Buyer, area, at_ten, chosen, nothing_was_placed, says, taken};
use http::StatusCode;

#[tokio::test]
async fn who_comes_to_the_shop_pays_no_delivery_and_is_asked_for_no_address() {
    let (world, _) = at_ten().await;
    area(&world, "Collect at Moi Avenue", 0, &[("is_collection", "true")]).await;
    let mut buyer = Buyer::with(&world, 1).await;
    assert_eq!(chosen(&buyer.look().await), "Westlands", "nobody is sent to the shop unasked");
    let page = buyer.browser.get("/checkout?area=Collect+at+Moi+Avenue").await.text();
    assert!(page.contains("You collect it at our shop") && !page.contains("name=\"street\""), "{page}");
    let placed = buyer.send(&page, &[("street", "")]).await;
    says(&placed, StatusCode::SEE_OTHER, &[]);
    assert_eq!(
        taken(&world).await,
        ("Collect at Moi Avenue".into(), 0, "collected: Collect at Moi Avenue".into(), 120)
    );
    assert_eq!(world.count("select count(*) from orders where shipping_address ->> 'street' = ''").await, 1);
    world.sql("update orders set status = 'dispatched'").await;
    let page = buyer.browser.get(placed.header("location")).await.text();
    assert!(page.contains("Ready to collect") && !page.contains("On the way"), "{page}");
    assert!(page.contains("You collect it from") && !page.contains("Delivery address"), "{page}");
    assert!(!page.contains("before the rider leaves"), "{page}");
    world.sql("update orders set status = 'cancelled'").await;
    let page = buyer.browser.get(placed.header("location")).await.text();
    assert!(page.contains("There is nothing to pay") && !page.contains("not paid in time"), "{page}");
}

#[tokio::test]
async fn who_has_it_brought_is_asked_for_the_address_again() {
    let (world, _) = at_ten().await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    let answer = buyer.send(&page, &[("street", " "), ("phone", "12")]).await;
    let text = says(&answer, StatusCode::UNPROCESSABLE_ENTITY, &["href=\"#f-street\"", "href=\"#f-phone\""]);
    assert!(text.contains("name=\"street\""));
    nothing_was_placed(&world).await;
}

#[tokio::test]
async fn a_heavy_cart_pays_by_weight_and_a_rich_one_nothing() {
    let (world, _) = at_ten().await;
    world
        .sql(
            "update products set weight_kg = 0.9;
             update delivery_zones set band_by = 'weight', bands = '[[2000, 35000], [4000, 65000, 20000]]', free_from_cents = 600000",
        )
        .await;
    // Half a kilogram above four is a further kilogram begun.
    for (quantity, fee, rule) in [
        (2, 15_000, "flat fee of Westlands"),
        (3, 35_000, "from 2 kg in Westlands"),
        (5, 85_000, "from 4 kg in Westlands"),
        (6, 0, "free from KSh 6,000 in Westlands"),
    ] {
        let mut buyer = Buyer::with(&world, quantity).await;
        let page = buyer.look().await;
        says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
        assert_eq!(taken(&world).await, ("Westlands".into(), fee, rule.into(), 90));
        world.sql("update orders set delivery_quote_id = null; update product_variants set stock_quantity = 90").await;
    }
}

#[tokio::test]
async fn below_the_least_sum_nothing_is_promised_and_nothing_placed() {
    let (world, _) = at_ten().await;
    world.sql("update delivery_zones set min_order_cents = 200000").await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    assert!(page.contains("Orders to this area start at KSh 2,000") && !page.contains("This price is yours"), "{page}");
    says(&buyer.send(&page, &[]).await, StatusCode::CONFLICT, &["We deliver to Westlands from KSh 2,000."]);
    nothing_was_placed(&world).await;
}
