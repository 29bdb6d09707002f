//! What Duka costs beside the plainest thing that could do the same, as a table of ratios; `make bench` runs it.
//!
//! Every row measures its two sides in turn (A B A B …) in one run on one machine and compares their medians.
//! Programs run on the first processor, the generator of load on the second; Postgres may use both. It ends with a
//! failure when a limit was missed or could not be measured; a row without a limit is a number to lower.
//!
//! `DUKA_BENCH_ONLY` names the rows that are wanted:
//! - `pages`: a page from memory, and one that is drawn, beside a bare handler; the drawn one beside its statements
//! - `callbacks`: how soon a provider's callback is acknowledged while shoppers look around
//! - `flash`: fifty buyers at once for ten pieces
//! - `orders`: orders over HTTP beside `pgbench` with the same statements
//! - `memory`: the program's memory over `DUKA_BENCH_REQUESTS` answers (a million) from a thousand shops
//! - `board`: the dispatch board with 50 and with 5,000 open orders
//! - `growth`: a drawn page as products (`DUKA_BENCH_PRODUCTS`) and tenants (`DUKA_BENCH_TENANTS`) become many
//! - `search`: a search that finds one product as those beside it become many (`DUKA_BENCH_PRODUCTS`)
//! - `import`: rows of products (`DUKA_BENCH_ROWS`) beside `COPY`, and the memory that it takes
//!
//! One leg is `DUKA_BENCH_SECONDS` long.
#![allow(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a bench that cannot go on ends, and rates are no money"
)]
#![allow(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]

mod bare;
mod board;
mod callbacks;
mod drawn;
mod flash;
mod growth;
mod import;
mod load;
mod memory;
mod orders;
mod own_statements;
mod pages;
#[path = "../../tests/crash/program.rs"]
#[allow(dead_code, reason = "a bench kills nobody")]
mod program;
mod search;
mod seed;
#[path = "../../tests/crash/shopper.rs"]
#[allow(dead_code, reason = "a bench needs a part of what a shopper can do")]
mod shopper;
mod table;

use duka::db::testing::TestDb;
use load::Machine;
use std::process::ExitCode;
use table::Table;

/// What `DUKA_BENCH_ONLY` may name, more than one with commas between.
const ROWS: [&str; 9] = ["pages", "callbacks", "flash", "orders", "memory", "board", "growth", "search", "import"];

#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() -> ExitCode {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let words: Vec<String> = std::env::args().collect();
    if let [_, role, port, folder] = words.as_slice()
        && role == "bare"
    {
        bare::serve(port.parse().unwrap(), folder.as_ref()).await;
        return ExitCode::SUCCESS;
    }
    let only = std::env::var("DUKA_BENCH_ONLY").unwrap_or_default();
    if let Some(stranger) = only.split(',').find(|word| !only.is_empty() && !ROWS.contains(word)) {
        eprintln!("DUKA_BENCH_ONLY names {stranger:?}; there are {}", ROWS.join(", "));
        return ExitCode::FAILURE;
    }
    let machine = Machine::look();
    println!("{}", machine.told());
    let mut table = Table::default();
    let wanted = |name: &str| only.is_empty() || only.split(',').any(|word| word == name);
    if wanted("pages") || wanted("orders") || wanted("flash") || wanted("callbacks") {
        let db = TestDb::new().await;
        seed::shops(&db, seed::Size { tenants: 100, products: 20, variants: 4, categories: 8 }).await;
        let duka = program::Program::start(&machine.programs(), "web", &seed::settings(&db)).await;
        if wanted("pages") {
            pages::measure(&machine, &duka, &mut table).await;
            drawn::measure(&machine, &db, &duka, &mut table).await;
        }
        if wanted("callbacks") {
            callbacks::measure(&machine, &db, &duka, &mut table).await;
        }
        if wanted("flash") {
            flash::measure(&db, &duka, &mut table).await;
        }
        if wanted("orders") {
            orders::measure(&machine, &db, &duka, &mut table).await;
        }
    }
    if wanted("memory") {
        memory::measure(&machine, &mut table).await;
    }
    if wanted("board") {
        board::measure(&mut table).await;
    }
    if wanted("growth") {
        growth::measure(&machine, &mut table).await;
    }
    if wanted("search") {
        search::measure(&machine, &mut table).await;
    }
    if wanted("import") {
        import::measure(&machine, &mut table).await;
    }
    if table.print() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
