//! How often a page or an order asks the database: the budget of trips, counted statement by statement.

use crate::world::{Browser, NJERI, World, field};
use duka::{
    checkout::{forms::CheckoutForm, known_buyer, place_for::place_for, place_order::place_order},
    ctx::{Ctx, Platform},
    kernel::{
        access::{Actor, Role},
        id::UserId,
        locale::Locale,
        token::Token,
    },
    pages::dashboard::customers::{export, groups, list::CustomerFilter},
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
            ["begin", "commit", "rollback", "insert into events", "insert into customer_events"]
                .iter()
                .any(|start| lower.starts_with(start))
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
             insert into mpesa_accounts (tenant_id, kind, short_code) values ('{tenant}', 'paybill', '509731');
             insert into seo_pages (tenant_id, slug, type, title, body, published_at)
             values ('{tenant}', 'sisal', 'blog', 'Sisal', '<p>Woven</p>', now()), ('{tenant}', 'about', 'page', 'About', '<p>Us</p>', now())"
        ))
        .await;
    // Which shop a host is, is remembered for every page after the first.
    world.get(NJERI, "/robots.txt").await;
    trips.take();
    let mut shopper = Browser::new(&world, NJERI);

    for path in [
        "/",
        "/c/cloth",
        "/c/cloth?brand=Pwani&option=Colour:Red&in_stock=1&min=1&max=2&sort=name",
        "/p/kikoi",
        "/p/Kikoi",
        "/p/gone",
        "/c/gone",
        "/search?q=kikoi",
        "/search?q=kikoi&option=Colour:Red",
        "/search?q=zzzz",
        "/cart",
        "/nothing",
        "/orders/find",
        "/account",
        "/delivery",
        "/delivery/westlands",
        "/delivery/gone",
        "/sitemap.xml",
        "/sitemaps/1.xml",
        "/feed.xml",
        "/blog",
        "/blog/sisal",
        "/blog/gone",
        "/pages/about",
        "/pages/gone",
        "/offline",
        "/manifest.webmanifest",
        "/icon.svg",
    ] {
        assert_ne!(shopper.get(path).await.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        within(path, &trips.take(), PAGE);
    }
    shopper.get("/search/suggest?q=kiko").await;
    within("/search/suggest", &trips.take(), 2);
    let icon = "/icons/1-14532d-53/512.png";
    assert_eq!(shopper.get(icon).await.status, StatusCode::OK);
    within("an icon that was not drawn yet", &trips.take(), 1);
    assert_eq!(shopper.get(icon).await.status, StatusCode::OK);
    assert_eq!(trips.take(), Vec::<String>::new(), "one that was drawn asks for nothing");
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "2")]).await;
    trips.take();
    shopper.get("/cart").await;
    within("/cart with something in it", &trips.take(), PAGE);
    let made = shopper.post("/cart/link", &[]).await.text();
    within("POST /cart/link", &trips.take(), PAGE);
    let link = made.split("/cart/").find_map(|rest| rest.split_once('"').filter(|(link, _)| link.len() == 22));
    let link = format!("/cart/{}", link.expect("a link").0);
    let mut another = Browser::new(&world, NJERI);
    another.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    trips.take();
    assert_eq!(another.get(&link).await.status, StatusCode::OK, "it is asked which cart is meant");
    within("/cart/{link}", &trips.take(), PAGE);
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
    drop(shopper);
    who_comes_back(&world, &trips, &order).await;
    staff_enter(&world, &trips, &ctx).await;
}

/// The next checkout of a browser that has ordered before begins filled in, and costs nothing more.
async fn who_comes_back(world: &World, trips: &Trips, order: &str) {
    let token = Token::parse(order.rsplit('/').next().unwrap_or_default()).expect("a token");
    let platform = &world.app.platform;
    let carried = known_buyer::carried(&Ctx::new(platform.clone(), world.njeri.tenant, Actor::Shopper), &token);
    let mut shopper = Browser::new(world, NJERI).with_cookie("duka_buyer", &carried);
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    trips.take();
    let page = shopper.get("/checkout").await;
    within("/checkout of somebody who comes back", &trips.take(), PAGE);
    assert_eq!(field(&page.text(), "name"), "Amina Wanjiru");
    let (session, tenant) = (Token::random(), world.njeri.tenant);
    world
        .sql(&format!(
            "insert into shopper_sessions (tenant_id, customer_id, token_hash, channel, last_seen_at, expires_at)
             select tenant_id, id, '\\x{}', 'sms', now() - interval '1 hour', now() + interval '1 day'
             from customers where tenant_id = '{tenant}' and phone = '+254711223344'",
            session.hash_hex()
        ))
        .await;
    let mut shopper = Browser::new(world, NJERI).with_cookie("duka_shopper", &session.hex());
    for path in ["/account", "/account?page=2", "/account/addresses", "/account/own"] {
        trips.take();
        assert_eq!(shopper.get(path).await.status, StatusCode::OK, "{path}");
        within(path, &trips.take(), PAGE);
    }
    // Of a code by mail it is asked what it proves: by the statement that finds the session.
    let by_mail = "update orders set customer_email = 'amina@barua.test';
                   update shopper_sessions set channel = 'mail', last_seen_at = now() - interval '1 hour'";
    world.sql(by_mail).await;
    trips.take();
    assert_eq!(shopper.get("/account/own").await.status, StatusCode::OK);
    within("/account/own by mail", &trips.take(), PAGE);
}

/// What staff enter is written down with who did it, and by cash the buyer's history is asked.
async fn staff_enter(world: &World, trips: &Trips, started: &Ctx) {
    let (tenant, store, user) = (world.njeri.tenant, world.njeri.store, UserId::mint());
    world
        .sql(&format!(
            "insert into users (tenant_id, id, email, role) values ('{tenant}', '{user}', '{user}@duka.test', 'staff');
             insert into payment_rules (tenant_id, store_id, cash_most_refused) values ('{tenant}', '{store}', 3);
             insert into customer_groups (tenant_id, name, tag) values ('{tenant}', 'A', 'a'), ('{tenant}', 'B', 'b'), ('{tenant}', 'C', 'c')"
        ))
        .await;
    let actor = Actor::Member { user, role: Role::Staff };
    for method in ["mpesa_stk", "cod"] {
        let mut browser = Browser::new(world, NJERI);
        let variant = world.njeri.variants[0].to_string();
        browser.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
        let draft = Token::parse(browser.cookie("duka_cart").expect("a cart")).expect("a token");
        let form = CheckoutForm {
            idempotency_key: "key".into(),
            seen_total_cents: "115000".into(),
            name: "Amina Wanjiru".into(),
            phone: "0711 223 344".into(),
            area: "Westlands".into(),
            street: "Mpaka Road".into(),
            payment_method: method.into(),
            ..CheckoutForm::default()
        };
        let vault = Vault::new(MasterKey::new([7; 32]));
        let platform = Arc::new(Platform { vault, ..(*started.platform).clone() });
        let ctx = Ctx::new(platform, tenant, actor);
        trips.take();
        let placed = place_for(&ctx, store, &draft, Locale::En, form, "phone").await.expect("an order");
        within(&format!("an order that staff enter, {method}"), &trips.take(), ORDER);
        assert!(placed.is_new);
    }
    let ctx = Ctx::new(started.platform.clone(), tenant, actor);
    trips.take();
    assert_eq!(groups::load(&ctx).await.expect("groups").len(), 3);
    within("the groups of customers", &trips.take(), 1);
    let owner = Ctx::new(started.platform.clone(), tenant, Actor::Member { user, role: Role::Owner });
    export::ask(&owner, CustomerFilter::default()).await.expect("who would be in the file");
    within("the file of customers before it is taken out", &trips.take(), 2);
}

/// The hash of the token at the end of an address.
fn hash_of(address: &str) -> String {
    let token = address.rsplit('/').next().unwrap_or_default();
    Token::parse(token).expect("a token").hash_hex()
}
