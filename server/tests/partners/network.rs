//! Two shops, the partner's stand-in, and the way back from it.

use crate::{
    buyer::at_ten,
    world::{PLATFORM, World},
};
use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header::HOST},
};
use chrono::TimeDelta;
use duka::{
    checkout::parcels,
    ctx::{Ctx, Platform},
    db::testing::Shop,
    delivery::partners::{
        pickup_mtaani::{Account, PickupMtaani},
        refresh,
        settings::{change_partner, load, prove},
    },
    jobs::worker,
    kernel::{
        access::Actor,
        clock::Clock,
        id::{BookingId, DeliveryPartnerId, OrderId, PartnerAgentId},
        typed::Typed,
    },
};
use sandbox::{Running, Sandbox};
use serde_json::{Value, json};
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;
use tokio::sync::watch;
use tower::ServiceExt as _;

/// Where the shops hand parcels in: Star Mall, in town.
pub const SENDER: i64 = 41;
/// Rongai Parcel Point: KSh 240 from there.
pub const RONGAI: i64 = 307;

pub struct Network {
    pub world: World,
    pub sandbox: Running,
    pub clock: Clock,
    pub http: reqwest::Client,
    /// Calls of the partner that were answered.
    pub heard: watch::Receiver<usize>,
}

impl Network {
    /// Nobody has set anything up.
    pub async fn bare() -> Self {
        let (mut world, clock) = at_ten().await;
        let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let platform = Platform {
            pickup_mtaani: PickupMtaani::new(&sandbox.pickup_mtaani_url()),
            base_url: format!("http://{}", listener.local_addr().unwrap()),
            ..(*world.app.platform).clone()
        };
        world.use_platform(Arc::new(platform));
        let (count, heard) = watch::channel(0usize);
        let router = world.router.clone();
        let relay = Router::new().fallback(move |mut request: Request| {
            let (router, count) = (router.clone(), count.clone());
            async move {
                request.headers_mut().insert(HOST, HeaderValue::from_static(PLATFORM));
                let answer = router.oneshot(request).await.unwrap();
                count.send_modify(|n| *n += 1);
                answer
            }
        });
        tokio::spawn(async move { axum::serve(listener, relay).await });
        #[expect(clippy::disallowed_methods, reason = "the sandbox's controls and pages, not a provider")]
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { world, sandbox, clock, http, heard }
    }

    /// Njeri's shop offers agents with their fees.
    pub async fn open() -> Self {
        let network = Self::bare().await;
        network.set_up(&network.world.njeri, "njeris-key").await;
        network
    }

    pub fn ctx(&self, shop: &Shop) -> Ctx {
        Ctx::new(self.world.app.platform.clone(), shop.tenant, Actor::Program)
    }

    pub fn njeri(&self) -> Ctx {
        self.ctx(&self.world.njeri)
    }

    /// The key, the list, the place of handing in, the fees.
    pub async fn set_up(&self, shop: &Shop, key: &str) {
        let ctx = self.ctx(shop);
        let typed = Typed::default().with("business", "12").with("api_key", key);
        change_partner(&ctx, 0, &typed).await.unwrap();
        prove(&ctx).await.unwrap();
        self.refresh(shop).await;
        let typed = Typed::default().with("business", "12").with("sender", SENDER.to_string());
        change_partner(&ctx, 1, &typed).await.unwrap();
        prove(&ctx).await.unwrap();
        self.refresh(shop).await;
        assert_eq!(load(&ctx).await.unwrap().priced, 10);
    }

    pub async fn partner(&self, shop: &Shop) -> DeliveryPartnerId {
        let tenant = shop.tenant;
        let question = format!(
            "select id::text from delivery_partners where tenant_id = '{tenant}' and provider = 'pickup_mtaani'"
        );
        DeliveryPartnerId::parse(&self.text(&question).await).unwrap()
    }

    pub async fn refresh(&self, shop: &Shop) {
        let partner = self.partner(shop).await;
        refresh::refresh(&self.world.app.platform, shop.tenant, partner).await.unwrap();
    }

    pub fn account(key: &str) -> Account {
        Account { api_key: key.to_owned(), business: 12, sender: Some(SENDER) }
    }

    /// An agent of Njeri's by the partner's number.
    pub async fn agent(&self, number: i64) -> PartnerAgentId {
        let tenant = self.world.njeri.tenant;
        let question =
            format!("select id::text from partner_agents where tenant_id = '{tenant}' and agent_number = {number}");
        PartnerAgentId::parse(&self.text(&question).await).unwrap()
    }

    /// An order of Njeri's that somebody has paid.
    pub async fn paid_order(&self) -> OrderId {
        let mut buyer = crate::buyer::Buyer::with(&self.world, 1).await;
        let page = buyer.look().await;
        assert_eq!(buyer.send(&page, &[]).await.status, 303);
        self.world
            .sql(
                "update orders set status = 'paid', payment_status = 'paid', payment_method = 'mpesa', paid_at = now()",
            )
            .await;
        OrderId::parse(&self.text("select id::text from orders order by order_number desc limit 1").await).unwrap()
    }

    /// The newest try.
    pub async fn parcel(&self) -> BookingId {
        let id = self.text("select id::text from partner_parcels order by created_at desc, id desc limit 1").await;
        BookingId::parse(&id).unwrap()
    }

    /// One try of the worker to book the newest, so much later.
    pub async fn book_after(&self, later: TimeDelta) {
        self.clock.advance(later);
        let parcel = self.parcel().await;
        parcels::book(&self.world.app.platform, self.world.njeri.tenant, parcel).await.unwrap();
    }

    pub async fn follow(&self) {
        let parcel = self.parcel().await;
        parcels::follow(&self.world.app.platform, self.world.njeri.tenant, parcel).await.unwrap();
    }

    /// Does every job that is due.
    pub async fn work(&self) {
        let mailer = Mailer::folder(std::env::temp_dir(), "Duka <no-reply@localhost>").unwrap();
        let platform = Platform { db: self.world.db.worker.clone(), ..(*self.world.app.platform).clone() };
        worker::drain(&self.world.db.worker, Arc::new(Registry::new(Arc::new(platform), mailer))).await.unwrap();
    }

    pub async fn control(&self, what: &str, body: Value) {
        let url = format!("{}/control/{what}", self.sandbox.base_url);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 204, "{}", answer.text().await.unwrap());
    }

    pub async fn pull(&self, string: Value) {
        self.control("pickup_mtaani", string).await;
    }

    pub async fn fault(&self, kind: &str, count: u32) {
        self.control("fault", json!({ "provider": "pickup_mtaani", "kind": kind, "count": count })).await;
    }

    /// How often the partner was asked at an address, by a method.
    pub async fn count_received(&self, method: &str, path: &str) -> usize {
        let url = format!("{}/control/requests?provider=pickup_mtaani", self.sandbox.base_url);
        let all: Vec<Value> = self.http.get(url).send().await.unwrap().json().await.unwrap();
        all.iter().filter(|one| one["method"] == method && one["path"].as_str().unwrap().ends_with(path)).count()
    }

    /// How many parcels Njeri's account has there.
    pub async fn parcels_there(&self) -> u64 {
        let url = format!("{}/packages/agent-agent/mine?b_id=12", self.sandbox.pickup_mtaani_url());
        let all: Value = self.http.get(url).header("apiKey", "njeris-key").send().await.unwrap().json().await.unwrap();
        all["totalCount"].as_u64().unwrap()
    }

    /// Waits until so many calls of the partner have come.
    pub async fn until_heard(&self, wanted: usize) {
        let mut heard = self.heard.clone();
        let waiting = heard.wait_for(|count| *count >= wanted);
        tokio::time::timeout(std::time::Duration::from_secs(20), waiting).await.expect("the calls came").unwrap();
    }

    pub async fn text(&self, statement: &str) -> String {
        let mut connection = self.world.db.superuser().await;
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement.to_owned())).fetch_one(&mut connection).await.unwrap()
    }

    /// Status, tries and problem of the newest try; then the delivery's status, code and cost.
    pub async fn standing(&self) -> String {
        self.text(
            "select concat_ws(' ', b.status, b.tries, coalesce(b.problem, '-')) || ', '
                    || coalesce(nullif(concat_ws(' ', d.status, d.tracking_code, d.cost_cents), ''), 'no delivery')
             from partner_parcels b
             left join delivery_orders d on d.tenant_id = b.tenant_id and d.id = b.delivery_id
             order by b.created_at desc, b.id desc
             limit 1",
        )
        .await
    }

    /// Status of the newest order.
    pub async fn order_status(&self) -> String {
        self.text("select status from orders order by order_number desc limit 1").await
    }
}
