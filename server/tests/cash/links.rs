//! The link that a merchant sends to a buyer: the order's own page, with words in the buyer's language.

use crate::{
    merchant::member,
    orders::{form, on_the_way, place, shopper, walk},
    world::World,
};
use duka::{
    checkout::place_order::place_order,
    kernel::{access::Role, locale::Locale},
    orders::status::OrderStatus,
};
use http::StatusCode;

#[tokio::test]
async fn the_link_opens_the_order_and_whatsapp_says_it_in_the_buyers_language() {
    let world = World::new().await;
    let cart = crate::orders::cart(&world, &world.njeri, 1).await;
    let ctx = shopper(&world, &world.njeri);
    let placed = place_order(&ctx, world.njeri.store, &cart, Locale::Sw, form("cod", 1)).await.unwrap();
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = staff.browser.get(&format!("/dashboard/orders/{}/link", placed.order)).await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.text();
    let link = format!("http://mama-njeri.localhost:3000/sw/orders/{}", placed.token.hex());
    assert!(html.contains(&format!("value=\"{link}\"")), "{html}");
    assert!(html.contains("https://wa.me/254711223344?text=Habari%2C%20hapa%20ni%20Shop%20mama-njeri."), "{html}");
    assert!(html.contains("Still to be paid: KSh 1,150"));
    let opened = world.get("mama-njeri.localhost:3000", &format!("/sw/orders/{}", placed.token.hex())).await;
    assert_eq!(opened.status, StatusCode::OK);
}

#[tokio::test]
async fn a_paid_order_has_nothing_to_pay_and_no_message_is_proposed() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Delivered]).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let html = staff.browser.get(&format!("/dashboard/orders/{}/link", placed.order)).await.text();
    assert!(html.contains("There is nothing to pay on this order now.") && !html.contains("wa.me/2547"), "{html}");
}

#[tokio::test]
async fn a_viewer_is_given_no_link() {
    let world = World::new().await;
    let placed = place(&world, &world.njeri, "cod").await;
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    for path in ["link", "rider", "cash"] {
        let answer = viewer.browser.get(&format!("/dashboard/orders/{}/{path}", placed.order)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(!answer.text().contains(&placed.token.hex()));
    }
}
