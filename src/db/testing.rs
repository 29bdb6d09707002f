//! Databases for tests: each test gets its own clone of a template that is migrated once per schema.
//!
//! Cloning costs a tenth of a second; nothing is shared but the server and its roles.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot have its database fails here, with a sentence"
)]

use super::{
    Db,
    migrate::{RolePasswords, make_roles, migrate},
};
use crate::{
    analytics::record::Recorder,
    ctx::{Ctx, Platform, PromptPauses},
    delivery::partners::pickup_mtaani::PickupMtaani,
    kernel::{
        access::Actor,
        clock::Clock,
        id::{ProductId, StoreId, TenantId, VariantId, ZoneId},
        token::hex,
    },
    mail::providers::africastalking::AfricasTalking,
    payments::providers::{
        mpesa::{Certificate, Daraja, DarajaSettings},
        paystack::Paystack,
    },
    vault::{MasterKey, Vault},
};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection, postgres::PgConnectOptions,
};
use std::{str::FromStr as _, sync::Arc};

/// Signs in every role of a test cluster; the cluster listens on this machine only and lives as long as the tests.
const PASSWORD: &str = "duka-test";
const SETTING: &str = "DUKA_TEST_DATABASE_URL";
/// What the sandbox opens operators' passwords with.
const SANDBOX_CERTIFICATE: &[u8] = include_bytes!("../../sandbox/certificate.pem");
/// Clones of runs that were killed are dropped when they are older than this.
const OLD_CLONE_SECONDS: i64 = 3600;

/// A migrated database of one's own; dropped with the value.
#[derive(Debug)]
pub struct TestDb {
    name: String,
    server: PgConnectOptions,
    /// As the app role: row security applies.
    pub app: Db,
    /// As the worker role: like the app, and the queue.
    pub worker: Db,
}

impl TestDb {
    /// Clones the template; the first test after a change of the schema makes it.
    ///
    /// # Panics
    /// When no cluster is named by the environment, or it does not do what it is told.
    pub async fn new() -> Self {
        let url = std::env::var(SETTING)
            .unwrap_or_else(|_| panic!("{SETTING} is not set: run the tests with `make test`, or start a PostgreSQL cluster and give its superuser's address"));
        Self::on(&url).await
    }

    /// The same in a cluster of one's own, such as one that is about to be killed.
    ///
    /// # Panics
    /// When it does not do what it is told.
    pub async fn on(url: &str) -> Self {
        let server = PgConnectOptions::from_str(url).expect("the address of the test cluster is a PostgreSQL address");
        let mut admin = connect(&server.clone().database("postgres")).await;
        let template = template(&mut admin, &server).await;
        let name = format!("duka_test_{}_{}", seconds(), &crate::kernel::token::Token::random().hex()[..12]);
        admin
            .execute(AssertSqlSafe(format!("create database {name} template {template}")))
            .await
            .expect("the template is cloned");
        admin.close().await.expect("a connection is closed");
        let login = |role: &str| address(&server, &name, role);
        let app = Db::open(&login("duka_app"), 12).expect("an address");
        let worker = Db::open(&login("duka_worker"), 6).expect("an address");
        Self { name, server, app, worker }
    }

    /// The address of this database for one of the roles, or for the superuser `postgres`.
    pub fn url(&self, role: &str) -> String {
        address(&self.server, &self.name, role)
    }

    /// A connection that sees and may do everything, for looking at what a test did and for breaking things.
    pub async fn superuser(&self) -> PgConnection {
        connect(&self.server.clone().database(&self.name)).await
    }

    /// Every one of these stands in the audit log.
    pub async fn logged(&self, acts: &[&str]) {
        let found: Vec<String> = sqlx::query_scalar("select distinct action from audit_log")
            .fetch_all(&mut self.superuser().await)
            .await
            .expect("the log is read");
        let missing: Vec<_> = acts.iter().filter(|act| !found.iter().any(|one| one == *act)).collect();
        assert!(missing.is_empty(), "not in the log: {missing:?}; what is: {found:?}");
    }

    /// An installation on this database whose clock stands still.
    pub fn platform(&self, now: DateTime<Utc>, daraja_url: &str) -> Arc<Platform> {
        self.platform_with(Clock::fixed(now), daraja_url)
    }

    /// The same with any clock.
    pub fn platform_with(&self, clock: Clock, daraja_url: &str) -> Arc<Platform> {
        Arc::new(Platform {
            db: self.app.clone(),
            clock,
            vault: Vault::new(MasterKey::new([7; 32])),
            daraja: Daraja::open(DarajaSettings {
                certificate: Certificate::read(SANDBOX_CERTIFICATE).ok(),
                ..DarajaSettings::at(daraja_url)
            }),
            // One sandbox stands in for all.
            paystack: Paystack::new(&daraja_url.replace("/daraja", "/paystack")),
            texts: AfricasTalking::new(&daraja_url.replace("/daraja", "/africastalking")),
            pickup_mtaani: PickupMtaani::new(&daraja_url.replace("/daraja", "/pickup-mtaani")),
            recorder: Recorder::start(self.app.clone()),
            base_url: "http://localhost:3000".to_owned(),
            pauses: PromptPauses::NONE,
        })
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone().database("postgres"), self.name.clone());
        // A thread with its own runtime: the test's own may be gone or of one thread only.
        let dropping = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                // A connection that was just being made stays half-way, because its runtime waits for this one, and the
                // server waits for it for a minute. What stays is dropped by a later run, or goes with its cluster.
                let patience = [("statement_timeout", "1000")];
                if let Ok(mut admin) = server.options(patience).connect().await {
                    let _ = admin.execute(AssertSqlSafe(format!("drop database if exists {name} with (force)"))).await;
                }
            });
        });
        let _ = dropping.join();
    }
}

/// A merchant to test with: a live store, one product with two variants of ten pieces each, one delivery area.
#[derive(Clone, Debug)]
pub struct Shop {
    pub tenant: TenantId,
    pub store: StoreId,
    pub product: ProductId,
    /// KSh 1,000 and KSh 1,500.
    pub variants: [VariantId; 2],
    /// Westlands, KSh 150, preselected.
    pub zone: ZoneId,
    /// The program itself in this tenant.
    pub ctx: Ctx,
}

impl TestDb {
    /// Makes a merchant whose store answers to the sub-domain `slug`, through the app role like any other.
    pub async fn seed_shop(&self, platform: &Arc<Platform>, slug: &str) -> Shop {
        let (tenant, store, product, zone) = (TenantId::mint(), StoreId::mint(), ProductId::mint(), ZoneId::mint());
        let variants = [VariantId::mint(), VariantId::mint()];
        let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
        let mut tx = ctx.tx().await.expect("a transaction");
        sqlx::raw_sql(AssertSqlSafe(format!(
            "insert into tenants (id, name) values ('{tenant}', '{slug}');
             insert into stores (tenant_id, id, name, slug, is_live) values ('{tenant}', '{store}', 'Shop {slug}', '{slug}', true);
             insert into hosts (tenant_id, store_id, kind, name, is_primary) values ('{tenant}', '{store}', 'subdomain', '{slug}', true);
             insert into delivery_zones (tenant_id, id, name, city_area, fee_cents, eta_minutes, is_default)
             values ('{tenant}', '{zone}', 'Nairobi', 'Westlands', 15000, 90, true);
             insert into products (tenant_id, id, store_id, name, slug, status, base_price_cents, option_names)
             values ('{tenant}', '{product}', '{store}', 'Kikoi', 'kikoi', 'active', 100000, '{{Colour}}');
             insert into product_variants (tenant_id, id, product_id, name, price_cents, stock_quantity, attributes, position)
             values ('{tenant}', '{first}', '{product}', 'Blue', 100000, 10, '{{\"Colour\": \"Blue\"}}', 0),
                    ('{tenant}', '{second}', '{product}', 'Red', 150000, 10, '{{\"Colour\": \"Red\"}}', 1);
             insert into inventory_movements (tenant_id, product_id, variant_id, change, reason, balance_after)
             select tenant_id, product_id, id, stock_quantity, 'restock', stock_quantity
             from product_variants where tenant_id = '{tenant}'",
            first = variants[0],
            second = variants[1],
        )))
        .execute(tx.conn())
        .await
        .expect("the shop's rows are written");
        crate::catalog::search_text::renew(&mut tx, &[product]).await.expect("the product can be found");
        ctx.key(&mut tx).await.expect("a merchant has a key from the first day");
        tx.commit().await.expect("the shop is there");
        Shop { tenant, store, product, variants, zone, ctx }
    }
}

async fn connect(options: &PgConnectOptions) -> PgConnection {
    options.connect().await.expect("the test cluster answers")
}

fn address(server: &PgConnectOptions, database: &str, role: &str) -> String {
    let options = server.clone().database(database);
    let options = if role == "postgres" { options } else { options.username(role).password(PASSWORD) };
    options.to_url_lossy().to_string()
}

/// Everything the schema is made of; a change anywhere means another template.
fn fingerprint() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the migrations are there")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|kind| kind == "sql"));
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(std::fs::read(file).expect("a migration is read"));
    }
    hex(&digest.finalize()[..8])
}

/// The template's name, made when this schema has none yet.
async fn template(admin: &mut PgConnection, server: &PgConnectOptions) -> String {
    let name = format!("duka_template_{}", fingerprint());
    if exists(admin, &name).await {
        return name;
    }
    admin.execute("select pg_advisory_lock(hashtext('duka test template'))").await.expect("the lock");
    if !exists(admin, &name).await {
        drop_old_clones(admin).await;
        let making = format!("{name}_making");
        run(admin, format!("drop database if exists {making} with (force)")).await;
        run(admin, format!("create database {making}")).await;
        let passwords = RolePasswords {
            migrator: PASSWORD.into(),
            app: PASSWORD.into(),
            worker: PASSWORD.into(),
            ops: PASSWORD.into(),
        };
        make_roles(&address(server, &making, "postgres"), &passwords).await.expect("the roles are made");
        migrate(&address(server, &making, "duka_migrator")).await.expect("the migrations run");
        // Renamed when it is whole, so a killed run leaves nothing that looks like a template.
        run(admin, format!("alter database {making} rename to {name}")).await;
    }
    admin.execute("select pg_advisory_unlock(hashtext('duka test template'))").await.expect("the lock is given back");
    name
}

async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(name)
        .fetch_one(admin)
        .await
        .expect("an answer")
}

async fn run(admin: &mut PgConnection, sql: String) {
    admin.execute(AssertSqlSafe(sql)).await.expect("the cluster does as it is told");
}

async fn drop_old_clones(admin: &mut PgConnection) {
    let names: Vec<String> =
        sqlx::query_scalar("select datname::text from pg_database where datname like 'duka\\_test\\_%'")
            .fetch_all(&mut *admin)
            .await
            .unwrap_or_default();
    for name in names {
        let made = name.split('_').nth(2).and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
        if seconds() - made > OLD_CLONE_SECONDS {
            let _ = admin.execute(AssertSqlSafe(format!("drop database if exists {name} with (force)"))).await;
        }
    }
}

fn seconds() -> i64 {
    Clock::system().now().timestamp()
}
