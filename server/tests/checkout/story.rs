//! One shop, one sandbox, one clock: what every checkout story starts with.

use axum::{Router, body::Bytes, extract::Path, http::StatusCode, routing::post};
use chrono::{DateTime, Utc};
use duka::{
    checkout::{
        check_payment, expire_order,
        forms::{CheckoutForm, PayForm},
        place_order::{Placed, Refused, place_order},
        receive_callback::{Call, Received, receive_callback},
        request_prompt,
    },
    ctx::{Ctx, Platform, PromptPauses},
    db::testing::{Shop, TestDb},
    error::AppError,
    jobs::worker,
    kernel::{
        access::Actor,
        clock::Clock,
        id::{PaymentId, TenantId},
        locale::Locale,
        money::Money,
        token::Token,
    },
    pages::storefront::order::{PayStage, load},
    payments::providers::mpesa::{AccountKind, QueryAnswer},
    vault::Purpose,
};
use sandbox::{Running, Sandbox};
use serde_json::{Value, json};
use server::{mailer::Mailer, worker::Registry};
use sqlx::{
    AssertSqlSafe, FromRow, PgPool,
    postgres::{PgPoolOptions, PgRow},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::watch;

/// The furthest a story waits for the outside world.
const LONG: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub struct Story {
    pub platform: Arc<Platform>,
    pub shop: Shop,
    /// Sees all tenants; for looking at the world afterwards.
    pub everything: PgPool,
    db: Arc<TestDb>,
    pub sandbox: Arc<Running>,
    /// Where its money is paid to.
    pub kind: AccountKind,
    buyers: Arc<AtomicUsize>,
    arrived: watch::Receiver<usize>,
    consumed: Arc<AtomicUsize>,
}

impl Story {
    /// A shop with two goods (KSh 1,000 and KSh 1,500, ten of each), delivery to Westlands for
    /// KSh 150, and a paybill whose prompts go to a sandbox of its own.
    pub async fn begin() -> Self {
        Self::begin_with(AccountKind::Paybill).await
    }

    /// The same with an account of this kind.
    pub async fn begin_with(kind: AccountKind) -> Self {
        let sandbox = Arc::new(Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap());
        let db = Arc::new(TestDb::new().await);
        let clock = Clock::fixed(real_now());
        let (base_url, arrived) = doorbell().await;
        let shared = db.platform_with(clock, &sandbox.daraja_url());
        let platform = Arc::new(Platform { base_url: base_url.0, pauses: PromptPauses::NONE, ..(*shared).clone() });
        base_url.1.send(Some(platform.clone())).unwrap();
        let shop = db.seed_shop(&platform, "mama-njeri").await;
        let everything = PgPoolOptions::new().max_connections(4).connect(&db.url("postgres")).await.unwrap();
        let (buyers, consumed) = (Arc::default(), Arc::default());
        let story = Self { platform, shop, everything, db, sandbox, kind, buyers, arrived, consumed };
        story.use_secret("secret").await;
        story
    }

    /// Another tenant in the same database.
    pub async fn stranger(&self) -> Self {
        let shop = self.db.seed_shop(&self.platform, "kilimani").await;
        Self { shop, ..self.clone() }
    }

    pub fn app_url(&self) -> String {
        self.db.url("duka_app")
    }

    /// The worker's login.
    pub fn worker(&self) -> duka::db::Db {
        self.db.worker.clone()
    }

    pub fn tenant(&self) -> TenantId {
        self.shop.tenant
    }

    pub fn ctx(&self) -> Ctx {
        Ctx::new(self.platform.clone(), self.shop.tenant, Actor::Shopper)
    }

    /// An open cart with so many of the first and second good.
    pub async fn cart(&self, lines: &[(usize, i32)]) -> Token {
        let token = Token::random();
        let cart: uuid::Uuid =
            sqlx::query_scalar("insert into carts (tenant_id, store_id, cart_token) values ($1, $2, $3) returning id")
                .bind(self.shop.tenant.uuid())
                .bind(self.shop.store.uuid())
                .bind(token.hash_hex())
                .fetch_one(&self.everything)
                .await
                .unwrap();
        for (good, quantity) in lines {
            sqlx::query(
                "insert into cart_items (tenant_id, cart_id, product_id, variant_id, quantity, unit_price_cents, line_total_cents)
                 select tenant_id, $2, product_id, id, $4, price_cents, price_cents * $4 from product_variants where tenant_id = $1 and id = $3",
            )
            .bind(self.shop.tenant.uuid())
            .bind(cart)
            .bind(self.shop.variants[*good].uuid())
            .bind(quantity)
            .execute(&self.everything)
            .await
            .unwrap();
        }
        token
    }

    /// The checkout form, filled in by somebody who saw this total in shillings. At a till each time by somebody else:
    /// there only the payer tells whose money it is.
    pub fn form(&self, seen_shillings: i64) -> CheckoutForm {
        let phone = match self.kind {
            AccountKind::Paybill => "0711 223 344".to_owned(),
            AccountKind::Till => format!("0711 223 {:03}", self.buyers.fetch_add(1, Ordering::SeqCst) % 1_000),
        };
        CheckoutForm {
            phone,
            idempotency_key: "key".into(),
            seen_total_cents: Money::shillings(seen_shillings).minor().to_string(),
            name: "Amina Wanjiru".into(),
            area: "Westlands".into(),
            street: "Mpaka Road, blue gate".into(),
            payment_method: "mpesa_stk".into(),
            ..CheckoutForm::default()
        }
    }

    pub async fn place(&self, cart: &Token, form: CheckoutForm) -> Result<Placed, Refused> {
        place_order(&self.ctx(), self.shop.store, cart, Locale::En, form).await
    }

    /// Buys some of the first good and sends the prompt.
    pub async fn buy(&self, quantity: i32) -> Placed {
        let cart = self.cart(&[(0, quantity)]).await;
        let placed = self.place(&cart, self.form(1_000 * i64::from(quantity) + 150)).await.unwrap();
        request_prompt::send(&self.platform, self.tenant(), placed.prompt.unwrap()).await.unwrap();
        placed
    }

    /// So many people at once, each wanting one of the first good: (who got it, who was told it is short).
    pub async fn rush(&self, people: usize, seen_shillings: i64) -> (usize, usize) {
        let mut carts = Vec::new();
        for _ in 0..people {
            carts.push(self.cart(&[(0, 1)]).await);
        }
        let presses: Vec<_> = carts
            .into_iter()
            .map(|cart| {
                let story = self.clone();
                tokio::spawn(async move { story.place(&cart, story.form(seen_shillings)).await })
            })
            .collect();
        let (mut placed, mut short) = (0, 0);
        for press in presses {
            match press.await.unwrap() {
                Ok(_) => placed += 1,
                Err(Refused::Changed(_)) => short += 1,
                Err(other) => panic!("somebody was answered {other:?}"),
            }
        }
        (placed, short)
    }

    pub async fn ask_for_prompt(&self, placed: &Placed) -> Result<PaymentId, AppError> {
        let form = PayForm { payment_method: "mpesa_stk".into(), ..PayForm::default() };
        request_prompt::pay_again(&self.ctx(), &placed.token, &form).await
    }

    pub async fn pay_again(&self, placed: &Placed) -> Result<(), AppError> {
        let payment = self.ask_for_prompt(placed).await?;
        request_prompt::send(&self.platform, self.tenant(), payment).await
    }

    /// Decides every following prompt.
    pub async fn script(&self, script: Value) {
        let answer =
            self.http().post(format!("{}/control/mpesa", self.sandbox.base_url)).json(&script).send().await.unwrap();
        assert_eq!(answer.status(), 204);
    }

    pub async fn requests_to(&self, path: &str) -> usize {
        let all: Vec<Value> = self
            .http()
            .get(format!("{}/control/requests?provider=mpesa", self.sandbox.base_url))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        all.iter().filter(|request| request["path"].as_str().is_some_and(|p| p.contains(path))).count()
    }

    /// Waits until so many callbacks have been stored since the story began.
    pub async fn until_callbacks(&self, more: usize) {
        let wanted = self.consumed.load(Ordering::SeqCst) + more;
        let mut arrived = self.arrived.clone();
        tokio::time::timeout(LONG, arrived.wait_for(|count| *count >= wanted))
            .await
            .expect("the callbacks came")
            .unwrap();
        self.consumed.store(wanted, Ordering::SeqCst);
    }

    /// Waits for the callback of the newest prompt and does the work it asks for.
    pub async fn until_settled(&self, _placed: &Placed) {
        self.until_callbacks(1).await;
        self.work().await;
    }

    /// Waits until the person has answered a prompt whose callback is lost.
    pub async fn until_answered(&self) {
        let id: String = self
            .row::<(String,)>("select checkout_request_id from payments order by requested_at desc limit 1")
            .await
            .0;
        let credentials = self.credentials("secret");
        let end = tokio::time::Instant::now() + LONG;
        while self.platform.daraja.query(&credentials, &id, real_now()).await.unwrap() == QueryAnswer::Open {
            assert!(tokio::time::Instant::now() < end, "the sandbox never answered");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn until_prompted(&self, placed: &Placed) {
        let sent = self
            .count(&format!("payments where id = '{}' and checkout_request_id is not null", placed.prompt.unwrap()))
            .await;
        assert_eq!(sent, 1);
    }

    /// Does every job that is due; nobody is written to in these stories.
    pub async fn work(&self) {
        let mailer = Mailer::folder(std::env::temp_dir().join("duka-no-mails"), "Duka <no-reply@localhost>").unwrap();
        worker::drain(&self.worker(), Arc::new(Registry::new(self.platform.clone(), mailer))).await.unwrap();
    }

    /// Asks the provider about the order's first payment.
    pub async fn ask(&self, placed: &Placed) {
        check_payment::check_payment(&self.platform, self.tenant(), placed.prompt.unwrap()).await.unwrap();
    }

    pub async fn expire(&self, placed: &Placed) {
        expire_order::expire_order(&self.platform, self.tenant(), placed.order).await.unwrap();
    }

    pub async fn stage(&self, placed: &Placed) -> PayStage {
        load(&self.ctx(), &placed.token).await.unwrap().stage
    }

    /// A callback as somebody who knows its address would send it.
    pub fn callback_body(&self, checkout: &str, code: i64, shillings: i64) -> String {
        let mut callback = json!({ "MerchantRequestID": "1-2-3", "CheckoutRequestID": checkout, "ResultCode": code, "ResultDesc": "words" });
        if code == 0 {
            callback["CallbackMetadata"] = json!({ "Item": [{ "Name": "Amount", "Value": shillings }, { "Name": "MpesaReceiptNumber", "Value": "UK23FORGED" }] });
        }
        json!({ "Body": { "stkCallback": callback } }).to_string()
    }

    pub async fn callback_of(&self, placed: &Placed, code: i64, shillings: i64) -> String {
        let id: (String,) = self
            .row(&format!("select checkout_request_id from payments where id = '{}'", placed.prompt.unwrap()))
            .await;
        self.callback_body(&id.0, code, shillings)
    }

    pub async fn forge(&self, placed: &Placed, code: i64, shillings: i64) {
        let body = self.callback_of(placed, code, shillings).await;
        self.call_back(placed, body.as_bytes()).await;
    }

    /// Delivers a body to the address of the order's first payment.
    pub async fn call_back(&self, placed: &Placed, body: &[u8]) {
        let mut tx = self.ctx().tx().await.unwrap();
        let token = self.ctx().key(&mut tx).await.unwrap().token(Purpose::PayHook, placed.prompt.unwrap().uuid());
        drop(tx);
        let answer = receive_callback(&self.platform, Call::Pay, &token, body, "127.0.0.1").await;
        assert_eq!(answer, Ok(Received::Stored));
    }

    pub async fn set_stock(&self, good: usize, count: i32) {
        self.write(&format!(
            "with old as (select product_id, id, stock_quantity from product_variants where id = '{id}'),
                  moved as (insert into inventory_movements (tenant_id, product_id, variant_id, change, reason)
                            select '{tenant}', product_id, id, {count} - stock_quantity, 'adjustment' from old where stock_quantity <> {count})
             update product_variants set stock_quantity = {count} where id = '{id}'",
            id = self.shop.variants[good],
            tenant = self.shop.tenant,
        ))
        .await;
    }

    pub async fn row<T: for<'r> FromRow<'r, PgRow> + Send + Unpin>(&self, statement: &str) -> T {
        sqlx::query_as(AssertSqlSafe(statement.to_owned())).fetch_one(&self.everything).await.unwrap()
    }

    /// How many rows of this tenant: `table` or `table where …`.
    pub async fn count(&self, from: &str) -> i64 {
        self.row::<(i64,)>(&format!("select count(*) from {from}")).await.0
    }

    pub async fn write(&self, statement: &str) {
        sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&self.everything).await.unwrap();
    }

    pub async fn nothing_was_written(&self) {
        for table in [
            "orders",
            "order_items",
            "stock_holds",
            "payments",
            "payment_intents",
            "delivery_quotes",
            "customers",
            "hook_tokens",
        ] {
            assert_eq!(self.count(table).await, 0, "{table}");
        }
        assert_eq!(self.count("carts where status <> 'open'").await, 0);
        assert_eq!(self.count("order_counters where next_number <> 1001").await, 0);
    }

    pub fn http(&self) -> reqwest::Client {
        #[expect(clippy::disallowed_methods, reason = "a test talks to its own sandbox")]
        reqwest::Client::new()
    }
}

#[expect(clippy::disallowed_methods, reason = "a story begins now, and its clock stands still from then on")]
fn real_now() -> DateTime<Utc> {
    Utc::now()
}

type Later = watch::Sender<Option<Arc<Platform>>>;

/// Listens for callbacks on loopback, stores them through the real verb, and counts them.
async fn doorbell() -> ((String, Later), watch::Receiver<usize>) {
    let (count, arrived) = watch::channel(0usize);
    let (later, platform) = watch::channel::<Option<Arc<Platform>>>(None);
    // Stories wait for what is told of payments; what is told of refunds comes beside it.
    let is_counted = |call: Call| !matches!(call, Call::RefundResult | Call::RefundTimeout);
    let hook = move |call: Call| {
        let (platform, count) = (platform.clone(), count.clone());
        move |Path(token): Path<String>, body: Bytes| {
            let (mut platform, count) = (platform.clone(), count.clone());
            async move {
                let ready = platform.wait_for(Option::is_some).await.unwrap().clone().unwrap();
                let token = Token::parse(&token).unwrap();
                assert_eq!(receive_callback(&ready, call, &token, &body, "127.0.0.1").await.unwrap(), Received::Stored);
                count.send_modify(|n| *n += usize::from(is_counted(call)));
                StatusCode::OK
            }
        }
    };
    let router = Router::new()
        .route("/hooks/pay/{token}", post(hook(Call::Pay)))
        .route("/hooks/ask/{token}/result", post(hook(Call::AskResult)))
        .route("/hooks/ask/{token}/timeout", post(hook(Call::AskTimeout)))
        .route("/hooks/refund/{token}/result", post(hook(Call::RefundResult)))
        .route("/hooks/refund/{token}/timeout", post(hook(Call::RefundTimeout)));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    ((base_url, later), arrived)
}
