//! A page that is drawn, over HTTP, beside `pgbench` running the page's own three statements under row security.
//!
//! What lies between them is what a page costs beyond its questions: HTTP, drawing, compressing.

use crate::{
    load::{Machine, in_turn, script},
    own_statements::fill,
    program::Program,
    table::{Limit, Table},
};
use duka::db::testing::TestDb;
use std::cell::Cell;

/// At once, on both sides.
const CONNECTIONS: usize = 8;
const TENANTS: u32 = 100;
/// Of each tenant.
const PRODUCTS: u32 = 20;
const WHAT: &str = "uncached page / pgbench, same statements";
/// Printed only: a limit is chosen once it was measured on more than one machine.
const LIMIT: Limit = Limit::Open;

pub async fn measure(machine: &Machine, db: &TestDb, duka: &Program, table: &mut Table) {
    if !machine.has_pgbench().await {
        return table.missing(WHAT, "there is no pgbench on this machine", LIMIT);
    }
    // Longer than a page's: pgbench plans its statements anew in every leg.
    let leg = machine.leg * 2;
    let lua = script("drawn.lua", include_str!("page.lua"));
    let sql = script("drawn.sql", &fill(include_str!("drawn.sql"), &STATEMENTS));
    let words = [duka.port.to_string(), TENANTS.to_string(), PRODUCTS.to_string(), "drawn".to_owned()];
    let variables =
        [format!("--define=tenants={TENANTS}"), format!("--define=products={PRODUCTS}"), "--define=n=0".to_owned()];
    let faults = Cell::new(0);
    let by_http = async || {
        let load = machine.wrk_for(leg, duka.port, &lua, CONNECTIONS, &words).await;
        faults.set(faults.get() + load.faults);
        load.per_second
    };
    let by_pgbench = async || machine.pgbench(db, &sql, CONNECTIONS, leg, &variables).await;
    by_http().await;
    by_pgbench().await;
    faults.set(0);
    let [ours, bench] = in_turn(by_http, by_pgbench).await;
    if faults.get() > 0 {
        return table.missing(WHAT, &format!("{} requests were not answered well", faults.get()), LIMIT);
    }
    table.ratio(
        WHAT,
        format!("{ours:.0} / {bench:.0} per second, {TENANTS} tenants × {PRODUCTS} products, {CONNECTIONS} at once"),
        ours / bench,
        LIMIT,
    );
}

/// The three statements of a page.
const STATEMENTS: [(&str, &str, &str); 3] = [
    ("frame", include_str!("../../../src/pages/storefront/frame/load.rs"), "with recursive shelf"),
    ("product", include_str!("../../../src/pages/storefront/product/load.rs"), "select p.id, p.name"),
    ("cards", include_str!("../../../src/pages/storefront/cards.rs"), "select p.id, p.name"),
];
