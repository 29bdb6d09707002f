//! Who may pay in cash: said on a page of the settings, shown at the checkout, decided when the order is placed.

use crate::{
    merchant::member,
    orders::{cart, form, on_the_way, place, try_to_place, walk},
    rider::take_mpesa,
    world::{Answer, Browser, NJERI, World, field},
};
use duka::{
    checkout::place_order::Refused,
    kernel::{
        access::Role,
        field_errors::{FieldErrors, FieldProblem},
    },
    orders::status::OrderStatus,
};
use http::StatusCode;

const PAGE: &str = "/dashboard/settings/cash";

fn no_cash() -> Refused {
    Refused::Invalid(FieldErrors::one("payment_method", FieldProblem::NoCash))
}

async fn say(world: &World, version: &str, fields: &[(&str, &str)]) -> Answer {
    let mut owner = member(world, &world.njeri, Role::Owner).await;
    let fields: Vec<_> = [("version", version)].into_iter().chain(fields.iter().copied()).collect();
    owner.browser.post(PAGE, &fields).await
}

/// The checkout of a cart of one, as the shopper sees it.
async fn checkout(world: &World) -> String {
    let cart = cart(world, &world.njeri, 1).await;
    let mut browser = Browser::new(world, NJERI).with_cookie("duka_cart", &cart.hex());
    let answer = browser.get("/checkout").await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.text()
}

fn offers_cash(html: &str) -> bool {
    html.contains("name=\"payment_method\" value=\"cod\"") || html.contains("value=\"cod\"")
}

async fn nothing_was_placed(world: &World) {
    for table in ["orders", "stock_holds", "payments", "customers", "hand_payments"] {
        assert_eq!(world.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
    assert_eq!(world.count("select count(*) from carts where status <> 'open'").await, 0);
}

#[tokio::test]
async fn a_shop_that_said_nothing_takes_cash() {
    let world = World::new().await;
    assert!(offers_cash(&checkout(&world).await));
    place(&world, &world.njeri, "cod").await;
    assert_eq!(world.count("select count(*) from orders where payment_method = 'cod' and status = 'pending'").await, 1);
}

#[tokio::test]
async fn m_pesa_is_offered_only_for_what_it_moves_at_once() {
    let world = World::new().await;
    take_mpesa(&world).await;
    let why = "M-Pesa moves whole shillings, at most KSh 250,000 at a time.";
    // KSh 150 of delivery come on top.
    for (cents, is_offered) in [(24_985_000, true), (24_985_100, false), (100_050, false)] {
        world.sql(&format!("update product_variants set price_cents = {cents}")).await;
        let html = checkout(&world).await;
        assert_eq!(html.contains("value=\"mpesa_stk\""), is_offered, "{cents}: {html}");
        assert_eq!(html.contains(why), !is_offered, "{cents}: {html}");
        assert!(offers_cash(&html), "{cents}: {html}");
    }
}

#[tokio::test]
async fn a_shop_that_takes_none_neither_offers_nor_places_it() {
    let world = World::new().await;
    assert_eq!(say(&world, "0", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!checkout(&world).await.contains("Cash on delivery"), "not even as something that is not possible");
    let refused = try_to_place(&world, &world.njeri, 1, form("cod", 1)).await;
    assert_eq!(refused.unwrap_err(), no_cash());
    nothing_was_placed(&world).await;
    // The neighbour has said nothing.
    place(&world, &world.kilimani, "cod").await;
}

#[tokio::test]
async fn above_the_limit_the_reason_stands_in_the_place_of_the_choice() {
    let world = World::new().await;
    assert_eq!(say(&world, "0", &[("takes_cash", "on"), ("cash_most", "1,149")]).await.status, StatusCode::SEE_OTHER);
    let html = checkout(&world).await;
    assert!(!offers_cash(&html));
    assert!(html.contains("Cash is taken for orders up to KSh 1,149."), "{html}");
    assert_eq!(try_to_place(&world, &world.njeri, 1, form("cod", 1)).await.unwrap_err(), no_cash());
    nothing_was_placed(&world).await;

    assert_eq!(say(&world, "1", &[("takes_cash", "on"), ("cash_most", "1150")]).await.status, StatusCode::SEE_OTHER);
    assert!(offers_cash(&checkout(&world).await));
    place(&world, &world.njeri, "cod").await;
}

#[tokio::test]
async fn the_area_decides_and_the_page_that_comes_back_says_why() {
    let world = World::new().await;
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "insert into delivery_zones (tenant_id, name, city_area, fee_cents) values ('{tenant}', 'Karen', 'Karen', 15000)"
        ))
        .await;
    let westlands = world.njeri.zone.to_string();
    let chosen = [("takes_cash", "on"), ("cash_where", "chosen"), ("cash_zones", westlands.as_str())];
    assert_eq!(say(&world, "0", &chosen).await.status, StatusCode::SEE_OTHER);

    let cart = cart(&world, &world.njeri, 1).await;
    let mut browser = Browser::new(&world, NJERI).with_cookie("duka_cart", &cart.hex());
    assert!(offers_cash(&browser.get("/checkout?area=Westlands").await.text()));
    let karen = browser.get("/checkout?area=Karen").await.text();
    assert!(!offers_cash(&karen) && karen.contains("Cash is not taken in Karen."), "{karen}");
    let key = field(&karen, "idempotency_key");
    let typed = [
        ("idempotency_key", key.as_str()),
        ("seen_total_cents", "115000"),
        ("name", "Amina"),
        ("phone", "0711223344"),
        ("area", "Karen"),
        ("street", "Gate B"),
        ("payment_method", "cod"),
    ];
    let refused = browser.post("/checkout", &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = refused.text();
    assert!(
        html.contains("This order cannot be paid in cash.") && html.contains("Cash is not taken in Karen."),
        "{html}"
    );
    assert_eq!(field(&html, "name"), "Amina", "what was typed is kept");
    nothing_was_placed(&world).await;
}

#[tokio::test]
async fn cash_is_for_those_who_took_their_orders_before() {
    let world = World::new().await;
    let rules = [("takes_cash", "on"), ("least_delivered", "1"), ("most_refused", "0")];
    let first = on_the_way(&world, &world.njeri).await;
    assert_eq!(say(&world, "0", &rules).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        try_to_place(&world, &world.njeri, 1, form("cod", 1)).await.unwrap_err(),
        no_cash(),
        "not delivered yet"
    );
    assert_eq!(world.count("select count(*) from orders").await, 1);

    walk(&world, &world.njeri, first.order, &[OrderStatus::Delivered]).await;
    let second = place(&world, &world.njeri, "cod").await;
    // It went out and came back.
    let way = [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Packing];
    walk(&world, &world.njeri, second.order, &way).await;
    assert_eq!(try_to_place(&world, &world.njeri, 1, form("cod", 1)).await.unwrap_err(), no_cash());
    // Tried again, it was taken: that is forgiven.
    walk(&world, &world.njeri, second.order, &[OrderStatus::Dispatched, OrderStatus::Delivered]).await;
    place(&world, &world.njeri, "cod").await;
    let other = duka::checkout::forms::CheckoutForm { phone: "0722 000 111".into(), ..form("cod", 1) };
    assert_eq!(try_to_place(&world, &world.njeri, 1, other).await.unwrap_err(), no_cash(), "somebody new");
}

#[tokio::test]
async fn each_wrong_input_has_its_sentence_and_changes_nothing() {
    let world = World::new().await;
    let foreign = world.kilimani.zone.to_string();
    for (name, value, sentence) in [
        ("cash_most", "lots", "A whole number"),
        ("cash_most", "0", "This is too little."),
        ("cash_zones", foreign.as_str(), "Choose an area from the list."),
        ("cash_zones", "moon", "Choose an area from the list."),
        ("least_delivered", "1000", "This is too much."),
        ("most_refused", "-1", "A whole number"),
        ("manual_name", "Bank", "Please fill this in."),
        ("payout_account", "1", "This form has no field “payout_account”."),
    ] {
        let answer = say(&world, "0", &[("takes_cash", "on"), ("cash_where", "chosen"), (name, value)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}={value}");
        assert!(answer.text().contains(sentence), "{name}={value}: {}", answer.text());
    }
    assert_eq!(world.count("select count(*) from payment_rules").await, 0);
    assert_eq!(world.count("select count(*) from cash_areas").await, 0);
    assert_eq!(world.count("select count(*) from audit_log where action = 'payment_rules_changed'").await, 0);
}

#[tokio::test]
async fn two_who_edit_at_once_both_see_what_the_other_did() {
    let world = World::new().await;
    assert_eq!(say(&world, "0", &[("takes_cash", "on"), ("cash_most", "5000")]).await.status, StatusCode::SEE_OTHER);
    let second = say(&world, "0", &[("takes_cash", "on"), ("cash_most", "9000")]).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.text().contains("somebody changed this while you were writing"));
    assert_eq!(world.count("select cash_most_cents from payment_rules").await, 500_000);
    let third = say(&world, "1", &[("takes_cash", "on"), ("cash_most", "9000")]).await;
    assert_eq!(third.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count("select cash_most_cents from payment_rules where version = 2").await, 900_000);
}

#[tokio::test]
async fn only_an_owner_says_where_the_money_goes() {
    let world = World::new().await;
    for role in [Role::Viewer, Role::Staff] {
        let mut person = member(&world, &world.njeri, role).await;
        assert_eq!(person.browser.get(PAGE).await.status, StatusCode::FORBIDDEN);
        let answer = person.browser.post(PAGE, &[("version", "0"), ("takes_cash", "")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(world.count("select count(*) from payment_rules").await, 0);
}
