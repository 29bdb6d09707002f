//! The receipt's page and its PDF, for whoever holds the order's link.

use crate::{
    merchant::member,
    orders::{self, on_the_way, place, walk},
    world::{Browser, KILIMANI, NJERI, World},
};
use duka::{
    checkout::place_order::Placed,
    kernel::{access::Role, token::Token},
    orders::status::OrderStatus,
};
use http::StatusCode;

async fn paid(world: &World) -> Placed {
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "update stores set is_vat_registered = true, vat_basis_points = 1600, vat_number = 'P051234567X', address = 'Biashara Street',
                    primary_contact_phone = '+254711000222' where tenant_id = '{tenant}'"
        ))
        .await;
    let placed = on_the_way(world, &world.njeri).await;
    walk(world, &world.njeri, placed.order, &[OrderStatus::Delivered]).await;
    placed
}

fn page_of(placed: &Placed) -> String {
    format!("/orders/{}/receipt", placed.token.hex())
}

#[tokio::test]
async fn everything_that_was_sold_and_paid_stands_on_the_page() {
    let world = World::new().await;
    let placed = paid(&world).await;
    // What the shop says of itself later is not what it said then.
    world.sql("update stores set name = 'Another name', vat_number = null").await;
    let answer = world.get(NJERI, &page_of(&placed)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert_eq!(answer.header("referrer-policy"), "same-origin");
    let html = answer.text();
    for said in [
        "Shop mama-njeri",
        "Biashara Street",
        "0711 000 222",
        "KRA PIN: P051234567X",
        "Kikoi, Blue",
        "KSh 1,000",
        "KSh 150",
        "KSh 1,150",
        "VAT 16 % · Before VAT",
        "KSh 158.62",
        "Paid: Cash",
        "Control unit no.",
        "noindex",
    ] {
        assert!(html.contains(said), "{said} in {html}");
    }
    assert!(!html.contains("<script"), "it is to be printed from any phone");
    let swahili = world.get(NJERI, &format!("/sw{}", page_of(&placed))).await.text();
    assert!(swahili.contains("Risiti namba") && swahili.contains("Pesa taslimu"));
}

/// Whether the order's own page does.
async fn leads_to_receipt(world: &World, placed: &Placed) -> bool {
    let order = world.get(NJERI, &format!("/orders/{}", placed.token.hex())).await;
    order.text().contains(&format!("href=\"{}\"", page_of(placed)))
}

#[tokio::test]
async fn the_same_receipt_is_the_same_file() {
    let world = World::new().await;
    let placed = paid(&world).await;
    assert!(leads_to_receipt(&world, &placed).await);
    let path = format!("{}.pdf", page_of(&placed));
    let first = world.get(NJERI, &path).await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(first.header("content-type"), "application/pdf");
    assert_eq!(first.header("content-disposition"), "inline; filename=\"receipt-1.pdf\"");
    assert!(first.bytes.starts_with(b"%PDF-") && first.bytes.len() < 100_000, "{} bytes", first.bytes.len());
    assert_eq!(world.get(NJERI, &path).await.bytes, first.bytes);
    assert_ne!(world.get(NJERI, &format!("/sw{path}")).await.bytes, first.bytes);
}

#[tokio::test]
async fn an_unpaid_order_has_no_receipt_and_says_so() {
    let world = World::new().await;
    let placed = place(&world, &world.njeri, "cod").await;
    for path in [page_of(&placed), format!("{}.pdf", page_of(&placed))] {
        let answer = world.get(NJERI, &path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.text().contains("There is no receipt yet"), "{}", answer.text());
    }
    assert!(!leads_to_receipt(&world, &placed).await);
    assert_eq!(world.count("select count(*) from receipts").await, 0);
}

#[tokio::test]
async fn only_the_orders_own_link_on_its_own_shop_opens_it() {
    let world = World::new().await;
    let placed = paid(&world).await;
    for (host, path) in [
        (KILIMANI, page_of(&placed)),
        (KILIMANI, format!("{}.pdf", page_of(&placed))),
        (NJERI, format!("/orders/{}/receipt", Token::random().hex())),
        (NJERI, "/orders/1001/receipt".to_owned()),
        (NJERI, "/orders/1001/receipt.pdf".to_owned()),
    ] {
        let answer = world.get(host, &path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{host}{path}");
        assert!(!answer.text().contains("Amina"), "{host}{path}");
    }
}

#[tokio::test]
async fn the_order_and_the_dashboard_lead_to_it() {
    let world = World::new().await;
    let placed = paid(&world).await;
    let order = world.get(NJERI, &format!("/orders/{}", placed.token.hex())).await.text();
    assert!(order.contains(&format!("href=\"{}\"", page_of(&placed))), "{order}");
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let answer = viewer.browser.get(&format!("/dashboard/orders/{}/receipt", placed.order)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), format!("http://{NJERI}{}", page_of(&placed)));
}

#[tokio::test]
async fn money_that_went_back_stands_on_it_and_money_that_was_too_much_does_not() {
    let world = World::new().await;
    let placed = paid(&world).await;
    let (tenant, order) = (world.njeri.tenant, placed.order);
    world
        .sql(&format!(
            "insert into refunds (tenant_id, order_id, amount_cents, kind, status, processed_at, receipt)
             values ('{tenant}', '{order}', 20000, 'goods', 'processed', '2026-11-20 06:00+00', 'UKB1REFUND'),
                    ('{tenant}', '{order}', 30000, 'goodwill', 'pending', null, null),
                    ('{tenant}', '{order}', 77700, 'excess', 'pending', null, null)"
        ))
        .await;
    let html = world.get(NJERI, &page_of(&placed)).await.text();
    assert!(html.contains("Given back: UKB1REFUND · 20/11/2026, 09:00"), "{html}");
    assert!(html.contains("Being given back") && html.contains("KSh 300") && !html.contains("KSh 777"), "{html}");
}

#[tokio::test]
async fn a_shops_own_letters_stand_before_the_number_wherever_the_buyer_sees_it() {
    let world = World::new().await;
    world.sql("update stores set order_prefix = 'MN-' where slug = 'mama-njeri'").await;
    let placed = paid(&world).await;
    // What the shop chooses later is for later orders.
    world.sql("update stores set order_prefix = '2027-' where slug = 'mama-njeri'").await;
    let page = format!("/orders/{}", placed.token.hex());
    for (path, said) in [
        (page.clone(), "Order MN-1001"),
        (format!("{page}/receipt"), "MN-1001"),
        (format!("{page}/status"), "\"order_number\":\"MN-1001\""),
    ] {
        let html = world.get(NJERI, &path).await.text();
        assert!(html.contains(said), "{said} in {html}");
    }
    let mut buyer = Browser::new(&world, NJERI);
    let phone = ("phone", orders::PHONE);
    for typed in ["MN-1001", "mn1001", "1001", "MN-1001K"] {
        let found = buyer.post("/orders/find", &[("order_number", typed), phone]).await;
        assert_eq!(found.header("location"), page, "{typed}");
    }
    for typed in ["2027-1001", "KE-1001", "MN-1002"] {
        let missed = buyer.post("/orders/find", &[("order_number", typed), phone]).await;
        assert_eq!(missed.header("location"), "", "{typed}");
    }
    let next = place(&world, &world.njeri, "cod").await;
    let html = world.get(NJERI, &format!("/orders/{}", next.token.hex())).await.text();
    assert!(html.contains("Order 2027-1002"), "{html}");
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let list = owner.browser.get("/dashboard/orders").await.text();
    assert!(list.contains("Order MN-1001") && list.contains("Order 2027-1002"), "{list}");
}

#[tokio::test]
async fn a_prefix_is_chosen_with_the_shops_settings_and_is_no_part_of_the_number() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let page = format!("/dashboard/settings/stores/{}", world.njeri.store);
    let form = |version: &'static str, prefix: &'static str| {
        [("version", version), ("name", "Njeri"), ("vat_rate", "16"), ("hold_minutes", "30"), ("order_prefix", prefix)]
    };
    for wrong in ["MN1", "SABASABA", "M/N"] {
        let refused = owner.browser.post(&page, &form("1", wrong)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let saved = owner.browser.post(&page, &form("1", "mn-")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    assert_eq!(world.count("select count(*) from stores where order_prefix = 'MN-'").await, 1);
    place(&world, &world.njeri, "cod").await;
    assert_eq!(world.count("select count(*) from orders where number_prefix = 'MN-' and order_number = 1001").await, 1);
}
