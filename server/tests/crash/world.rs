//! One shop with a paybill, a sandbox that answers its prompts, and the program between them.

use crate::{
    cable::Cable,
    program::{LOOK, Program},
    shopper::http,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use cluster::{Cluster, Options};
use duka::{
    ctx::{Ctx, Platform},
    db::testing::{Shop, TestDb},
    kernel::{access::Actor, clock::Clock},
    vault::{MasterKey, Place, Vault},
};
use sandbox::{Running, Sandbox};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};
use std::{future::Future, sync::Arc, time::Duration};
use tokio::time::{Instant, sleep};

/// The sub-domain of the shop.
pub const SHOP: &str = "mama-njeri";

/// Everything a crash needs; the program is killed first when it is dropped.
pub struct World {
    pub program: Program,
    pub shop: Shop,
    /// As the program inside this merchant, with the same master key.
    pub ctx: Ctx,
    /// Sees all tenants.
    pub everything: PgPool,
    pub sandbox: Running,
    /// Between the program and Postgres; the test itself has its own way.
    pub cable: Cable,
    /// Dropped last: it takes the database away.
    _db: TestDb,
    /// A Postgres of its own, where it may be killed.
    _postgres: Option<Cluster>,
}

/// What the sandbox opens operators' passwords with.
const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../sandbox/certificate.pem");

impl World {
    /// A shop with so many pieces of its first good, and every prompt approved after a moment.
    pub async fn begin(stock: i32) -> Self {
        Self::begin_on(TestDb::new().await, None, stock).await
    }

    /// The same on a Postgres of its own that writes everything down, since it is about to be killed.
    pub async fn begin_apart(stock: i32) -> Self {
        let folder = std::env::temp_dir().join(format!("duka-crash-postgres-{}", std::process::id()));
        let options = Options { data_dir: folder, durable: true, max_connections: 80 };
        let postgres = tokio::task::spawn_blocking(move || Cluster::start(options)).await.unwrap().unwrap();
        let db = TestDb::on(&postgres.superuser_url()).await;
        Self::begin_on(db, Some(postgres), stock).await
    }

    async fn begin_on(db: TestDb, postgres: Option<Cluster>, stock: i32) -> Self {
        // A test has no TLS provider of its own until its first client is made.
        http();
        let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.unwrap();
        let key: [u8; 32] = rand::random();
        let shared = db.platform_with(Clock::system(), &sandbox.daraja_url());
        let platform = Arc::new(Platform { vault: Vault::new(MasterKey::new(key)), ..(*shared).clone() });
        let shop = db.seed_shop(&platform, SHOP).await;
        let ctx = Ctx::new(platform, shop.tenant, Actor::Program);
        let everything = PgPoolOptions::new().max_connections(4).connect(&db.url("postgres")).await.unwrap();
        let cable = Cable::to(&db.url("postgres")).await;
        let program = Program::start(
            &[],
            "all",
            &[
                ("DATABASE_URL", cable.through(&db.url("duka_app"))),
                ("DUKA_WORKER_DATABASE_URL", cable.through(&db.url("duka_worker"))),
                ("DUKA_OWNER_DATABASE_URL", cable.through(&db.url("duka_migrator"))),
                ("DUKA_OPS_DATABASE_URL", cable.through(&db.url("duka_ops"))),
                ("DUKA_SECRET_KEY", BASE64_STANDARD.encode(key)),
                ("DUKA_MPESA_URL", sandbox.daraja_url()),
                ("DUKA_MPESA_PER_SECOND", "0".to_owned()),
                ("DUKA_MPESA_PAUSE", "0".to_owned()),
                ("DUKA_MPESA_PAUSE_SAME_SUM", "0".to_owned()),
                ("DUKA_MPESA_CERTIFICATE", CERTIFICATE.to_owned()),
                ("DUKA_LOG", "info".to_owned()),
            ],
        )
        .await;
        let world = Self { program, shop, ctx, everything, sandbox, cable, _db: db, _postgres: postgres };
        world.stock(stock).await;
        world.paybill().await;
        world.script(json!({ "result_code": 0, "delay_ms": 300 })).await;
        world
    }

    /// SIGKILL to one of Postgres's processes: it takes all the others down with it and recovers from what it had
    /// written. Returns when it answers again.
    pub async fn kill_postgres(&self) {
        let pid: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&self.everything).await.unwrap();
        let killed = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
        assert!(killed.success());
        let end = Instant::now() + Duration::from_mins(1);
        while sqlx::query("select 1").execute(&self.everything).await.is_err() {
            assert!(Instant::now() < end, "Postgres does not come back");
            sleep(LOOK).await;
        }
    }

    async fn stock(&self, count: i32) {
        sqlx::query(
            "with moved as (insert into inventory_movements (tenant_id, product_id, variant_id, change, reason, balance_after)
                            select tenant_id, product_id, id, $3 - stock_quantity, 'restock', $3 from product_variants where tenant_id = $1 and id = $2 and stock_quantity <> $3)
             update product_variants set stock_quantity = $3 where tenant_id = $1 and id = $2",
        )
        .bind(self.shop.tenant.uuid())
        .bind(self.shop.variants[0].uuid())
        .bind(count)
        .execute(&self.everything)
        .await
        .unwrap();
    }

    async fn paybill(&self) {
        let mut tx = self.ctx.tx().await.unwrap();
        let key = self.ctx.key(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let row = uuid::Uuid::from_u128(1);
        let seal = |column, text: &str| key.seal(Place { table: "mpesa_accounts", column, row }, text);
        sqlx::query(
            "insert into mpesa_accounts (tenant_id, id, environment, kind, short_code, consumer_key_sealed, consumer_secret_sealed, passkey_sealed)
             values ($1, $2, 'sandbox', 'paybill', '509731', $3, $4, $5)",
        )
        .bind(self.shop.tenant.uuid())
        .bind(row)
        .bind(seal("consumer_key_sealed", "key"))
        .bind(seal("consumer_secret_sealed", "secret"))
        .bind(seal("passkey_sealed", "passkey"))
        .execute(&self.everything)
        .await
        .unwrap();
    }

    /// Decides every following prompt.
    pub async fn script(&self, script: Value) {
        let url = format!("{}/control/mpesa", self.sandbox.base_url);
        assert_eq!(http().post(url).json(&script).send().await.unwrap().status(), 204);
    }

    /// How many rows: `table` or `table where …`.
    pub async fn count(&self, from: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {from}")))
            .fetch_one(&self.everything)
            .await
            .unwrap()
    }
}

/// Waits until the condition is true; after `limit` the test fails with its name.
pub async fn until<F: Future<Output = bool>>(name: &str, limit: Duration, mut is_true: impl FnMut() -> F) {
    let end = Instant::now() + limit;
    while !is_true().await {
        assert!(Instant::now() < end, "after {limit:?} it is still not so: {name}");
        sleep(LOOK).await;
    }
}
