//! What a search costs as products become many: over a thousand tenants, and in one.
//!
//! Both sides draw the same page anew: one category in the frame, one card, and never from the cache. One product is
//! found, which is the dearest kind of search: little was found, so the forgiving question is asked too. What differs
//! is how many products the shop and the database have beside it.

use crate::{
    load::{Machine, in_turn, script},
    program::Program,
    seed::{self, Size},
    shopper::Shopper,
    table::{Limit, Table},
};
use duka::db::testing::TestDb;
use std::{cell::Cell, path::Path, time::Duration};

const CONNECTIONS: usize = 16;
const LIMIT: Limit = Limit::AtMost(1.3);

pub async fn measure(machine: &Machine, table: &mut Table) {
    let products = std::env::var("DUKA_BENCH_PRODUCTS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let size = |tenants, products: u32| Size { tenants, products: products.max(1), variants: 1, categories: 1 };
    let lua = script("search.lua", include_str!("search.lua"));
    compare(machine, &lua, table, "over 1000 tenants", [size(1_000, 1), size(1_000, products / 1_000)]).await;
    compare(machine, &lua, table, "in one tenant", [size(1, 1_000), size(1, products / 10)]).await;
}

async fn compare(machine: &Machine, lua: &Path, table: &mut Table, what: &str, sizes: [Size; 2]) {
    let dbs = [TestDb::new().await, TestDb::new().await];
    let began = std::time::Instant::now();
    let mut typed = Vec::new();
    for (db, size) in dbs.iter().zip(sizes) {
        seed::shops(db, size).await;
        typed.push(seed::search_words(db).await);
    }
    println!("{} and {}: seeded in {} s", sizes[0].told(), sizes[1].told(), began.elapsed().as_secs());
    let count = |size: Size| size.tenants * size.products;
    let name = format!("search: {} → {} {what}", count(sizes[0]), count(sizes[1]));
    let few = Program::start(&machine.programs(), "web", &seed::settings(&dbs[0])).await;
    let many = Program::start(&machine.programs(), "web", &seed::settings(&dbs[1])).await;
    let shown = [cards(&few, &typed[0][0]).await, cards(&many, &typed[1][0]).await];
    if shown != [1, 1] {
        let why = format!("the pages have {} and {} cards, and one is compared with one", shown[0], shown[1]);
        return table.missing(&name, &why, LIMIT);
    }
    let files = [script("few.txt", &typed[0].join("\n")), script("many.txt", &typed[1].join("\n"))];
    let faults = Cell::new(0);
    let ask = async |program: &Program, side: usize, time: Duration| {
        let file = files[side].to_string_lossy().into_owned();
        let words = [program.port.to_string(), sizes[side].tenants.to_string(), file];
        let leg = machine.wrk_for(time, program.port, lua, CONNECTIONS, &words).await;
        faults.set(faults.get() + leg.faults);
        leg.per_second
    };
    for (side, program) in [&few, &many].into_iter().enumerate() {
        ask(program, side, machine.leg * 2).await;
    }
    faults.set(0);
    let rates = in_turn(async || ask(&few, 0, machine.leg).await, async || ask(&many, 1, machine.leg).await).await;
    if faults.get() > 0 {
        return table.missing(&name, &format!("{} requests were not answered well", faults.get()), LIMIT);
    }
    let micros = rates.map(|rate| 1_000_000.0 / rate);
    let told = format!(
        "{:.0} → {:.0} µs per request, one card each ({} → {})",
        micros[0],
        micros[1],
        sizes[0].told(),
        sizes[1].told()
    );
    table.ratio(&name, told, micros[1] / micros[0], LIMIT);
}

/// How many products the page shows that is searched for this word.
async fn cards(program: &Program, word: &str) -> usize {
    let page = Shopper::new(program.port, "shop-0", 1).open(&format!("/search?q={word}")).await;
    page.map_or(0, |page| page.body.matches("href=\"/p/product-").count())
}
