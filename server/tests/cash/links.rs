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
    let address = format!("/dashboard/orders/{}/link", placed.order);
    let page = staff.browser.get(&address).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Oda%20yako%201001%20iko%20hapa"), "nothing can be paid there before it is accepted");
    let tenant = world.njeri.tenant;
    world.sql(&format!("insert into mpesa_accounts (tenant_id, short_code) values ('{tenant}', '509731')")).await;
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Packing]).await;
    let html = staff.browser.get(&address).await.text();
    let link = format!("http://mama-njeri.localhost:3000/sw/orders/{}", placed.token.hex());
    assert!(html.contains(&format!("value=\"{link}\"")), "{html}");
    let said =
        "https://wa.me/254711223344?text=Habari%2C%20hapa%20ni%20Shop%20mama-njeri.%20Unaweza%20kulipa%20KSh%201%2C150";
    assert!(html.contains(said), "{html}");
    assert!(html.contains("Still to be paid: KSh 1,150"));
    let opened = world.get("mama-njeri.localhost:3000", &format!("/sw/orders/{}", placed.token.hex())).await;
    assert_eq!(opened.status, StatusCode::OK);
}

#[tokio::test]
async fn a_paid_order_has_nothing_to_pay_and_its_message_asks_for_nothing() {
    let world = World::new().await;
    let placed = on_the_way(&world, &world.njeri).await;
    walk(&world, &world.njeri, placed.order, &[OrderStatus::Delivered]).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let html = staff.browser.get(&format!("/dashboard/orders/{}/link", placed.order)).await.text();
    assert!(html.contains("There is nothing to pay on this order now."), "{html}");
    assert!(html.contains("Your%20order%201001%20is%20here") && !html.contains("You%20can%20pay"), "{html}");
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
