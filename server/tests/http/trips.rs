//! How often a page or an order asks the database: the budget of trips, counted statement by statement.

use crate::world::{Browser, NJERI, World, field};
use duka::{
    checkout::{forms::CheckoutForm, place_order::place_order},
    ctx::{Ctx, Platform},
    kernel::{access::Actor, locale::Locale, token::Token},
    vault::{MasterKey, Vault},
};
use http::StatusCode;
use std::{
    fmt,
    sync::{Arc, Mutex},
};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context, layer::SubscriberExt as _};

/// An uncached page of a shop.
const PAGE: usize = 3;
/// Placing an order.
const ORDER: usize = 12;

/// Every statement that the database client runs on this thread; the test's runtime has no other.
#[derive(Clone, Default)]
struct Trips(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Trips {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        let mut said = Said::default();
        event.record(&mut said);
        let statement = if said.statement.trim().is_empty() { said.summary } else { said.statement };
        self.0.lock().expect("nobody died counting").push(statement.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

#[derive(Default)]
struct Said {
    summary: String,
    statement: String,
}

impl Visit for Said {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            _ => {}
        }
    }
}

impl Trips {
    /// What was asked since the last look. Begin and commit travel with what they surround; events are written
    /// by a task of their own after the answer.
    fn take(&self) -> Vec<String> {
        let all = std::mem::take(&mut *self.0.lock().expect("nobody died counting"));
        let is_free = |statement: &str| {
            let lower = statement.trim_matches('"').to_ascii_lowercase();
            ["begin", "commit", "rollback", "insert into events"].iter().any(|start| lower.starts_with(start))
        };
        all.into_iter().filter(|statement| !is_free(statement)).collect()
    }
}

#[track_caller]
fn within(what: &str, asked: &[String], most: usize) {
    println!("{what}: {}", asked.len());
    assert!(!asked.is_empty(), "{what} was not counted");
    assert!(
        asked.len() <= most,
        "{what} asked {} times, and {most} are enough:\n  {}",
        asked.len(),
        asked.join("\n  ")
    );
}

#[tokio::test]
async fn no_page_asks_more_than_three_times_and_an_order_no_more_than_twelve() {
    let trips = Trips::default();
    let _counting = tracing::subscriber::set_default(tracing_subscriber::registry().with(trips.clone()));
    let world = World::new().await;
    let (tenant, store) = (world.njeri.tenant, world.njeri.store);
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{tenant}', '{tenant}', 'Cloth', 'cloth');
             update products set category_id = '{tenant}' where tenant_id = '{tenant}';
             insert into mpesa_accounts (tenant_id, kind, short_code) values ('{tenant}', 'paybill', '509731')"
        ))
        .await;
    // Which shop a host is, is remembered for every page after the first.
    world.get(NJERI, "/robots.txt").await;
    trips.take();
    let mut shopper = Browser::new(&world, NJERI);

    for path in
        ["/", "/c/cloth", "/p/kikoi", "/p/gone", "/c/gone", "/search?q=kikoi", "/cart", "/nothing", "/orders/find"]
    {
        assert_ne!(shopper.get(path).await.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        within(path, &trips.take(), PAGE);
    }
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "2")]).await;
    trips.take();
    shopper.get("/cart").await;
    within("/cart with something in it", &trips.take(), PAGE);
    let page = shopper.get("/checkout").await;
    assert_eq!(page.status, StatusCode::OK);
    within("/checkout", &trips.take(), PAGE);

    let html = page.text();
    let (key, total) = (field(&html, "idempotency_key"), field(&html, "seen_total_cents"));
    let mut form = vec![
        ("idempotency_key", key.as_str()),
        ("seen_total_cents", &total),
        ("name", "Amina Wanjiru"),
        ("phone", "0711 223 344"),
        ("area", "Westlands"),
        ("street", "Mpaka Road"),
        ("payment_method", "cod"),
    ];
    let placed = shopper.post("/checkout", &form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
    within("POST /checkout, paid in cash", &trips.take(), ORDER);
    let order = placed.header("location").to_owned();
    assert_eq!(shopper.get(&order).await.status, StatusCode::OK);
    within("/orders/{token}", &trips.take(), PAGE);
    world
        .sql(&format!(
            "update orders set paid_at = now() where tenant_id = '{tenant}';
             insert into receipts (tenant_id, order_id, receipt_number, issued_at) select tenant_id, id, 1, now() from orders where tenant_id = '{tenant}';
             insert into rider_links (tenant_id, order_id, token_hash, expires_at)
             select tenant_id, id, '\\x{}', now() + interval '1 hour' from orders where tenant_id = '{tenant}'",
            hash_of(&order)
        ))
        .await;
    trips.take();
    assert_eq!(shopper.get(&format!("{order}/receipt")).await.status, StatusCode::OK);
    within("/orders/{token}/receipt", &trips.take(), PAGE);
    let token = order.rsplit('/').next().unwrap_or_default();
    assert_eq!(shopper.get(&format!("/rider/{token}")).await.status, StatusCode::OK);
    within("/rider/{token}", &trips.take(), PAGE);
    shopper.get(&format!("{order}/status")).await;
    within("/orders/{token}/status", &trips.take(), 1);
    form[6].1 = "mpesa_stk";
    assert_eq!(shopper.post("/checkout", &form).await.header("location"), order);
    within("POST /checkout again", &trips.take(), ORDER);

    // By prompt there is one more piece of work to ask for; the prompt itself leaves after the answer.
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let cart = Token::parse(shopper.cookie("duka_cart").expect("a cart")).expect("a token");
    let form = CheckoutForm {
        idempotency_key: "key".into(),
        seen_total_cents: "115000".into(),
        name: "Amina Wanjiru".into(),
        phone: "0711 223 344".into(),
        area: "Westlands".into(),
        street: "Mpaka Road".into(),
        payment_method: "mpesa_stk".into(),
        ..CheckoutForm::default()
    };
    trips.take();
    // A program that has just started does not know the merchant's key yet.
    let started = Platform { vault: Vault::new(MasterKey::new([7; 32])), ..(*world.app.platform).clone() };
    let ctx = Ctx::new(Arc::new(started), tenant, Actor::Shopper);
    let placed = place_order(&ctx, store, &cart, Locale::En, form).await.expect("an order");
    within("placing an order by prompt", &trips.take(), ORDER);
    assert!(placed.is_new);
}

/// The hash of the token at the end of an address.
fn hash_of(address: &str) -> String {
    let token = address.rsplit('/').next().unwrap_or_default();
    Token::parse(token).expect("a token").hash_hex()
}
