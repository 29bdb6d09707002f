//! A buyer at the checkout of a shop whose clock stands still until it is moved.

use crate::world::{Answer, Browser, NJERI, World, field};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use duka::{
    ctx::Platform,
    kernel::{clock::Clock, id::CartId, token::Token},
};
use http::StatusCode;
use std::sync::Arc;

/// Two shops at ten in the morning in Nairobi, tomorrow; Westlands for KSh 150 is all that either delivers to.
pub async fn at_ten() -> (World, Clock) {
    let mut world = World::new().await;
    let ten =
        (world.app.platform.clock.now() + TimeDelta::days(1)).with_time(NaiveTime::from_hms_opt(7, 0, 0).unwrap());
    let clock = Clock::fixed(ten.single().unwrap());
    let platform = Platform { clock: clock.clone(), ..(*world.app.platform).clone() };
    world.use_platform(Arc::new(platform));
    (world, clock)
}

/// An area of Njeri's, with further columns as SQL has them.
pub async fn area(world: &World, name: &str, shillings: i64, more: &[(&str, &str)]) {
    let columns: String = more.iter().flat_map(|(column, _)| [", ", *column]).collect();
    let values: String = more.iter().flat_map(|(_, value)| [", ", *value]).collect();
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "insert into delivery_zones (tenant_id, name, city_area, fee_cents, eta_minutes, position{columns})
             values ('{tenant}', '{name}', '{name}', {shillings} * 100, 120, 5{values})"
        ))
        .await;
}

/// Somebody with so many of the first good, KSh 1,000 each, in their cart.
pub struct Buyer<'w> {
    pub browser: Browser<'w>,
}

impl<'w> Buyer<'w> {
    pub async fn with(world: &'w World, quantity: i32) -> Self {
        let (shop, cart, token) = (&world.njeri, CartId::mint(), Token::random());
        let (tenant, store, product, variant) = (shop.tenant, shop.store, shop.product, shop.variants[0]);
        world
            .sql(&format!(
                "insert into carts (tenant_id, id, store_id, cart_token, expires_at)
                 values ('{tenant}', '{cart}', '{store}', '{}', now() + interval '9 days');
                 insert into cart_items (tenant_id, cart_id, product_id, variant_id, quantity, unit_price_cents, line_total_cents)
                 values ('{tenant}', '{cart}', '{product}', '{variant}', {quantity}, 100000, 100000 * {quantity})",
                token.hash_hex()
            ))
            .await;
        Self { browser: Browser::new(world, NJERI).with_cookie("duka_cart", &token.hex()) }
    }

    /// The checkout as it is served.
    pub async fn look(&mut self) -> String {
        let answer = self.browser.get("/checkout").await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.text()
    }

    /// Sends a page's form, filled in, with some fields otherwise.
    pub async fn send(&mut self, page: &str, otherwise: &[(&str, &str)]) -> Answer {
        let carried = ["idempotency_key", "seen_total_cents", "quote", "place"].map(|name| (name, field(page, name)));
        let area = chosen(page);
        let mut form = vec![
            ("name", "Amina Wanjiru"),
            ("phone", "0711 223 344"),
            ("area", &*area),
            ("street", "Mpaka Road, blue gate"),
            ("payment_method", "cod"),
        ];
        form.extend(carried.iter().map(|(name, value)| (*name, value.as_str())));
        form.retain(|(name, _)| !otherwise.iter().any(|(other, _)| other == name));
        form.extend(otherwise.iter().copied());
        self.browser.post("/checkout", &form).await
    }
}

/// The area that a page's list shows.
pub fn chosen(page: &str) -> String {
    let option = page.split("<option").find(|option| option.contains(" selected")).expect("an area is chosen");
    option.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a value").to_owned()
}

#[track_caller]
pub fn says(answer: &Answer, status: StatusCode, words: &[&str]) -> String {
    let text = answer.text();
    assert_eq!(answer.status, status, "{text}");
    for words in words {
        assert!(text.contains(words), "it does not say {words:?}: {text}");
    }
    text
}

pub async fn nothing_was_placed(world: &World) {
    for table in ["orders", "stock_holds", "payments", "customers", "delivery_quotes"] {
        assert_eq!(world.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
    assert_eq!(world.count("select count(*) from carts where status <> 'open'").await, 0);
}

/// `area fee rule eta` of the one quote that an order took, and that the order says the same.
pub async fn taken(world: &World) -> (String, i64, String, i32) {
    let mut everything = world.db.superuser().await;
    sqlx::query_as(
        "select q.city_area, q.fee_cents, q.rule_applied, q.eta_minutes
         from delivery_quotes q
         join orders o on o.tenant_id = q.tenant_id and o.delivery_quote_id = q.id
                      and o.delivery_city_area = q.city_area and o.delivery_fee_cents = q.fee_cents and o.eta_minutes = q.eta_minutes",
    )
    .fetch_one(&mut everything)
    .await
    .expect("one order took a quote")
}

/// The column of the one order or quote there is.
pub async fn moment(world: &World, query: &str) -> DateTime<Utc> {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(query.to_owned())).fetch_one(&mut everything).await.expect("a moment")
}
