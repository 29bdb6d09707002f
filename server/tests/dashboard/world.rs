//! Two merchants on one installation, and ways to look at everything that is written.

use duka::{
    ctx::{Ctx, Platform},
    db::testing::{Shop, TestDb},
    kernel::{
        access::{Actor, Role},
        clock::Clock,
        id::{OrderId, UserId},
    },
    orders::status::{OrderStatus, PaymentState},
    tenancy::{
        password,
        sign_in::{SignInOutcome, Tried, Visitor, sign_in},
    },
};
use sqlx::{AssertSqlSafe, PgConnection};
use std::sync::Arc;

pub const PASSWORD: &str = "karibu-duka-2026";

/// Two merchants on one installation, with a person of every role in the first.
pub struct World {
    pub everything: PgConnection,
    pub platform: Arc<Platform>,
    pub ours: Shop,
    pub theirs: Shop,
    pub owner: Ctx,
    pub viewer: Ctx,
    pub stranger: Ctx,
    // Last: the database is dropped when nothing uses it any more.
    _db: TestDb,
}

impl World {
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let db = TestDb::new().await;
        let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9");
        let (ours, theirs) = (db.seed_shop(&platform, "ours").await, db.seed_shop(&platform, "theirs").await);
        let mut world = Self {
            everything: db.superuser().await,
            owner: ours.ctx.clone(),
            viewer: ours.ctx.clone(),
            stranger: theirs.ctx.clone(),
            platform,
            ours,
            theirs,
            _db: db,
        };
        let hash = password::hash(PASSWORD).await.unwrap();
        world.owner = world.add_user(&world.ours.clone(), "owner@ours.test", Role::Owner, &hash).await;
        world.viewer = world.add_user(&world.ours.clone(), "viewer@ours.test", Role::Viewer, &hash).await;
        world.stranger = world.add_user(&world.theirs.clone(), "owner@theirs.test", Role::Owner, &hash).await;
        world
    }

    pub async fn add_user(&mut self, shop: &Shop, email: &str, role: Role, hash: &str) -> Ctx {
        let user = UserId::mint();
        sqlx::query("insert into users (tenant_id, id, email, role, password_hash) values ($1, $2, $3, $4, $5)")
            .bind(shop.tenant.uuid())
            .bind(user.uuid())
            .bind(email)
            .bind(role.as_str())
            .bind(hash)
            .execute(&mut self.everything)
            .await
            .unwrap();
        Ctx::new(self.platform.clone(), shop.tenant, Actor::Member { user, role })
    }

    /// An order for two of our first variant, to be paid in cash, its goods held; then put into `status`.
    pub async fn add_order(&mut self, number: i64, status: OrderStatus, payment: PaymentState) -> OrderId {
        let order = OrderId::mint();
        let (tenant, store, variant) = (self.ours.tenant, self.ours.store, self.ours.variants[0]);
        self.run(&format!(
            "insert into orders (tenant_id, id, store_id, order_number, status, payment_status, payment_method, subtotal_cents, total_cents,
                                 customer_name, customer_phone, delivery_city_area, placed_at)
             values ('{tenant}', '{order}', '{store}', {number}, '{}', '{}', 'cod', 200000, 200000, 'Wanjiku Kamau', '+254711223344', 'Westlands', now() - interval '1 hour');
             insert into order_items (tenant_id, order_id, product_id, variant_id, name_snapshot, quantity, unit_price_cents, line_total_cents)
             values ('{tenant}', '{order}', '{}', '{variant}', 'Kikoi', 2, 100000, 200000);
             insert into order_status_history (tenant_id, order_id, to_status, changed_at) values ('{tenant}', '{order}', '{}', now() - interval '1 hour');
             insert into stock_holds (tenant_id, order_id, variant_id, quantity, expires_at) values ('{tenant}', '{order}', '{variant}', 2, now() + interval '1 hour');
             insert into payments (tenant_id, order_id, method, amount_cents, status) values ('{tenant}', '{order}', 'cod', 200000, 'initiated')",
            status.as_str(),
            payment.as_str(),
            self.ours.product,
            status.as_str(),
        ))
        .await;
        order
    }

    pub async fn run(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.everything).await.unwrap();
    }

    pub async fn number(&mut self, sql: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(format!("select ({sql})::bigint")))
            .fetch_one(&mut self.everything)
            .await
            .unwrap()
    }

    pub async fn text(&mut self, sql: &str) -> String {
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut self.everything).await.unwrap()
    }

    /// Everything that a verb could have changed, as one line.
    pub async fn picture(&mut self) -> String {
        self.text(
            "select concat_ws(' ',
                 (select string_agg(concat_ws(':', id, price_cents, stock_quantity, version), ' ' order by id) from product_variants),
                 (select string_agg(concat_ws(':', id, version, base_price_cents), ' ' order by id) from products),
                 (select string_agg(concat_ws(':', id, status, payment_status, version), ' ' order by id) from orders),
                 (select string_agg(concat_ws(':', id, catalogue_version), ' ' order by id) from tenants),
                 (select count(*) from inventory_movements), (select count(*) from order_status_history),
                 (select count(*) from payments), (select count(*) from audit_log where action <> 'signed_in'))",
        )
        .await
    }

    pub async fn visit(&self, email: &str, password: &str, store: Option<&str>) -> SignInOutcome {
        self.visit_from("203.0.113.9", email, password, store).await
    }

    pub async fn visit_from(&self, address: &str, email: &str, password: &str, store: Option<&str>) -> SignInOutcome {
        let visitor = Visitor { address, user_agent: "Opera Mini", is_exempt: false };
        sign_in(&self.platform, Tried { email, password, store: store.unwrap_or_default(), code: "" }, visitor)
            .await
            .unwrap()
    }
}
