//! What a search costs as products become many: over a thousand tenants, and in one.
//!
//! One product is found, which is the dearest kind: little was found, so the forgiving question is asked too.

use crate::{
    load::{Machine, in_turn, script},
    program::Program,
    seed::{self, Size},
    table::{Limit, Table},
};
use duka::db::testing::TestDb;
use std::{cell::Cell, path::Path, time::Duration};

const CONNECTIONS: usize = 16;
const LIMIT: Limit = Limit::AtMost(1.3);

pub async fn measure(machine: &Machine, table: &mut Table) {
    let products = std::env::var("DUKA_BENCH_PRODUCTS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let size = |tenants, products: u32| Size { tenants, products: products.max(1), variants: 1 };
    let lua = script("search.lua", include_str!("search.lua"));
    compare(machine, &lua, table, "over 1000 tenants", [size(1_000, 1), size(1_000, products / 1_000)]).await;
    compare(machine, &lua, table, "in one tenant", [size(1, 1_000), size(1, products / 10)]).await;
}

async fn compare(machine: &Machine, lua: &Path, table: &mut Table, what: &str, sizes: [Size; 2]) {
    let dbs = [TestDb::new().await, TestDb::new().await];
    let began = std::time::Instant::now();
    for (db, size) in dbs.iter().zip(sizes) {
        seed::shops(db, size).await;
        seed::search_words(db).await;
    }
    println!("{} and {}: seeded in {} s", sizes[0].told(), sizes[1].told(), began.elapsed().as_secs());
    let few = Program::start(&machine.programs(), "web", &seed::settings(&dbs[0])).await;
    let many = Program::start(&machine.programs(), "web", &seed::settings(&dbs[1])).await;
    let faults = Cell::new(0);
    let ask = async |program: &Program, size: Size, time: Duration| {
        let words = [program.port.to_string(), size.tenants.to_string(), size.products.to_string()];
        let leg = machine.wrk_for(time, program.port, lua, CONNECTIONS, &words).await;
        faults.set(faults.get() + leg.faults);
        leg.per_second
    };
    for (program, size) in [(&few, sizes[0]), (&many, sizes[1])] {
        ask(program, size, machine.leg * 2).await;
    }
    faults.set(0);
    let rates =
        in_turn(async || ask(&few, sizes[0], machine.leg).await, async || ask(&many, sizes[1], machine.leg).await)
            .await;
    let count = |size: Size| size.tenants * size.products;
    let name = format!("search: {} → {} {what}", count(sizes[0]), count(sizes[1]));
    if faults.get() > 0 {
        return table.missing(&name, &format!("{} requests were not answered well", faults.get()), LIMIT);
    }
    let micros = rates.map(|rate| 1_000_000.0 / rate);
    let told =
        format!("{:.0} → {:.0} µs per request ({} → {})", micros[0], micros[1], sizes[0].told(), sizes[1].told());
    table.ratio(&name, told, micros[1] / micros[0], LIMIT);
}
