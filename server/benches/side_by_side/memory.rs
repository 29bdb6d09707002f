//! The program's memory over a million answers from a thousand shops: flat once its caches are full.
//!
//! Pages come from memory and are drawn, addresses are new and old, and some who ask do not wait for the answer.

use crate::{
    load::{Machine, script},
    program::Program,
    seed::{self, Size},
    table::{Limit, Table},
};
use duka::db::testing::TestDb;
use std::time::Duration;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

const CONNECTIONS: usize = 32;
const SHOPS: Size = Size { tenants: 1_000, products: 8, variants: 1, categories: 8 };
/// Answers between two looks at the memory, and before the first.
const STEP: u64 = 100_000;
const REQUESTS: u64 = 1_000_000;
/// Between two who leave before they are answered.
const LEAVING: Duration = Duration::from_millis(20);
/// What is remembered has its limit (96 MiB of pages, 50,000 addresses, counters that are swept) and has come close to
/// it after the first step. A tenth is what an allocator and the last of the addresses may move; a leak of fifty bytes a
/// request would be more.
const LIMIT: Limit = Limit::AtMost(1.10);

pub async fn measure(machine: &Machine, table: &mut Table) {
    let asked = std::env::var("DUKA_BENCH_REQUESTS").ok().and_then(|text| text.parse().ok());
    let requests = asked.unwrap_or(REQUESTS).max(2 * STEP);
    let what = format!("memory after {requests} / {STEP} requests");
    let db = TestDb::new().await;
    seed::shops(&db, SHOPS).await;
    let search = script("memory.txt", &seed::search_words(&db).await.join("\n"));
    let lua = script("memory.lua", include_str!("memory.lua"));
    let duka = Program::start(&machine.programs(), "web", &seed::settings(&db)).await;
    let words = [
        duka.port.to_string(),
        SHOPS.tenants.to_string(),
        SHOPS.products.to_string(),
        search.to_string_lossy().into_owned(),
    ];
    println!("{}: {} MiB before anybody asked", SHOPS.told(), resident_kib(duka.id()) / 1024);
    let (mut answered, mut faults, mut left) = (0, 0, 0);
    let mut looks: Vec<u64> = Vec::new();
    while answered < requests {
        let leg = tokio::select! {
            leg = machine.wrk(duka.port, &lua, CONNECTIONS, &words) => leg,
            never = leave(duka.port, &mut left) => match never {},
        };
        if leg.answered == 0 {
            return table.missing(&what, &format!("nobody answers any more, after {answered} requests"), LIMIT);
        }
        answered += leg.answered;
        faults += leg.faults;
        if answered / STEP > looks.len() as u64 {
            let look = resident_kib(duka.id());
            println!("{answered} answered, {left} left before: {} MiB", look / 1024);
            // A leg that brought more than a step counts for both.
            looks.resize(usize::try_from(answered / STEP).unwrap(), look);
        }
    }
    let row: Vec<String> = looks.iter().map(|look| (look / 1024).to_string()).collect();
    let told = format!("{} MiB each {STEP}; {left} left before their answer", row.join(" "));
    if faults > 0 {
        return table.missing(&what, &format!("{faults} of {answered} requests were not answered well; {told}"), LIMIT);
    }
    table.ratio(&what, told, looks[looks.len() - 1] as f64 / looks[0] as f64, LIMIT);
}

/// Asks for pages that must be drawn, and is gone before they are.
async fn leave(port: u16, left: &mut u64) -> std::convert::Infallible {
    let mut clock = tokio::time::interval(LEAVING);
    loop {
        clock.tick().await;
        let shop = *left % u64::from(SHOPS.tenants);
        let request = format!(
            "GET /p/product-0?variant={:08x}-0000-7000-9000-000000000000 HTTP/1.1\r\nHost: shop-{shop}.localhost:{port}\r\nAccept: text/html\r\nAccept-Encoding: br\r\n\r\n",
            *left
        );
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else { continue };
        if stream.write_all(request.as_bytes()).await.is_ok() {
            *left += 1;
        }
    }
}

/// What the process has in memory, in KiB.
fn resident_kib(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok())
        .expect("the system tells a process's memory")
}
