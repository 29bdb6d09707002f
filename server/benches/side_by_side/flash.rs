//! The flash sale: fifty buyers at once for ten pieces, over HTTP.

use crate::{
    program::Program,
    seed::KEY,
    shopper::Shopper,
    table::{Limit, Table},
};
use duka::{
    ctx::Platform,
    db::testing::TestDb,
    kernel::clock::Clock,
    vault::{MasterKey, Vault},
};
use std::{sync::Arc, time::Instant};
use tokio::task::JoinSet;

const BUYERS: usize = 50;
const STOCK: usize = 10;
const WHAT: &str = "flash sale: 50 buyers, 10 pieces";

pub async fn measure(db: &TestDb, duka: &Program, table: &mut Table) {
    let shared = db.platform_with(Clock::system(), "http://127.0.0.1:9");
    // The merchant's key is wrapped by the program's own master key, or the program could not open it.
    let platform = Arc::new(Platform { vault: Vault::new(MasterKey::new(*KEY)), ..(*shared).clone() });
    let shop = db.seed_shop(&platform, "flash-sale").await;
    let mut ready = Vec::new();
    for number in 0..BUYERS {
        let mut shopper = Shopper::new(duka.port, "flash-sale", number);
        let added = shopper.add(shop.variants[0].uuid(), 1).await.unwrap();
        assert_eq!(added.status, 303, "{added:?}");
        let page = shopper.open("/checkout").await.unwrap();
        assert_eq!(page.status, 200, "{page:?}");
        let form = shopper.fill(&page.body, "cod");
        ready.push((shopper, form));
    }
    let began = Instant::now();
    let mut rush: JoinSet<_> = ready
        .into_iter()
        .map(|(shopper, form)| async move { shopper.place(&form).await.map(|answer| answer.status) })
        .collect();
    let mut answers = Vec::new();
    while let Some(answer) = rush.join_next().await {
        answers.push(answer.unwrap());
    }
    let took = began.elapsed();
    let count = |wanted: fn(u16) -> bool| answers.iter().flatten().filter(|status| wanted(**status)).count();
    let (placed, short, broken) =
        (count(|status| status == 303), count(|status| status == 409), count(|status| status >= 500));
    let orders: i64 = sqlx::query_scalar("select count(*) from orders where tenant_id = $1")
        .bind(shop.tenant.uuid())
        .fetch_one(&mut db.superuser().await)
        .await
        .unwrap();
    let sides = format!(
        "{placed} placed, {short} told it is sold out, {broken} × 5xx, {} unanswered, {orders} orders, {} ms",
        BUYERS - answers.iter().flatten().count(),
        took.as_millis()
    );
    if placed + short == BUYERS && usize::try_from(orders) == Ok(placed) {
        table.ratio(WHAT, sides, placed as f64 / STOCK as f64, Limit::Exactly(1.0));
    } else {
        table.missing(WHAT, &sides, Limit::Exactly(1.0));
    }
}
