//! What Duka costs beside the plainest thing that could do the same, as a table of ratios; `make bench` runs it.
//!
//! Every row measures its two sides in turn (A B A B …) in one run on one machine and compares their medians.
//! Programs run on the first processor, the generator of load on the second; Postgres may use both.
#![allow(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a bench that cannot go on ends, and rates are no money"
)]
#![allow(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]

mod bare;
mod board;
mod callbacks;
mod flash;
mod growth;
mod import;
mod load;
mod orders;
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
use table::Table;

#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let words: Vec<String> = std::env::args().collect();
    if let [_, role, port, folder] = words.as_slice()
        && role == "bare"
    {
        return bare::serve(port.parse().unwrap(), folder.as_ref()).await;
    }
    let machine = Machine::look();
    println!("{}", machine.told());
    let mut table = Table::default();
    let only = std::env::var("DUKA_BENCH_ONLY").unwrap_or_default();
    let wanted = |name: &str| only.is_empty() || only.split(',').any(|word| word == name);
    if wanted("pages") || wanted("orders") || wanted("flash") || wanted("callbacks") {
        let db = TestDb::new().await;
        seed::shops(&db, seed::Size { tenants: 100, products: 20, variants: 4 }).await;
        let duka = program::Program::start(&machine.programs(), "web", &seed::settings(&db)).await;
        if wanted("pages") {
            pages::measure(&machine, &duka, &mut table).await;
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
    table.print();
}
