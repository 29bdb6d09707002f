//! A product page from the cache, and one that is drawn, beside a handler that returns the same bytes.
//!
//! No page that asks Postgres comes near a handler that does nothing: that row has no limit (decision 0048), and
//! `drawn` measures the same page beside its own statements.

use crate::{
    load::{Machine, in_turn, script},
    program::Program,
    table::{Limit, Table},
};
use std::{cell::Cell, process::Stdio, time::Duration};
use tokio::{net::TcpStream, process::Command};

const CONNECTIONS: usize = 32;
/// The page that is asked for is one of this shop.
const TENANTS: u32 = 1;

pub async fn measure(machine: &Machine, duka: &Program, table: &mut Table) {
    let page = page(duka.port).await;
    let file = script("page.br", "");
    std::fs::write(&file, &page).unwrap();
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let me = std::env::current_exe().unwrap();
    let words: Vec<&str> = machine.programs().into_iter().chain([me.to_str().unwrap(), "bare"]).collect();
    let bare_server = Command::new(words[0])
        .args(&words[1..])
        .arg(port.to_string())
        .arg(&file)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let lua = script("page.lua", include_str!("page.lua"));
    let words = |port: u16, products: u32, kind: &str| {
        [port.to_string(), TENANTS.to_string(), products.to_string(), kind.to_owned()]
    };
    let faults = Cell::new(0);
    // Processor time per request, of both sides: what stays true on a machine that has other work.
    let spent = [(); 2].map(|()| Cell::new((0.0, 0.0)));
    let processes = [duka.id(), bare_server.id().unwrap()];
    let ask = async |port: u16, products: u32, kind: &str| {
        let side = usize::from(port != duka.port);
        let before = processor_micros(processes[side]);
        let leg = machine.wrk(port, &lua, CONNECTIONS, &words(duka.port, products, kind)).await;
        let (micros, requests) = spent[side].get();
        spent[side].set((
            micros + processor_micros(processes[side]) - before,
            requests + leg.per_second * machine.leg.as_secs_f64(),
        ));
        faults.set(faults.get() + leg.faults);
        leg.per_second
    };
    let each = |spent: &Cell<(f64, f64)>| spent.get().0 / spent.get().1;
    // Both are warm before anything counts.
    ask(duka.port, 1, "kept").await;
    for (what, products, kind, limit) in [
        ("cached shop page / bare handler", 1, "kept", Limit::AtLeast(0.60)),
        ("uncached shop page / bare handler", 20, "drawn", Limit::Open),
    ] {
        faults.set(0);
        for side in &spent {
            side.set((0.0, 0.0));
        }
        let [ours, bare] =
            in_turn(async || ask(duka.port, products, kind).await, async || ask(port, products, kind).await).await;
        if faults.get() > 0 {
            table.missing(what, &format!("{} requests were not answered well", faults.get()), limit);
        } else {
            table.ratio(
                what,
                format!(
                    "{ours:.0} / {bare:.0} per second, {:.0} / {:.0} µs of processor each, {} bytes of brotli",
                    each(&spent[0]),
                    each(&spent[1]),
                    page.len()
                ),
                ours / bare,
                limit,
            );
        }
    }
}

/// The page's bytes as a phone gets them.
async fn page(port: u16) -> Vec<u8> {
    let asked = crate::shopper::http()
        .get(format!("http://127.0.0.1:{port}/p/product-0"))
        .header("Host", format!("shop-0.localhost:{port}"))
        .header("Accept-Encoding", "gzip, deflate, br")
        .send();
    let answer = asked.await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["content-encoding"].to_str().unwrap()), (200, "br"));
    answer.bytes().await.unwrap().to_vec()
}

/// What a process has spent on processors so far, Postgres not counted; the system counts in hundredths of a second.
fn processor_micros(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) * 10_000.0
}
