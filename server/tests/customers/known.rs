//! Coming back: the next checkout in the same browser begins filled in, and typing somebody's number shows nothing.

use super::{
    order_of, orders,
    world::{Answer, Browser, NJERI, World, field},
};
use duka::checkout::known_buyer;
use http::StatusCode;

/// A browser with one of the first good in its cart.
pub async fn with_cart<'w>(world: &'w World, browser: &mut Browser<'w>) {
    let variant = world.njeri.variants[0].to_string();
    let added = browser.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
}

fn filled(html: &str) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("name", "Amina Wanjiru".to_owned()),
        ("phone", "0711 223 344".to_owned()),
        ("area", "Westlands".to_owned()),
        ("street", "Mpaka Road, blue gate".to_owned()),
        ("instructions", "opposite the mosque".to_owned()),
        ("payment_method", "cod".to_owned()),
    ];
    for name in ["idempotency_key", "seen_total_cents"] {
        fields.push((name, field(html, name)));
    }
    fields
}

pub async fn place(browser: &mut Browser<'_>) -> Answer {
    let html = browser.get("/checkout").await.text();
    let fields = filled(&html);
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let placed = browser.post("/checkout", &pairs).await;
    assert!(placed.header("location").starts_with("/orders/"), "{} {}", placed.status, placed.text());
    placed
}

#[tokio::test]
async fn the_next_checkout_of_the_same_browser_begins_with_what_was_typed_and_can_be_emptied() {
    let world = World::new().await;
    let mut browser = Browser::new(&world, NJERI);
    with_cart(&world, &mut browser).await;
    place(&mut browser).await;
    with_cart(&world, &mut browser).await;
    let html = browser.get("/checkout").await.text();
    assert_eq!(field(&html, "name"), "Amina Wanjiru");
    assert_eq!(field(&html, "phone"), "0711 223 344");
    assert_eq!(field(&html, "street"), "Mpaka Road, blue gate");
    assert_eq!(field(&html, "instructions"), "opposite the mosque");
    assert!(html.contains("Not you? Start empty"));
    let forgotten = browser.post("/checkout/forget", &[]).await;
    assert_eq!(forgotten.header("location"), "/checkout");
    let html = browser.get("/checkout").await.text();
    assert_eq!((field(&html, "name"), field(&html, "street")), (String::new(), String::new()));
    assert!(!html.contains("Not you?"));
}

#[tokio::test]
async fn nobody_learns_where_another_lives_by_typing_their_number_or_by_a_made_up_cookie() {
    let world = World::new().await;
    let mut amina = Browser::new(&world, NJERI);
    with_cart(&world, &mut amina).await;
    place(&mut amina).await;
    let mut nosy = Browser::new(&world, NJERI).with_cookie("duka_buyer", &"ab".repeat(32));
    with_cart(&world, &mut nosy).await;
    assert!(!nosy.get("/checkout").await.text().contains("Mpaka Road"));
    // The form comes back, since the street is missing: with what was typed and nothing more.
    let back =
        nosy.post("/checkout", &[("phone", "0711 223 344"), ("name", "Amina Wanjiru"), ("area", "Westlands")]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!back.text().contains("Mpaka Road") && !back.text().contains("mosque"));
}

#[tokio::test]
async fn a_number_typed_wrong_shows_nothing_of_whose_it_is() {
    let world = World::new().await;
    let mut amina = Browser::new(&world, NJERI);
    with_cart(&world, &mut amina).await;
    place(&mut amina).await;
    // Somebody else orders with Amina's number by mistake.
    let form = duka::checkout::forms::CheckoutForm {
        name: "Otieno Okoth".into(),
        street: "Rhapta Road 12".into(),
        ..orders::form("cod", 1)
    };
    let placed = orders::try_to_place(&world, &world.njeri, 1, form).await.unwrap();
    let carried = known_buyer::carried(&orders::shopper(&world, &world.njeri), &placed.token);
    let mut otieno = Browser::new(&world, NJERI).with_cookie("duka_buyer", &carried);
    with_cart(&world, &mut otieno).await;
    let html = otieno.get("/checkout").await.text();
    assert_eq!(field(&html, "street"), "Rhapta Road 12");
    assert!(!html.contains("Mpaka Road") && !html.contains("mosque"), "{html}");
}

/// The link is passed on, and stands in mails; the page it opens masks the buyer.
#[tokio::test]
async fn who_has_an_orders_link_cannot_make_the_cookie_of_its_browser() {
    let world = World::new().await;
    let token = order_of(&world, &world.njeri, "Amina Wanjiru", "0711 223 344").await.token;
    let another = order_of(&world, &world.njeri, "Otieno Okoth", "0722 000 111").await.token;
    let ours = orders::shopper(&world, &world.njeri);
    let theirs = orders::shopper(&world, &world.kilimani);
    let (token, another) = (&token, known_buyer::carried(&ours, &another));
    for made_up in [
        token.hex(),
        token.hex().repeat(2),
        format!("{}{}", "ab".repeat(32), token.hex()),
        format!("{}{}", &another[..64], token.hex()),
        known_buyer::carried(&theirs, token),
        known_buyer::carried(&ours, token)[1..].to_owned(),
    ] {
        let mut nosy = Browser::new(&world, NJERI).with_cookie("duka_buyer", &made_up);
        with_cart(&world, &mut nosy).await;
        let html = nosy.get("/checkout").await.text();
        let filled = ["name", "phone", "email", "street", "instructions"].map(|name| field(&html, name));
        assert_eq!(filled.concat(), "", "{made_up}");
        assert!(!html.contains("Not you?"), "{made_up}");
    }
    let mut amina = Browser::new(&world, NJERI).with_cookie("duka_buyer", &known_buyer::carried(&ours, token));
    with_cart(&world, &mut amina).await;
    assert_eq!(field(&amina.get("/checkout").await.text(), "phone"), "0711 223 344");
}

#[tokio::test]
async fn the_place_stands_once_in_the_street_however_often_they_order() {
    let world = World::new().await;
    world
        .sql(&format!(
            "insert into delivery_zones (tenant_id, name, city_area, fee_cents, eta_minutes, position, takes_the_rest)
             values ('{}', 'Anywhere else', 'Anywhere else', 50000, 120, 5, true)",
            world.njeri.tenant
        ))
        .await;
    let mut browser = Browser::new(&world, NJERI);
    for (path, known) in [("/checkout?place=lodwar", ""), ("/checkout", "Mpaka Road, blue gate")] {
        with_cart(&world, &mut browser).await;
        let html = browser.get(path).await.text();
        assert_eq!(field(&html, "street"), known);
        let carried = ["idempotency_key", "seen_total_cents", "quote", "place"].map(|name| (name, field(&html, name)));
        let mut form = vec![
            ("name", "Amina Wanjiru"),
            ("phone", "0711 223 344"),
            ("area", "Anywhere else"),
            ("street", "Mpaka Road, blue gate"),
            ("payment_method", "cod"),
        ];
        form.extend(carried.iter().map(|(name, value)| (*name, value.as_str())));
        let placed = browser.post("/checkout", &form).await;
        assert!(placed.header("location").starts_with("/orders/"), "{} {}", placed.status, placed.text());
    }
    let carried = "select count(*) from orders where shipping_address ->> 'place' = 'Lodwar, Turkana'
                   and shipping_address ->> 'street' = 'Lodwar, Turkana. Mpaka Road, blue gate'";
    assert_eq!(world.count(carried).await, 2);
}
