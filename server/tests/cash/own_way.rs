//! A way of the merchant's own: chosen at the checkout, explained on the order, written down when the money has come.

use crate::{
    merchant::member,
    orders::{form, money, place, standing, the_ledger_is_sound, try_to_place},
    world::{Browser, NJERI, World},
};
use duka::{
    checkout::{expire_order::expire_order, place_order::Refused},
    kernel::{
        access::Role,
        field_errors::{FieldErrors, FieldProblem},
    },
};
use http::StatusCode;

async fn offer(world: &World) {
    let mut owner = member(world, &world.njeri, Role::Owner).await;
    let fields = [
        ("version", "0"),
        ("takes_cash", "on"),
        ("manual_name", "Airtel Money"),
        ("manual_instructions", "Send to 0733 000 111\nName: Njeri <b>Crafts</b>"),
    ];
    assert_eq!(owner.browser.post("/dashboard/settings/cash", &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_order_says_what_to_do_and_staff_say_when_it_has_come() {
    let world = World::new().await;
    offer(&world).await;
    let cart = crate::orders::cart(&world, &world.njeri, 1).await;
    let mut browser = Browser::new(&world, NJERI).with_cookie("duka_cart", &cart.hex());
    assert!(browser.get("/checkout").await.text().contains("Airtel Money"));

    let placed = place(&world, &world.njeri, "manual").await;
    assert_eq!(standing(&world, placed.order).await, "awaiting_payment unpaid");
    assert_eq!(world.count("select count(*) from payments where method = 'manual' and status = 'initiated'").await, 1);
    let page = browser.get(&format!("/orders/{}", placed.token.hex())).await.text();
    for said in [
        "Pay KSh 1,150 by Airtel Money",
        "Send to 0733 000 111",
        "Njeri &lt;b&gt;Crafts&lt;/b&gt;",
        "Give 1001 as the reference",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    let status = browser.get(&format!("/orders/{}/status", placed.token.hex())).await.text();
    assert!(status.contains("Pay KSh 1,150 by Airtel Money."), "{status}");

    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let path = format!("/dashboard/orders/{}/cash", placed.order);
    let html = staff.browser.get(&path).await.text();
    assert!(html.contains("<option value=\"manual\" selected"), "the way that was chosen is proposed: {html}");
    let form = [("amount", "1150"), ("how", "manual"), ("note", "Bank reference QX1"), ("key", "k1")];
    assert!(staff.browser.post(&path, &form).await.header("location").ends_with("?recorded=paid"));
    assert_eq!(standing(&world, placed.order).await, "paid paid");
    assert_eq!(money(&world, placed.order).await, (1_150, 0));
    assert_eq!(world.count("select count(*) from payments where method = 'manual' and status = 'succeeded' and result_source = 'operator'").await, 1);
    assert_eq!(world.count("select count(*) from payments").await, 1);
    assert_eq!(
        world
            .count(
                "select stock_quantity::bigint from product_variants where price_cents = 100000 and stock_quantity < 10"
            )
            .await,
        9
    );
    the_ledger_is_sound(&world).await;
}

#[tokio::test]
async fn a_shop_without_such_a_way_places_no_order_by_it() {
    let world = World::new().await;
    let refused = try_to_place(&world, &world.njeri, 1, form("manual", 1)).await.unwrap_err();
    assert_eq!(refused, Refused::Invalid(FieldErrors::one("payment_method", FieldProblem::UnknownMethod)));
    assert_eq!(world.count("select count(*) from orders").await, 0);
    assert_eq!(world.count("select count(*) from stock_holds").await, 0);
}

#[tokio::test]
async fn the_goods_are_kept_for_three_days_and_then_given_back() {
    let world = World::new().await;
    offer(&world).await;
    let placed = place(&world, &world.njeri, "manual").await;
    let hours =
        world.count("select round(extract(epoch from expires_at - now()) / 3600)::bigint from stock_holds").await;
    assert_eq!(hours, 72);
    world.sql("update stock_holds set expires_at = now() - interval '1 second'").await;
    expire_order(&world.app.platform, world.njeri.tenant, placed.order).await.unwrap();
    assert_eq!(standing(&world, placed.order).await, "cancelled unpaid");
    assert_eq!(world.count("select count(*) from payments where status = 'failed'").await, 1);
    // What the program wrote down itself is read in one's own language.
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let order = placed.order.to_string();
    for (locale, words) in [("en", "nobody paid in time"), ("sw", "haikulipwa kwa wakati")] {
        world.sql(&format!("update users set locale = '{locale}'")).await;
        let told = staff.browser.post("/api/dash/order", &[("order", &order)]).await.text();
        assert!(told.contains(words), "{words}: {told}");
    }
}
