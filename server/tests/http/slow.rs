//! Clients that never finish what they say: they are let go, and nobody else waits for them.

use crate::world::{NJERI, World};
use server::{listen, request::shares::Shares};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::oneshot,
};

/// Far longer than anything here takes; a test that waits so long has failed.
const LONG: Duration = Duration::from_secs(20);
/// How long a client is waited for, here.
const SOON: listen::Patience =
    listen::Patience { headers: Duration::from_millis(300), answer: Duration::from_millis(300) };

async fn open(world: &World) -> (SocketAddr, oneshot::Sender<()>) {
    open_with(world, SOON, Shares::of(listen::MOST, &[])).await
}

async fn open_with(world: &World, patience: listen::Patience, shares: Shares) -> (SocketAddr, oneshot::Sender<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel::<()>();
    let router = world.router.clone();
    tokio::spawn(listen::serve(listener, router, patience, shares, async move {
        let _ = stopped.await;
    }));
    (address, stop)
}

/// Everything that comes until the server hangs up.
async fn rest_of(stream: &mut TcpStream) -> String {
    let mut rest = Vec::new();
    tokio::time::timeout(LONG, stream.read_to_end(&mut rest)).await.expect("the server hangs up").expect("bytes");
    String::from_utf8_lossy(&rest).into_owned()
}

#[tokio::test]
async fn who_never_ends_the_headers_is_let_go_while_others_are_served() {
    let world = World::new().await;
    let (address, _stop) = open(&world).await;
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(format!("GET / HTTP/1.1\r\nHost: {NJERI}\r\nX-").as_bytes()).await.expect("half a request");
        slow.push(stream);
    }
    let mut quick = TcpStream::connect(address).await.expect("a connection");
    let asked = format!("GET /robots.txt HTTP/1.1\r\nHost: {NJERI}\r\nConnection: close\r\n\r\n");
    quick.write_all(asked.as_bytes()).await.expect("a request");
    let answer = rest_of(&mut quick).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    for mut stream in slow {
        let said = rest_of(&mut stream).await;
        assert!(!said.starts_with("HTTP/1.1 200"), "{said}");
    }
}

#[tokio::test]
async fn who_stops_in_the_middle_of_a_form_is_let_go_while_others_are_served() {
    let world = World::new().await;
    let (address, _stop) = open(&world).await;
    let half = format!(
        "POST /cart/items HTTP/1.1\r\nHost: {NJERI}\r\nOrigin: http://{NJERI}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 200\r\n\r\nquantity=1&variant="
    );
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(half.as_bytes()).await.expect("half a form");
        slow.push(stream);
    }
    let mut quick = TcpStream::connect(address).await.expect("a connection");
    let asked = format!("GET /robots.txt HTTP/1.1\r\nHost: {NJERI}\r\nConnection: close\r\n\r\n");
    quick.write_all(asked.as_bytes()).await.expect("a request");
    let answer = rest_of(&mut quick).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    for mut stream in slow {
        let said = rest_of(&mut stream).await;
        assert!(!said.starts_with("HTTP/1.1 2") && !said.starts_with("HTTP/1.1 3"), "{said}");
    }
    assert_eq!(world.count("select count(*) from carts").await, 0);
}

#[tokio::test]
async fn a_connection_that_says_nothing_more_is_closed() {
    let world = World::new().await;
    let (address, _stop) = open(&world).await;
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(format!("GET /robots.txt HTTP/1.1\r\nHost: {NJERI}\r\n\r\n").as_bytes()).await.expect("a request");
    let all = rest_of(&mut stream).await;
    assert!(all.starts_with("HTTP/1.1 200 OK"), "{all}");
}

#[tokio::test]
async fn who_asks_and_never_reads_the_answers_is_let_go() {
    let world = World::new().await;
    let (address, _stop) = open(&world).await;
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let asked = format!("GET / HTTP/1.1\r\nHost: {NJERI}\r\n\r\n").repeat(100);
    // The answers fill what the system keeps for a connection; then nothing moves, until one side gives up.
    let give_up = async { while stream.write_all(asked.as_bytes()).await.is_ok() {} };
    tokio::time::timeout(LONG, give_up).await.expect("the server hangs up");
}

/// A connection from one of this machine's many own addresses.
async fn connect_from(own: [u8; 4], address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(SocketAddr::from((own, 0))).expect("an address of this machine");
    socket.connect(address).await.expect("a connection")
}

#[tokio::test]
async fn one_address_holds_its_share_of_connections_and_others_are_served() {
    let world = World::new().await;
    // Nobody is let go for being quiet here: only the share counts.
    let (address, _stop) = open_with(&world, listen::Patience::USUAL, Shares::of(3, &[])).await;
    let ask = format!("GET /robots.txt HTTP/1.1\r\nHost: {NJERI}\r\nConnection: close\r\n\r\n");
    let (crowd, other) = ([127, 0, 0, 2], [127, 0, 0, 3]);
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(connect_from(crowd, address).await);
    }
    let mut one_more = connect_from(crowd, address).await;
    let mut nothing = Vec::new();
    let hung_up = tokio::time::timeout(LONG, one_more.read_to_end(&mut nothing)).await.expect("the server hangs up");
    assert!(hung_up.is_ok_and(|read| read == 0) && nothing.is_empty());
    let mut neighbour = connect_from(other, address).await;
    neighbour.write_all(ask.as_bytes()).await.expect("a request");
    let answer = rest_of(&mut neighbour).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    // One that it holds is served; when that has ended there is place for another.
    let mut used = held.pop().expect("a connection");
    used.write_all(ask.as_bytes()).await.expect("a request");
    let answer = rest_of(&mut used).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    drop(used);
    let served = async {
        loop {
            let mut again = connect_from(crowd, address).await;
            // It may be hung up on while the share is on its way back.
            let mut all = Vec::new();
            if again.write_all(ask.as_bytes()).await.is_ok()
                && again.read_to_end(&mut all).await.is_ok()
                && all.starts_with(b"HTTP/1.1 200 OK")
            {
                break;
            }
        }
    };
    tokio::time::timeout(LONG, served).await.expect("the share is given back");
}
