//! Readers who hang up in the middle, by the thousand: memory stays, nobody is left waiting, nothing breaks.

use crate::{
    program::Program,
    shopper::{Shopper, http},
    world::{SHOP, World},
};
use duka::tenancy::password;
use reqwest::header;
use std::{
    fs,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

/// A page that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// One reading: so much of the answer was seen, or the reader hung up.
enum Seen {
    Whole(Vec<u8>),
    HungUp,
}

/// Asks for a page on a connection of its own. Who is impatient hangs up after at most so many bytes.
async fn read(port: u16, request: &str, hangs_up_after: Option<usize>) -> Seen {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    match hangs_up_after {
        Some(0) => Seen::HungUp,
        Some(most) => {
            let mut first = vec![0; most];
            let _ = stream.read(&mut first).await.unwrap();
            Seen::HungUp
        }
        None => {
            let mut all = Vec::new();
            stream.read_to_end(&mut all).await.unwrap();
            Seen::Whole(all)
        }
    }
}

/// Readers come from addresses of their own, as behind a proxy: one alone would be told to come back later.
fn whence(n: usize) -> String {
    format!("X-Forwarded-For: 41.91.{}.{}\r\n", n / 200 % 200, n % 200 + 1)
}

/// So many readings, so many at once; the `n`th is made by `one`.
async fn crowd<F>(readings: usize, at_once: usize, one: impl Fn(usize) -> F + Clone + Send + 'static)
where
    F: Future<Output = ()> + Send,
{
    let next = Arc::new(AtomicUsize::new(0));
    let mut readers = JoinSet::new();
    for _ in 0..at_once {
        let (next, one) = (next.clone(), one.clone());
        readers.spawn(async move {
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= readings {
                    return;
                }
                assert!(tokio::time::timeout(PATIENCE, one(n)).await.is_ok(), "reading {n} hangs");
            }
        });
    }
    while let Some(reader) = readers.join_next().await {
        reader.unwrap();
    }
}

/// What the program holds in memory, in kilobytes.
fn memory(program: &Program) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

fn is_whole(seen: &Seen) {
    if let Seen::Whole(bytes) = seen {
        let text = String::from_utf8_lossy(bytes);
        assert!(text.starts_with("HTTP/1.1 200"), "{}", text.lines().next().unwrap_or("nothing came"));
        assert!(text.contains("</html>"), "the page has no end");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "minutes long: `make soak` runs it"]
async fn twenty_thousand_shop_pages_with_every_tenth_abandoned_leave_memory_flat() {
    const PAGES: usize = 20_000;
    let world = World::begin(50).await;
    let port = world.program.port;
    let mut shopper = Shopper::new(port, SHOP, 1);
    assert_eq!(shopper.add(world.shop.variants[0].uuid(), 1).await.unwrap().status, 303);
    let cookies = shopper.cookies().to_owned();
    let ask = move |n: usize| {
        // A cart is drawn each time; a product comes from the cache in one of fifty forms.
        let path = if n.is_multiple_of(2) {
            "/cart".to_owned()
        } else {
            format!("/p/kikoi?variant=00000000-0000-7000-8000-{:012x}", n % 50)
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {SHOP}.localhost:{port}\r\n{}Cookie: {cookies}\r\nUser-Agent: Mozilla/5.0 (Linux; Android 12)\r\nConnection: close\r\n\r\n",
            whence(n)
        );
        // Both kinds of page are abandoned: at once, after a byte, and in the middle of the page.
        let hangs_up_after = (n.is_multiple_of(20) || n % 20 == 11).then_some([0, 1, 3_000][n / 20 % 3]);
        async move { is_whole(&read(port, &request, hangs_up_after).await) }
    };
    crowd(PAGES / 5, 32, ask.clone()).await;
    let (warm, began) = (memory(&world.program), Instant::now());
    crowd(PAGES / 2, 32, ask.clone()).await;
    let middle = memory(&world.program);
    crowd(PAGES / 2, 32, ask).await;
    let after = memory(&world.program);
    println!(
        "{PAGES} shop pages, every tenth abandoned, {:.0?}: {warm} kB when warm, {middle} kB in the middle, {after} kB after",
        began.elapsed()
    );
    assert!(after < middle + middle / 20 + 4_096, "memory grows: {warm} → {middle} → {after} kB");
    assert_eq!(world.program.readiness().await, Some(200));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "minutes long: `make soak` runs it"]
async fn ten_thousand_dashboard_pages_fifty_at_once_with_every_twentieth_abandoned_never_hang() {
    const PAGES: usize = 10_000;
    const ORDERS: usize = 30;
    let world = World::begin(100).await;
    let port = world.program.port;
    for number in 0..ORDERS {
        let mut shopper = Shopper::new(port, SHOP, number);
        shopper.add(world.shop.variants[0].uuid(), 1).await.unwrap();
        let form = shopper.fill(&shopper.open("/checkout").await.unwrap().body, "cod");
        assert_eq!(shopper.place(&form).await.unwrap().status, 303);
    }
    let session = sign_in(&world).await;
    let (slowest, whole) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (slow, done) = (slowest.clone(), whole.clone());
    let ask = move |n: usize| {
        let request = format!(
            "GET /dashboard/orders HTTP/1.1\r\nHost: localhost:{port}\r\n{}Cookie: {session}\r\nConnection: close\r\n\r\n",
            whence(n)
        );
        let hangs_up_after = (n.is_multiple_of(20)).then_some([0, 1, 3_000][n / 20 % 3]);
        let (slow, done) = (slow.clone(), done.clone());
        async move {
            let began = Instant::now();
            let seen = read(port, &request, hangs_up_after).await;
            is_whole(&seen);
            if let Seen::Whole(bytes) = &seen {
                assert!(String::from_utf8_lossy(bytes).contains("Shopper "), "the page shows no order");
                done.fetch_add(1, Ordering::Relaxed);
                slow.fetch_max(usize::try_from(began.elapsed().as_millis()).unwrap(), Ordering::Relaxed);
            }
        }
    };
    crowd(PAGES / 10, 50, ask.clone()).await;
    let (warm, began) = (memory(&world.program), Instant::now());
    whole.store(0, Ordering::Relaxed);
    crowd(PAGES, 50, ask).await;
    let (took, after) = (began.elapsed(), memory(&world.program));
    println!(
        "{PAGES} dashboard pages, 50 at once, every twentieth abandoned, {took:.0?}: {} whole, slowest {} ms, {warm} → {after} kB",
        whole.load(Ordering::Relaxed),
        slowest.load(Ordering::Relaxed)
    );
    assert_eq!(whole.load(Ordering::Relaxed), PAGES - PAGES / 20);
    assert_eq!(world.program.readiness().await, Some(200));
}

/// An owner of the shop, signed in; the cookie's pair.
async fn sign_in(world: &World) -> String {
    let hash = password::hash("karibu-duka-2026").await.unwrap();
    sqlx::query("insert into users (tenant_id, email, role, name, password_hash) values ($1, 'owner@mama-njeri.test', 'owner', 'Njeri', $2)")
        .bind(world.shop.tenant.uuid())
        .bind(hash)
        .execute(&world.everything)
        .await
        .unwrap();
    let port = world.program.port;
    let answer = http()
        .post(format!("http://127.0.0.1:{port}/sign-in"))
        .header(header::HOST, format!("localhost:{port}"))
        .header(header::ORIGIN, format!("http://localhost:{port}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body("email=owner%40mama-njeri.test&password=karibu-duka-2026")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    let cookies = answer
        .headers()
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|line| line.to_str().unwrap().split(';').next().unwrap().to_owned());
    cookies.collect::<Vec<_>>().join("; ")
}
