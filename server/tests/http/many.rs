//! A merchant of many products: a page reads what it shows, and not the whole shop.

use duka::{
    db::testing::TestDb,
    kernel::locale::Locale,
    pages::storefront::frame::{self, Visit},
};
use sqlx::{AssertSqlSafe, Executor as _, PgConnection};

/// Rows of products that were read so far, whichever way. A connection counts for good what it read when it ends.
async fn read_so_far(all: &mut PgConnection) -> i64 {
    all.execute(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    )
    .await
    .expect("the program's connections end");
    sqlx::query_scalar(
        "select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_user_tables where relname = 'products'",
    )
    .fetch_one(all)
    .await
    .expect("the table is counted")
}

#[tokio::test]
async fn a_category_without_products_does_not_make_every_page_read_all_products() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let db = TestDb::new().await;
    let platform = db.platform("2026-11-18T09:00:00Z".parse().expect("a time"), "http://127.0.0.1:9");
    let shop = db.seed_shop(&platform, "many").await;
    let mut all = db.superuser().await;
    let (tenant, store) = (shop.tenant, shop.store);
    all.execute(AssertSqlSafe(format!(
        "insert into categories (tenant_id, name, slug, position)
         select '{tenant}', name, lower(name), place
         from unnest(array['Full', 'Empty']) with ordinality as named (name, place);
         insert into products (tenant_id, store_id, name, slug, status, base_price_cents, category_id)
         select c.tenant_id, '{store}', 'Kikoi ' || p, 'kikoi-' || p, 'active', 100000, c.id
         from categories c, generate_series(1, 5000) p
         where c.tenant_id = '{tenant}'
           and c.slug = 'full';
         analyze products, categories"
    )))
    .await
    .expect("a full shelf and an empty one");
    let visit = Visit {
        store,
        locale: Locale::En,
        origin: "http://many.localhost:3000".to_owned(),
        path: "/".to_owned(),
        assets: "/s/build".to_owned(),
        is_light: false,
    };
    let before = read_so_far(&mut all).await;
    let frame = frame::load(&shop.ctx, &visit).await.expect("the frame");
    let read = read_so_far(&mut all).await - before;
    let names: Vec<&str> = frame.categories.iter().map(|category| category.name.as_str()).collect();
    assert_eq!(names, ["Full"], "an empty category is not shown");
    assert!((1..=2).contains(&read), "{read} products were read to know which of two categories have any");
}
