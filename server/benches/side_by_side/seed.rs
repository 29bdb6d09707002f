//! Shops by the thousand, written with `generate_series` past every rule but the types.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use duka::db::testing::TestDb;
use sqlx::{AssertSqlSafe, Executor as _, PgConnection};

/// How much of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub tenants: u32,
    /// Of each tenant.
    pub products: u32,
    /// Of each product.
    pub variants: u32,
    /// Of each tenant; a page lists those that have products.
    pub categories: u32,
}

impl Size {
    pub fn told(self) -> String {
        format!("{} tenants × {} products", self.tenants, self.products)
    }
}

/// A key that only lives as long as the bench.
pub const KEY: &[u8; 32] = b"only for benches: 0123456789abcd";

/// The settings of a program on this database.
pub fn settings(db: &TestDb) -> Vec<(&'static str, String)> {
    vec![
        ("DATABASE_URL", db.url("duka_app")),
        ("DUKA_WORKER_DATABASE_URL", db.url("duka_worker")),
        ("DUKA_SECRET_KEY", BASE64_STANDARD.encode(KEY)),
        ("DUKA_LOG", "warn".to_owned()),
    ]
}

/// Tenant `n` has the store `shop-n`, its categories, three delivery areas, and products `product-0` onwards.
pub async fn shops(db: &TestDb, size: Size) {
    let mut all = db.superuser().await;
    let Size { tenants, products, variants, categories } = size;
    // Foreign keys are checked by triggers, which a replica leaves out: the rows are whole by construction.
    run(&mut all, "set session_replication_role = replica; set synchronous_commit = off".to_owned()).await;
    let indexes: Vec<(String, String)> = sqlx::query_as(
        "select indexname::text, indexdef from pg_indexes where schemaname = 'public' and tablename = 'products' and indexdef like '%using gin%' or indexdef like '%USING gin%' and tablename = 'products'",
    )
    .fetch_all(&mut all)
    .await
    .unwrap();
    for (name, _) in &indexes {
        run(&mut all, format!("drop index {name}")).await;
    }
    let last = tenants - 1;
    let tenant = "('00000000-0000-7000-8000-' || lpad(to_hex(t), 12, '0'))::uuid";
    let id = |kind: u32, row: &str| format!("('0000000{kind}-0000-7000-8000-' || lpad(to_hex({row}), 12, '0'))::uuid");
    let (store, category, product) = (id(1, "0"), id(2, &format!("p % {categories}")), id(3, "p"));
    let variant = id(4, "p * 16 + v");
    run(
        &mut all,
        format!("insert into tenants (id, name) select {tenant}, 'Shop ' || t from generate_series(0, {last}) t"),
    )
    .await;
    run(
        &mut all,
        format!("insert into stores (tenant_id, id, name, slug, is_live, tagline) select {tenant}, {store}, 'Shop ' || t, 'shop-' || t, true, 'Good things, near you' from generate_series(0, {last}) t"),
    )
    .await;
    run(
        &mut all,
        format!("insert into hosts (tenant_id, store_id, kind, name, is_primary) select {tenant}, {store}, 'subdomain', 'shop-' || t, true from generate_series(0, {last}) t"),
    )
    .await;
    run(
        &mut all,
        format!("insert into categories (tenant_id, id, name, slug, position) select {tenant}, {category}, 'Category ' || p, 'category-' || p, p from generate_series(0, {last}) t, generate_series(0, {categories} - 1) p"),
    )
    .await;
    run(
        &mut all,
        format!(
            "insert into delivery_zones (tenant_id, name, city_area, fee_cents, eta_minutes, is_default)
             select {tenant}, 'Nairobi', area, 15000, 90, area = 'Westlands' from generate_series(0, {last}) t, unnest(array['Westlands', 'Kilimani', 'Karen']) area"
        ),
    )
    .await;
    let top = products - 1;
    run(
        &mut all,
        format!(
            "insert into products (tenant_id, id, store_id, name, slug, description, category_id, status, base_price_cents, option_names, created_at)
             select {tenant}, {product}, {store}, 'Kikoi ' || md5(p::text), 'product-' || p,
                    '<p>' || repeat('Woven by hand in Kenya, light and strong. ', 6) || '</p>', {category}, 'active', 100000, '{{Colour}}',
                    now() - make_interval(secs => p)
             from generate_series(0, {last}) t, generate_series(0, {top}) p"
        ),
    )
    .await;
    run(
        &mut all,
        format!(
            "insert into product_variants (tenant_id, id, product_id, name, price_cents, stock_quantity, attributes, position)
             select {tenant}, {variant}, {product}, 'Colour ' || v, 100000, 1000000, jsonb_build_object('Colour', 'Colour ' || v), v
             from generate_series(0, {last}) t, generate_series(0, {top}) p, generate_series(0, {variants} - 1) v"
        ),
    )
    .await;
    for (_, definition) in &indexes {
        run(&mut all, definition.clone()).await;
    }
    run(&mut all, "analyze tenants, stores, hosts, categories, delivery_zones, products, product_variants".to_owned())
        .await;
    run(&mut all, "checkpoint".to_owned()).await;
}

/// Search words for every product: its number as a word of its own, what all have in common, and the forms with a
/// letter missing, as `catalog::search_text` writes them. Answers the words of a tenant's products in their order.
///
/// A word is twelve letters, scattered so that hardly two are one mistake apart: it finds its own product.
pub async fn search_words(db: &TestDb) -> Vec<String> {
    let mut all = db.superuser().await;
    run(&mut all, "set session_replication_role = replica; set synchronous_commit = off".to_owned()).await;
    let definitions: Vec<(String, String)> = sqlx::query_as(
        "select indexname::text, indexdef from pg_indexes where tablename = 'product_search' and indexdef like '%USING gin%'",
    )
    .fetch_all(&mut all)
    .await
    .unwrap();
    for (name, _) in &definitions {
        run(&mut all, format!("drop index {name}")).await;
    }
    run(
        &mut all,
        "insert into product_search (tenant_id, product_id, store_id, name, words)
         select p.tenant_id, p.id, p.store_id, 'kikoi ' || w.word,
                ('''kikoi'':1A ''+kikoi'':1A ''woven'':1D ''kenya'':1D ''' || w.word || ''':1A ''+' || w.word || ''':1A ''~' || w.word || ''':1D'
                 || (select string_agg(' ''~' || substr(w.word, 1, gone - 1) || substr(w.word, gone + 1) || ''':1D', '')
                     from generate_series(1, 12) gone))::tsvector
         from products p, lateral (
             select 'item' || translate(
                        lpad(to_hex((substr(p.slug, 9)::bigint * 2654435761 + 1013904223) % 2147483648), 8, '0'), '0123456789abcdef', 'abcdefghijklmnop'
                    ) as word
         ) w"
            .to_owned(),
    )
    .await;
    for (_, definition) in &definitions {
        run(&mut all, definition.clone()).await;
    }
    run(&mut all, "analyze product_search".to_owned()).await;
    run(&mut all, "checkpoint".to_owned()).await;
    sqlx::query_scalar(
        "select split_part(name, ' ', 2) from product_search where tenant_id = '00000000-0000-7000-8000-000000000000' order by product_id",
    )
    .fetch_all(&mut all)
    .await
    .unwrap()
}

/// So many open carts from `first` on, one piece each; cart `n` is of tenant `n % tenants` and its cookie is `n` in 64 hexadecimal digits.
pub async fn carts(db: &TestDb, tenants: u32, first: u64, count: u64) {
    let mut all = db.superuser().await;
    run(&mut all, "set session_replication_role = replica".to_owned()).await;
    let tenant = format!("('00000000-0000-7000-8000-' || lpad(to_hex(n % {tenants}), 12, '0'))::uuid");
    let cart = "('00000005-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
    let last = first + count - 1;
    run(
        &mut all,
        format!(
            "insert into carts (tenant_id, id, store_id, cart_token)
             select {tenant}, {cart}, '00000001-0000-7000-8000-000000000000', encode(sha256(decode(lpad(to_hex(n), 64, '0'), 'hex')), 'hex')
             from generate_series({first}::bigint, {last}) n"
        ),
    )
    .await;
    run(
        &mut all,
        format!(
            "insert into cart_items (tenant_id, cart_id, product_id, variant_id, quantity, unit_price_cents, line_total_cents)
             select {tenant}, {cart}, ('00000003-0000-7000-8000-' || lpad(to_hex(n / {tenants} % 20), 12, '0'))::uuid,
                    ('00000004-0000-7000-8000-' || lpad(to_hex(n / {tenants} % 20 * 16), 12, '0'))::uuid, 1, 100000, 100000
             from generate_series({first}::bigint, {last}) n"
        ),
    )
    .await;
    run(&mut all, "analyze carts, cart_items".to_owned()).await;
}

async fn run(all: &mut PgConnection, sql: String) {
    if let Err(fault) = all.execute(AssertSqlSafe(sql.clone())).await {
        panic!("{fault}\n{sql}");
    }
}
