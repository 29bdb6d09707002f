//! What the dispatch board costs with 5,000 open orders beside 50: one program, one merchant each.

use crate::{
    load::in_turn,
    seed::{self, Size},
    table::{Limit, Table},
};
use duka::{
    ctx::Ctx,
    db::testing::TestDb,
    kernel::{access::Actor, clock::Clock, id::TenantId},
    pages::dashboard::deliveries::board::{BoardFilter, BoardState, load},
};
use std::time::Instant;
use uuid::Uuid;

const FEW: i64 = 50;
const MANY: i64 = 5_000;
/// Looks at the board in one leg.
const LOOKS: u32 = 200;

pub async fn measure(table: &mut Table) {
    let db = TestDb::new().await;
    seed::shops(&db, Size { tenants: 2, products: 1, variants: 1, categories: 8 }).await;
    let mut everything = db.superuser().await;
    let tenants: Vec<Uuid> = sqlx::query_scalar("select tenant_id from stores order by tenant_id limit 2")
        .fetch_all(&mut everything)
        .await
        .unwrap();
    for (tenant, open) in tenants.iter().zip([FEW, MANY]) {
        open_orders(&mut everything, *tenant, open).await;
    }
    for table in ["orders", "delivery_orders", "ledger_entries"] {
        let vacuum = sqlx::AssertSqlSafe(format!("vacuum analyze {table}"));
        sqlx::raw_sql(vacuum).execute(&mut everything).await.unwrap();
    }
    let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9/daraja");
    let look = async |tenant: Uuid, open: i64| {
        let ctx = Ctx::new(platform.clone(), TenantId::from(tenant), Actor::Program);
        let began = Instant::now();
        for at in 0..LOOKS {
            let state = BoardState::ALL[at as usize % BoardState::ALL.len()];
            let board = load(&ctx, BoardFilter { state, ..BoardFilter::default() }).await.unwrap();
            let (rows, counts) = (board.rows.len(), board.counts);
            assert!(
                rows >= 16 && counts.iter().all(|count| i64::from(*count) >= open.min(300) / 4),
                "{state:?} of {open}: {rows} rows, {counts:?}"
            );
        }
        began.elapsed().as_secs_f64() * 1_000.0 / f64::from(LOOKS)
    };
    look(tenants[0], FEW).await;
    look(tenants[1], MANY).await;
    let millis = in_turn(async || look(tenants[0], FEW).await, async || look(tenants[1], MANY).await).await;
    table.ratio(
        "dispatch board: 50 → 5,000 open orders",
        format!("{:.2} → {:.2} ms per look", millis[0], millis[1]),
        millis[1] / millis[0],
        Limit::AtMost(3.0),
    );
}

/// A third of them ready, a third out, a third failed, in twenty areas; those that are out have been tried once.
async fn open_orders(everything: &mut sqlx::PgConnection, tenant: Uuid, open: i64) {
    sqlx::query(
        "with made as (
             insert into orders (tenant_id, store_id, order_number, status, has_failed_delivery, delivery_city_area, customer_name,
                                 total_cents, placed_at)
             select s.tenant_id, s.id, 900000 + n, case when n % 3 = 0 then 'packing' else 'dispatched' end, n % 3 = 2,
                    'Area ' || lpad((n % 20)::text, 2, '0'), 'Buyer ' || n, 115000, now() - n * interval '1 minute'
             from stores s
             cross join generate_series(1, $2) n
             where s.tenant_id = $1
             returning id, status, has_failed_delivery
         )
         insert into delivery_orders (tenant_id, order_id, status, failure, is_current, dispatched_at)
         select $1, id, case when has_failed_delivery then 'failed' else 'in_transit' end,
                case when has_failed_delivery then 'nobody_there' end, true, now()
         from made
         where status = 'dispatched'",
    )
    .bind(tenant)
    .bind(open)
    .execute(everything)
    .await
    .unwrap();
}
