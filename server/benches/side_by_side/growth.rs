//! What a product page costs as products and tenants become many; every page is drawn, none comes from the cache.

use crate::{
    load::{Machine, in_turn, script},
    program::Program,
    seed::{self, Size},
    table::{Limit, Table},
};
use duka::db::testing::TestDb;
use std::{cell::Cell, path::Path, time::Duration};

const CONNECTIONS: usize = 16;
/// Products of a tenant with which every category has enough to fill a page.
const FULL_SHELVES: u32 = 64;

pub async fn measure(machine: &Machine, table: &mut Table) {
    let products = setting("DUKA_BENCH_PRODUCTS", 1_000_000);
    let tenants = setting("DUKA_BENCH_TENANTS", 10_000);
    let size = |tenants, products| Size { tenants, products, variants: 1, categories: 8 };
    let lua = script("growth.lua", include_str!("page.lua"));
    // A page shows six more of its category, of which a tenant has eight: with fewer than 64 products it would be
    // another, smaller page that is compared.
    let few = size(1_000 / FULL_SHELVES, FULL_SHELVES);
    let many = size((products / 10_000).max(1), products.min(10_000));
    compare(machine, &lua, table, "products", [few, many]).await;
    compare(machine, &lua, table, "tenants of 100 products", [size(1, 100), size(tenants, 100)]).await;
}

fn setting(name: &str, usual: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

async fn compare(machine: &Machine, lua: &Path, table: &mut Table, what: &str, sizes: [Size; 2]) {
    let dbs = [TestDb::new().await, TestDb::new().await];
    let began = std::time::Instant::now();
    for (db, size) in dbs.iter().zip(sizes) {
        seed::shops(db, size).await;
    }
    println!("{} and {}: seeded in {} s", sizes[0].told(), sizes[1].told(), began.elapsed().as_secs());
    let few = Program::start(&machine.programs(), "web", &seed::settings(&dbs[0])).await;
    let many = Program::start(&machine.programs(), "web", &seed::settings(&dbs[1])).await;
    let faults = Cell::new(0);
    let ask = async |program: &Program, size: Size, time: Duration| {
        let words = [program.port.to_string(), size.tenants.to_string(), size.products.to_string(), "drawn".to_owned()];
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
    let name = format!("page: {} → {} {what}", told(what, sizes[0]), told(what, sizes[1]));
    if faults.get() > 0 {
        return table.missing(&name, &format!("{} requests were not answered well", faults.get()), Limit::AtMost(1.3));
    }
    let micros = rates.map(|rate| 1_000_000.0 / rate);
    table.ratio(
        &name,
        format!("{:.0} → {:.0} µs per request ({} → {})", micros[0], micros[1], sizes[0].told(), sizes[1].told()),
        micros[1] / micros[0],
        Limit::AtMost(1.3),
    );
}

/// The number that grows.
fn told(what: &str, size: Size) -> u32 {
    if what.starts_with("products") { size.tenants * size.products } else { size.tenants }
}
