//! A shop that takes cards, the provider's stand-in, and a shopper in front of both.

use crate::{
    invariants,
    world::{Answer, Browser, NJERI, PLATFORM, World, field},
};
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, header::HOST},
};
use chrono::TimeDelta;
use duka::{
    checkout::card,
    ctx::{Ctx, Platform},
    db::testing::Shop,
    jobs::worker,
    kernel::{access::Actor, clock::Clock, id::PaymentId, typed::Typed},
    payments::{
        card_settings,
        providers::paystack::{Paystack, SIGNATURE_HEADER, sign},
    },
};
use http::{StatusCode, header};
use sandbox::{Running, Sandbox};
use serde_json::{Value, json};
use server::{mailer::Mailer, worker::Registry};
use sqlx::postgres::PgPoolOptions;
use std::sync::Arc;
use tokio::sync::watch;
use tower::ServiceExt as _;

pub const NJERIS_KEY: &str = "sk_test_njeri";
pub const KILIMANIS_KEY: &str = "sk_test_kilimani";

pub struct Till {
    pub world: World,
    pub sandbox: Running,
    pub http: reqwest::Client,
}

/// An order that is on its way to be paid by card.
#[derive(Clone, Debug)]
pub struct Bought {
    /// The order's page.
    pub order: String,
    /// The provider's page; empty when there is none.
    pub page: String,
    pub reference: String,
}

impl Bought {
    /// Where the provider leads the shopper back to.
    pub fn back(&self) -> String {
        format!("{}?card={}&trxref={}&reference={}", self.order, self.reference, self.reference, self.reference)
    }
}

impl Till {
    /// Two shops that take cards, each with keys of its own.
    pub async fn open() -> Self {
        let till = Self::without_account().await;
        till.take_cards(&till.world.njeri, NJERIS_KEY).await;
        till.take_cards(&till.world.kilimani, KILIMANIS_KEY).await;
        till
    }

    pub async fn without_account() -> Self {
        let mut world = World::new().await;
        let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
        let paystack = Paystack::new(&sandbox.paystack_url());
        world.use_platform(Arc::new(Platform { paystack, ..(*world.app.platform).clone() }));
        #[expect(clippy::disallowed_methods, reason = "the sandbox's controls and pages, not a provider")]
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { world, sandbox, http }
    }

    pub async fn take_cards(&self, shop: &Shop, key: &str) {
        let ctx = self.ctx(shop);
        let typed = Typed::default().with("public_key", key.replacen("sk", "pk", 1)).with("secret_key", key.to_owned());
        card_settings::change_account(&ctx, 0, &typed).await.unwrap();
        card_settings::prove(&ctx).await.unwrap();
    }

    pub fn ctx(&self, shop: &Shop) -> Ctx {
        Ctx::new(self.world.app.platform.clone(), shop.tenant, Actor::Program)
    }

    /// What the provider does with every following payment.
    pub async fn script(&self, script: Value) {
        self.control("paystack", script).await;
    }

    pub async fn fault(&self, kind: &str, count: u32) {
        self.control("fault", json!({ "provider": "paystack", "kind": kind, "count": count })).await;
    }

    pub async fn control(&self, what: &str, body: Value) {
        let url = format!("{}/control/{what}", self.sandbox.base_url);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 204, "{}", answer.text().await.unwrap());
    }

    /// Method and path of what the provider received, oldest first, with the body.
    pub async fn received(&self) -> Vec<Value> {
        let url = format!("{}/control/requests?provider=paystack", self.sandbox.base_url);
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    pub async fn count_received(&self, path: &str) -> usize {
        self.received().await.iter().filter(|one| one["path"].as_str().unwrap().contains(path)).count()
    }

    pub fn shopper(&self) -> Browser<'_> {
        Browser::new(&self.world, NJERI)
    }

    /// Fills the cart and posts the checkout, paying in that way.
    pub async fn check_out(&self, shopper: &mut Browser<'_>, quantity: &str, method: &str) -> Answer {
        let variant = self.world.njeri.variants[0].to_string();
        shopper.post("/cart/items", &[("variant", &variant), ("quantity", quantity)]).await;
        let html = shopper.get("/checkout").await.text();
        let (key, total) = (field(&html, "idempotency_key"), field(&html, "seen_total_cents"));
        let form = [
            ("idempotency_key", key.as_str()),
            ("seen_total_cents", &total),
            ("name", "Amina Wanjiru"),
            ("phone", "0711 223 344"),
            ("email", "amina@barua.test"),
            ("area", "Westlands"),
            ("street", "Mpaka Road"),
            ("payment_method", method),
        ];
        shopper.post("/checkout", &form).await
    }

    /// One piece for KSh 1,150, up to the provider's page.
    pub async fn buy(&self) -> Bought {
        let answer = self.check_out(&mut self.shopper(), "1", "card").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        self.bought(answer.header("location")).await
    }

    /// What the newest payment of all is.
    pub async fn bought(&self, location: &str) -> Bought {
        let asked = self.received().await;
        let last = asked.iter().rev().find(|one| one["path"] == "/paystack/transaction/initialize").unwrap();
        let back = last["body"]["callback_url"].as_str().unwrap();
        let order = back.split("localhost:3000").nth(1).unwrap().split('?').next().unwrap().to_owned();
        let page = if location.starts_with("http") { location.to_owned() } else { String::new() };
        Bought { order, page, reference: last["body"]["reference"].as_str().unwrap().to_owned() }
    }

    /// Presses a button on the provider's page; answers where it leads.
    pub async fn press(&self, bought: &Bought, answer: &str) -> String {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let mut request = self.http.post(&bought.page).body(format!("answer={answer}"));
        for (name, value) in form {
            request = request.header(name, value);
        }
        let answered = request.send().await.unwrap();
        assert_eq!(answered.status(), 303);
        answered.headers()["location"].to_str().unwrap().to_owned()
    }

    /// The shopper's browser is led back, and follows to the page that it is shown.
    pub async fn come_back(&self, bought: &Bought) -> String {
        let answer = self.shopper().get(&bought.back()).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, bought.order.as_str()));
        self.look(bought).await
    }

    /// The order's page.
    pub async fn look(&self, bought: &Bought) -> String {
        let answer = self.shopper().get(&bought.order).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.text()
    }

    /// The address that a shop's events are posted to, without the host.
    pub async fn hook(&self, shop: &Shop) -> String {
        let address = card_settings::load(&self.ctx(shop)).await.unwrap().events_to.unwrap();
        address.split("localhost:3000").nth(1).unwrap().to_owned()
    }

    /// An event as the provider would post it, or somebody who knows the address.
    pub async fn post_event(&self, hook: &str, body: &str, signature: &str) -> Answer {
        let request = http::Request::post(hook)
            .header(header::HOST, PLATFORM)
            .header(header::CONTENT_TYPE, "application/json")
            .header(SIGNATURE_HEADER, signature);
        self.world.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// A signed `charge.success`.
    pub async fn tell(&self, bought: &Bought) -> Answer {
        let body = charge(&bought.reference);
        self.post_event(&self.hook(&self.world.njeri).await, &body, &sign(NJERIS_KEY, body.as_bytes())).await
    }

    /// Does every job that is due.
    pub async fn work(&self) {
        let mailer = Mailer::folder(std::env::temp_dir(), "Duka <no-reply@localhost>").unwrap();
        let platform = Platform { db: self.world.db.worker.clone(), ..(*self.world.app.platform).clone() };
        worker::drain(&self.world.db.worker, Arc::new(Registry::new(Arc::new(platform), mailer))).await.unwrap();
    }

    /// The clock's question about the newest payment, so much later.
    pub async fn ask_after(&self, later: TimeDelta) {
        let clock = Clock::fixed(Clock::system().now() + later);
        let platform = Arc::new(Platform { clock, ..(*self.world.app.platform).clone() });
        card::check_card(&platform, self.world.njeri.tenant, self.payment().await).await.unwrap();
    }

    pub async fn payment(&self) -> PaymentId {
        let id: String =
            self.text("select id::text from payments order by attempt_no desc, requested_at desc limit 1").await;
        PaymentId::parse(&id).unwrap()
    }

    pub async fn text(&self, statement: &str) -> String {
        let mut connection = self.world.db.superuser().await;
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement.to_owned())).fetch_one(&mut connection).await.unwrap()
    }

    /// Status of the order, of its money, and of its newest payment with why it failed and from where that is known.
    pub async fn standing(&self) -> String {
        self.text(
            "select o.status || ' ' || o.payment_status || ', ' || p.status || ' ' || coalesce(p.failure_reason, '-') || ' ' || coalesce(p.result_source, '-')
             from orders o
             join payments p on p.tenant_id = o.tenant_id and p.order_id = o.id
             order by o.placed_at desc, p.attempt_no desc
             limit 1",
        )
        .await
    }

    /// The order was paid once: one sale, one receipt of money, and everything else in order.
    pub async fn is_paid_once(&self) {
        let count = async |statement: &str| self.world.count(statement).await;
        assert_eq!(count("select count(*) from orders where status = 'paid' and payment_status = 'paid'").await, 1);
        assert_eq!(count("select count(*) from payments where status = 'succeeded'").await, 1);
        assert_eq!(count("select count(*) from inventory_movements where reason = 'sale'").await, 1);
        assert_eq!(
            count("select count(*) from ledger_entries where place = 'order' and amount_cents = 115000").await,
            1
        );
        assert_eq!(count("select count(*) from order_status_history where to_status = 'paid'").await, 1);
        self.all_is_in_order().await;
    }

    /// Nothing was sold and no money is anywhere.
    pub async fn nothing_was_fulfilled(&self) {
        let count = async |statement: &str| self.world.count(statement).await;
        assert_eq!(
            count("select count(*) from orders where payment_status <> 'unpaid' or paid_at is not null").await,
            0
        );
        assert_eq!(count("select count(*) from inventory_movements where reason = 'sale'").await, 0);
        assert_eq!(count("select count(*) from ledger_entries").await, 0);
        self.all_is_in_order().await;
    }

    pub async fn all_is_in_order(&self) {
        let url = self.world.db.url("postgres");
        let everything = PgPoolOptions::new().max_connections(2).connect(&url).await.unwrap();
        invariants::hold(&everything).await;
    }

    /// A listener on loopback that hands what it hears to the platform's router, and counts what was taken.
    pub async fn listen_for_events(&self) -> watch::Receiver<usize> {
        let (count, heard) = watch::channel(0usize);
        let router = self.world.router.clone();
        let relay = Router::new().fallback(move |mut request: Request| {
            let (router, count) = (router.clone(), count.clone());
            async move {
                request.headers_mut().insert(HOST, HeaderValue::from_static(PLATFORM));
                let answer = router.oneshot(request).await.unwrap();
                count.send_modify(|n| *n += 1);
                answer
            }
        });
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}{}", listener.local_addr().unwrap(), self.hook(&self.world.njeri).await);
        tokio::spawn(async move { axum::serve(listener, relay).await });
        self.control("paystack/webhook", json!({ "url": url, "secret_key": NJERIS_KEY })).await;
        heard
    }
}

pub fn charge(reference: &str) -> String {
    json!({ "event": "charge.success", "data": { "id": 1, "status": "success", "reference": reference, "amount": 115_000, "currency": "KES" } })
        .to_string()
}

/// Waits until so many have come.
pub async fn until(heard: &mut watch::Receiver<usize>, wanted: usize) {
    let waiting = heard.wait_for(|count| *count >= wanted);
    tokio::time::timeout(std::time::Duration::from_secs(20), waiting).await.expect("the events came").unwrap();
}
