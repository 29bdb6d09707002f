//! The demo: two shops that look lived in, true to every rule, made once however often it is asked for.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{path::Path, sync::Arc};

use chrono::{TimeZone as _, Utc};
use duka::{
    catalog::media::MediaStore,
    ctx::Platform,
    db::testing::TestDb,
    demo::{PASSWORD, seed},
    kernel::clock::Clock,
    tenancy::password,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo");

/// Each counts what must not be.
const NOTHING_MAY_MATCH: [(&str, &str); 18] = [
    (
        "movements sum to the stock",
        "select count(*) from product_variants v where v.stock_quantity <> (select coalesce(sum(m.change), 0) from inventory_movements m where m.tenant_id = v.tenant_id and m.variant_id = v.id)",
    ),
    (
        "each balance is the one before and the change",
        "select count(*) from (select balance_after - change as before, lag(balance_after, 1, 0) over (partition by tenant_id, variant_id order by created_at, id) as last from inventory_movements where tenant_id in (select id from tenants)) m where before <> last",
    ),
    (
        "live holds never exceed the stock",
        "select count(*) from product_variants v where v.stock_quantity < (select coalesce(sum(h.quantity), 0) from stock_holds h where h.tenant_id = v.tenant_id and h.variant_id = v.id and h.released_at is null and h.converted_at is null)",
    ),
    (
        "sold is what orders hold",
        "select count(*) from order_items i join orders o on o.tenant_id = i.tenant_id and o.id = i.order_id where o.status in ('paid', 'packing', 'dispatched', 'delivered', 'refunded') and i.quantity <> (select coalesce(-sum(m.change), 0) from inventory_movements m where m.tenant_id = i.tenant_id and m.variant_id = i.variant_id and m.reference_id = o.id and m.reason = 'sale')",
    ),
    (
        "unpaid orders sold nothing",
        "select count(*) from inventory_movements m join orders o on o.tenant_id = m.tenant_id and o.id = m.reference_id where m.reason = 'sale' and o.status in ('pending', 'awaiting_payment', 'cancelled')",
    ),
    (
        "totals add up",
        "select count(*) from orders o where o.total_cents <> o.subtotal_cents + o.delivery_fee_cents or o.total_cents % 100 <> 0 or o.subtotal_cents <> (select sum(i.line_total_cents) from order_items i where i.tenant_id = o.tenant_id and i.order_id = o.id)",
    ),
    (
        "lines are quantity times price",
        "select count(*) from order_items where line_total_cents <> quantity * unit_price_cents",
    ),
    (
        "money is where the order says it is",
        "select count(*) from orders o where (o.payment_status in ('paid', 'refunded')) <> (o.total_cents = coalesce((select sum(p.paid_amount_cents) from payments p where p.tenant_id = o.tenant_id and p.order_id = o.id and p.status = 'succeeded'), 0))",
    ),
    (
        "refunded means given back",
        "select count(*) from orders o where (o.payment_status = 'refunded') <> (o.total_cents = coalesce((select sum(r.amount_cents) from refunds r where r.tenant_id = o.tenant_id and r.order_id = o.id and r.status = 'processed'), 0))",
    ),
    (
        "numbers have no gaps and the counter is one ahead",
        "select count(*) from order_counters c join (select tenant_id, min(order_number) as low, max(order_number) as high, count(*) as many from orders group by tenant_id) o using (tenant_id) where o.low <> 1001 or o.high - o.low + 1 <> o.many or c.next_number <> o.high + 1",
    ),
    (
        "numbers follow the time",
        "select count(*) from (select placed_at, lag(placed_at) over (partition by tenant_id order by order_number) as before from orders) o where before > placed_at",
    ),
    (
        "history is a connected chain",
        "select count(*) from (select order_id, from_status, lag(to_status) over (partition by tenant_id, order_id order by changed_at) as before from order_status_history) h where from_status is distinct from before",
    ),
    (
        "history ends at the status",
        "select count(*) from orders o where o.status <> (select h.to_status from order_status_history h where h.tenant_id = o.tenant_id and h.order_id = o.id order by h.changed_at desc limit 1) or o.version <> (select count(*) from order_status_history h where h.tenant_id = o.tenant_id and h.order_id = o.id)",
    ),
    (
        "nothing happens in the future",
        "select (select count(*) from orders where greatest(placed_at, paid_at, updated_at) > '2026-04-02 11:30:05Z') + (select count(*) from events where occurred_at > '2026-04-02 11:30:05Z') + (select count(*) from inventory_movements where created_at > '2026-04-02 11:30:05Z') + (select count(*) from order_status_history where changed_at > '2026-04-02 11:30:05Z')",
    ),
    (
        "customers are worth what they paid",
        "select count(*) from customers c where c.lifetime_value_cents <> (select coalesce(sum(o.total_cents), 0) from orders o where o.tenant_id = c.tenant_id and o.customer_id = c.id and o.payment_status = 'paid')",
    ),
    (
        "what was paid is what it cost on the day",
        "select count(*) from order_items i join orders o on o.tenant_id = i.tenant_id and o.id = i.order_id where i.unit_price_cents is distinct from (select h.price_cents from price_history h where h.tenant_id = i.tenant_id and h.variant_id = i.variant_id and h.starts_at <= o.placed_at order by h.starts_at desc limit 1)",
    ),
    (
        "a price before was charged until less than a month ago",
        "select count(*) from product_variants v where v.compare_at_price_cents > v.price_cents and not exists (select from price_history h join price_history n on n.tenant_id = h.tenant_id and n.variant_id = h.variant_id and n.starts_at > h.starts_at where h.tenant_id = v.tenant_id and h.variant_id = v.id and h.price_cents = v.compare_at_price_cents and n.price_cents = v.price_cents and n.starts_at > '2026-03-03 11:30:05Z')",
    ),
    (
        "every product can be looked at",
        "select count(*) from products p where p.category_id is null or not exists (select from product_images i where i.tenant_id = p.tenant_id and i.product_id = p.id and i.widths @> '{360,720,1080}')",
    ),
];

async fn ask<T>(connection: &mut PgConnection, sql: &str) -> T
where
    T: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin,
{
    sqlx::query_as(AssertSqlSafe(sql.to_owned())).fetch_one(connection).await.unwrap()
}

async fn everything(connection: &mut PgConnection) -> String {
    let (tables,): (Vec<String>,) =
        ask(connection, "select array_agg(relname::text order by relname) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relispartition and relname <> '_sqlx_migrations'").await;
    let mut all = String::new();
    for table in tables.into_iter().chain(["events".to_owned()]) {
        let (hash,): (Option<String>,) =
            ask(connection, &format!("select md5(string_agg(t::text, '|' order by t::text)) from {table} t")).await;
        all += &[table.as_str(), " ", hash.unwrap_or_default().as_str(), "\n"].concat();
    }
    all
}

#[tokio::test]
async fn the_demo_is_made_once_and_keeps_every_rule() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let db = TestDb::new().await;
    let now = Utc.with_ymd_and_hms(2026, 4, 2, 11, 30, 5).unwrap();
    let platform: Arc<Platform> = db.platform_with(Clock::fixed(now), "http://127.0.0.1:9");
    let folder = std::env::temp_dir().join(format!("duka-demo-{}", std::process::id()));
    let media = MediaStore::open(&format!("file://{}", folder.display())).unwrap();

    let begun = std::time::Instant::now();
    let report = seed(&platform, &media, Path::new(FOLDER)).await.unwrap();
    println!("seeded in {:?}\n{report}", begun.elapsed());
    assert!(
        report.shops.iter().all(|shop| shop.is_new
            && shop.products >= 60
            && shop.orders == 93
            && (3_000..=6_000).contains(&shop.events)),
        "{report}"
    );

    let mut connection = db.superuser().await;
    for (sentence, sql) in NOTHING_MAY_MATCH {
        let (count,): (i64,) = ask(&mut connection, sql).await;
        assert_eq!(count, 0, "not true: {sentence}");
    }
    let (hash,): (String,) =
        ask(&mut connection, "select password_hash from users where email = 'owner@mama-njeri.test'").await;
    assert!(password::verify(PASSWORD, Some(&hash)).await.unwrap());
    let (statuses,): (i64,) = ask(&mut connection, "select count(distinct (tenant_id, status)) from orders").await;
    assert_eq!(statuses, 16);
    let (defaults,): (i64,) = ask(&mut connection, "select count(*) from delivery_zones where is_default").await;
    assert_eq!(defaults, 2);
    let (in_stock,): (i64,) = ask(&mut connection, "select min(many) from (select count(*) filter (where stock_quantity > 0) as many from product_variants group by tenant_id) t").await;
    assert!(in_stock >= 60, "{in_stock}");

    let before = everything(&mut connection).await;
    let again = seed(&platform, &media, Path::new(FOLDER)).await.unwrap();
    assert!(again.is_unchanged(), "{again}");
    assert_eq!(everything(&mut connection).await, before);

    // Killed in the middle: what is missing is made again, the rest stays.
    sqlx::raw_sql("delete from events; delete from payment_audit; delete from ledger_entries; delete from refund_lines; delete from receipts; delete from hand_payments; delete from refunds; delete from payments; delete from order_counters;
                   delete from stock_holds; delete from order_status_history; delete from order_items;
                   update delivery_quotes set order_id = null; delete from orders; delete from delivery_quotes; delete from customers;
                   delete from inventory_movements where reference_type is distinct from 'import';
                   update product_variants v set stock_quantity = (select coalesce(sum(change), 0) from inventory_movements m where m.variant_id = v.id)")
        .execute(&mut connection)
        .await
        .unwrap();
    let completed = seed(&platform, &media, Path::new(FOLDER)).await.unwrap();
    assert!(completed.shops.iter().all(|shop| !shop.is_new && shop.products == 0 && shop.orders == 93), "{completed}");
    for (sentence, sql) in NOTHING_MAY_MATCH {
        let (count,): (i64,) = ask(&mut connection, sql).await;
        assert_eq!(count, 0, "not true after completion: {sentence}");
    }
    connection.close().await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}
