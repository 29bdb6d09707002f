//! Orders per second over HTTP beside `pgbench` running the statements of `place_order`.

use crate::{
    load::{Machine, in_turn, script},
    own_statements::fill,
    program::Program,
    seed,
    table::{Limit, Table},
};
use duka::db::testing::TestDb;
use std::{cell::Cell, time::Instant};

/// At once, on both sides.
const CONNECTIONS: usize = 8;
const TENANTS: u32 = 100;
/// The first carts of the two sides.
const OURS: u64 = 1_000_000;
const THEIRS: u64 = 10_000_000;
/// Carts of one of pgbench's connections, more than it can place in all rounds; no multiple of the tenants, so that
/// connections go through different tenants at a time, as the presses of the other side do.
const EACH: u64 = 1_000_013;
/// The nine statements of a placing.
const STATEMENTS: [(&str, &str, &str); 9] = [
    ("open", include_str!("../../../src/checkout/open_cart.rs"), "select c.id as cart_id"),
    ("goods", include_str!("../../../src/inventory/locks.rs"), "select v.id as variant_id"),
    ("held", include_str!("../../../src/inventory/holds.rs"), "select variant_id, sum(quantity)"),
    ("buyer", include_str!("../../../src/checkout/write_order.rs"), "with converted as"),
    ("rules", include_str!("../../../src/pricing/lock_rules.rs"), "with typed as"),
    ("placed", include_str!("../../../src/checkout/write_order.rs"), "with quote as"),
    ("holds", include_str!("../../../src/inventory/holds.rs"), "insert into stock_holds"),
    ("told", include_str!("../../../src/mail/outbox.rs"), "with bought as"),
    ("payment", include_str!("../../../src/checkout/write_order.rs"), "with intent as"),
];
const WHAT: &str = "orders by HTTP / pgbench, same statements";

pub async fn measure(machine: &Machine, db: &TestDb, duka: &Program, table: &mut Table) {
    let limit = Limit::AtLeast(0.70);
    if !machine.has_pgbench().await {
        return table.missing(WHAT, "there is no pgbench on this machine", limit);
    }
    // Longer than a page's: pgbench plans its statements anew in every leg.
    let leg = machine.leg * 2;
    // More than a machine of this kind places; should ours run out it counts as slow, and pgbench fails.
    let carts = leg.as_secs() * 4 * 3_000;
    seed::carts(db, TENANTS, OURS, carts).await;
    for connection in 0..CONNECTIONS as u64 {
        seed::carts(db, TENANTS, THEIRS + connection * EACH, carts / CONNECTIONS as u64).await;
    }
    let lua = script("order.lua", include_str!("order.lua"));
    let sql = script("place_order.sql", &fill(include_str!("place_order.sql"), &STATEMENTS));
    let (mine, theirs) = (Cell::new(OURS), Cell::new(0_u64));
    let faults = Cell::new(0);
    let by_http = async || {
        let (before, began) = (orders(db).await, Instant::now());
        let load = machine
            .wrk_for(
                leg,
                duka.port,
                &lua,
                CONNECTIONS,
                &[duka.port.to_string(), TENANTS.to_string(), mine.get().to_string()],
            )
            .await;
        let took = began.elapsed();
        let placed = orders(db).await - before;
        // Some were under way when the leg ended: the next one begins behind them.
        mine.set(mine.get() + placed + 2 * CONNECTIONS as u64);
        faults.set(faults.get() + load.faults);
        placed as f64 / took.as_secs_f64()
    };
    let by_pgbench = async || {
        let before = orders(db).await;
        let more = [
            "--max-tries=5".to_owned(),
            format!("--define=tenants={TENANTS}"),
            format!("--define=each={EACH}"),
            format!("--define=first={}", THEIRS + theirs.get()),
            "--define=n=0".to_owned(),
        ];
        let rate = machine.pgbench(db, &sql, CONNECTIONS, leg, &more).await;
        let placed = orders(db).await - before;
        assert!(placed > 0, "pgbench placed nothing");
        // No connection placed more than all of them together.
        theirs.set(theirs.get() + (placed / CONNECTIONS as u64) * 2 + 100);
        rate
    };
    by_http().await;
    by_pgbench().await;
    faults.set(0);
    let [ours, bench] = in_turn(by_http, by_pgbench).await;
    if faults.get() > 0 {
        return table.missing(WHAT, &format!("{} presses were not answered well", faults.get()), limit);
    }
    table.ratio(
        WHAT,
        format!("{ours:.0} / {bench:.0} orders per second, {TENANTS} tenants, cash, {CONNECTIONS} at once, fsync on"),
        ours / bench,
        limit,
    );
}

async fn orders(db: &TestDb) -> u64 {
    let count: i64 =
        sqlx::query_scalar("select count(*) from orders").fetch_one(&mut db.superuser().await).await.unwrap();
    count.try_into().unwrap()
}
