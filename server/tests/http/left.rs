//! Why shoppers left at the checkout: tapped and written in the shop, read by the merchant's team and by nobody else.

use crate::{
    merchant::member,
    world::{Browser, NJERI, World},
};
use duka::kernel::access::Role;
use http::StatusCode;

const LEFT: &str = "/dashboard/orders/left";

/// Somebody with a cart of their own who says why.
async fn say(world: &World, reason: &str, words: &str) {
    let mut shopper = Browser::new(world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let done = shopper.post("/cart/why", &[("reason", reason), ("words", words)]).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/cart"), "{reason}");
}

#[tokio::test]
async fn a_merchant_reads_why_shoppers_left_and_what_to_do_about_it() {
    let world = World::new().await;
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let nothing = viewer.browser.get(LEFT).await;
    assert_eq!(nothing.status, StatusCode::OK);
    assert!(nothing.text().contains("Nobody has said anything in the last 30 days."));

    say(&world, "price_sensitivity", "").await;
    say(&world, "delivery_cost", "Syokimau is not <b>that</b> far").await;
    say(&world, "delivery_cost", " \n ").await;
    say(&world, "other", &"x".repeat(500)).await;
    say(&world, "", "words without a reason").await;
    assert_eq!(world.count("select count(*) from checkout_abandonment_reasons").await, 4);
    assert_eq!(world.count("select count(*) from checkout_abandonment_reasons where note is not null").await, 2);
    world
        .sql("update checkout_abandonment_reasons set created_at = now() - interval '10 days' where reason = 'other'")
        .await;
    world
        .sql(
            "update checkout_abandonment_reasons set created_at = now() - interval '40 days' where reason = 'price_sensitivity'",
        )
        .await;

    let page = viewer.browser.get(LEFT).await.text();
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part} is missing: {page}"));
    assert!(at("Delivery costs too much") < at("Last 7 days: 2 · last 30 days: 2"));
    assert!(at("Last 7 days: 2 · last 30 days: 2") < at("Last 7 days: 0 · last 30 days: 1"), "the most frequent first");
    at("href=\"/dashboard/settings/delivery\"");
    assert!(at("Syokimau is not &lt;b&gt;that&lt;/b&gt; far") < at(&"x".repeat(200)), "the newest first");
    assert!(!page.contains(&"x".repeat(201)) && !page.contains("It is too expensive"), "{page}");
    assert!(viewer.browser.get("/dashboard/orders").await.text().contains(&format!("href=\"{LEFT}\"")));

    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    let theirs = neighbour.browser.get(LEFT).await.text();
    assert!(
        theirs.contains("Nobody has said anything in the last 30 days.") && !theirs.contains("Syokimau"),
        "{theirs}"
    );
}
