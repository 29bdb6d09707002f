//! What holds when there is too much: who is sent away first, who asks too often, and how long a look may take.

use crate::world::{Answer, Browser, KILIMANI, NJERI, PLATFORM, World};
use axum::{body::Body, extract::ConnectInfo, http::Request};
use duka::kernel::id::TenantId;
use http::{Method, StatusCode, header};
use server::{
    request::{admission::Admission, class::Class},
    router::router,
};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};
use tokio::sync::oneshot;
use tower::ServiceExt as _;

/// Takes every place that this class may have; they are given back with the value.
fn crowd(world: &World, class: Class, tenant: Option<TenantId>) -> impl Sized + use<> {
    let admission = world.app.admission.clone();
    std::iter::from_fn(move || admission.enter(class, tenant)).collect::<Vec<_>>()
}

async fn hook(world: &World) -> Answer {
    let path = format!("/hooks/pay/{}", "ab".repeat(32));
    let call = Request::post(path).header(header::HOST, PLATFORM).header(header::CONTENT_TYPE, "application/json");
    world.send(call.body(Body::from("{}")).expect("a request")).await
}

/// One address for each class, in the order in which they are given up, and what it answers when there is room.
const ORDER: [(&str, &str, u16); 5] = [
    (PLATFORM, "/sign-in", 200),
    (NJERI, "/", 200),
    (NJERI, "/cart", 200),
    (NJERI, "/checkout", 303),
    (NJERI, "/orders/find", 200),
];

#[tokio::test]
async fn the_fuller_it_is_the_fewer_are_served_and_paying_is_the_last() {
    let world = World::new().await;
    for (host, path, status) in ORDER {
        assert_eq!(world.get(host, path).await.status.as_u16(), status, "there is room: {path}");
    }
    let mut inside = Vec::new();
    for (full, class) in [Class::Merchant, Class::Browse, Class::Cart, Class::Checkout].into_iter().enumerate() {
        inside.push(crowd(&world, class, None));
        for (nth, (host, path, status)) in ORDER.into_iter().enumerate() {
            let answer = world.get(host, path).await;
            if nth > full {
                assert_eq!(answer.status.as_u16(), status, "{class:?} is full: {path}");
            } else {
                let found = (answer.status, answer.header("retry-after"));
                assert_eq!(found, (StatusCode::SERVICE_UNAVAILABLE, "2"), "{class:?} is full: {path}");
                assert!(answer.header("cache-control").contains("no-store"), "{path}");
            }
        }
        assert_eq!(hook(&world).await.status, StatusCode::NOT_FOUND, "a provider is heard");
    }
    inside.push(crowd(&world, Class::Pay, None));
    assert_eq!(hook(&world).await.status, StatusCode::SERVICE_UNAVAILABLE, "it is told again later");
    drop(inside);
    for (host, path, status) in ORDER {
        assert_eq!(world.get(host, path).await.status.as_u16(), status, "places are given back: {path}");
    }
}

#[tokio::test]
async fn one_shops_crowd_closes_neither_its_till_nor_the_neighbour() {
    let world = World::new().await;
    let crowd = crowd(&world, Class::Browse, Some(world.njeri.tenant));
    assert_eq!(world.get(NJERI, "/").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.get(NJERI, "/checkout").await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.get(KILIMANI, "/").await.status, StatusCode::OK);
    drop(crowd);
    assert_eq!(world.get(NJERI, "/").await.status, StatusCode::OK);
}

/// A switch of the shop, pressed from that address.
async fn press(world: &World, from: IpAddr, forwarded: &str) -> Answer {
    let request = Request::post("/light")
        .header(header::HOST, NJERI)
        .header(header::ORIGIN, format!("http://{NJERI}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-forwarded-for", forwarded)
        .extension(ConnectInfo(SocketAddr::from((from, 40_000))));
    world.send(request.body(Body::from("light=on&back=%2F")).expect("a request")).await
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back_and_nobody_else_waits() {
    let world = World::new().await;
    let (machine, neighbour): (IpAddr, IpAddr) = ([203, 0, 113, 1].into(), [203, 0, 113, 2].into());
    assert_eq!(press(&world, machine, "").await.status, StatusCode::SEE_OTHER);
    while world.app.rates.ask(Class::Browse, &Method::POST, machine).is_ok() {}
    let refused = press(&world, machine, "").await;
    assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1"));
    assert!(refused.header("cache-control").contains("no-store"));
    while world.app.rates.ask(Class::Browse, &Method::POST, machine).is_ok() {}
    let hidden = press(&world, machine, "198.51.100.7").await;
    assert_eq!(hidden.status, StatusCode::TOO_MANY_REQUESTS, "only a proxy that we trust may name another address");
    assert_eq!(press(&world, neighbour, "").await.status, StatusCode::SEE_OTHER);
    let looking = Request::get("/").header(header::HOST, NJERI).extension(ConnectInfo(SocketAddr::from((machine, 1))));
    assert_eq!(world.send(looking.body(Body::empty()).expect("a request")).await.status, StatusCode::OK);
}

/// The front page of whatever lives at this host, asked for from that address.
async fn look(world: &World, from: IpAddr, host: &str) -> Answer {
    let request = Request::get("/").header(header::HOST, host).extension(ConnectInfo(SocketAddr::from((from, 40_000))));
    world.send(request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn who_makes_up_hosts_without_end_is_counted_before_the_database_is_asked() {
    let world = World::new().await;
    let (machine, neighbour): (IpAddr, IpAddr) = ([203, 0, 113, 1].into(), [203, 0, 113, 2].into());
    assert_eq!(look(&world, machine, NJERI).await.status, StatusCode::OK);
    let mut refused = None;
    // Two hundred may come at once, and ten more each second.
    for at in 0..500 {
        let answer = look(&world, machine, &format!("made-up-{at}.localhost:3000")).await;
        if answer.status != StatusCode::NOT_FOUND {
            refused = Some((answer.status, answer.header("retry-after").to_owned(), at >= 200));
            break;
        }
    }
    assert_eq!(refused, Some((StatusCode::TOO_MANY_REQUESTS, "1".to_owned(), true)));
    assert_eq!(look(&world, machine, NJERI).await.status, StatusCode::OK, "a shop that is known is not asked for");
    assert_eq!(look(&world, neighbour, "made-up.localhost:3000").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_sends_slowly_takes_no_place_from_anybody() {
    let mut world = World::new().await;
    world.app.admission = Admission::of(10, 10);
    world.router = router(world.app.clone());
    let mut sending = Vec::new();
    for _ in 0..20 {
        let ((awaited, is_awaited), (go, comes)) = (oneshot::channel::<()>(), oneshot::channel::<()>());
        let body = Body::from_stream(futures_util::stream::once(async move {
            let _ = awaited.send(());
            let _ = comes.await;
            Ok::<_, Infallible>("payment_method=mpesa_stk")
        }));
        let request = Request::post(format!("/orders/{}/pay", "ab".repeat(32)))
            .header(header::HOST, NJERI)
            .header(header::ORIGIN, format!("http://{NJERI}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
            .expect("a request");
        let answer = tokio::spawn(world.router.clone().oneshot(request));
        is_awaited.await.expect("the form is awaited");
        sending.push((go, answer));
    }
    for (host, path, status) in ORDER {
        assert_eq!(world.get(host, path).await.status.as_u16(), status, "{path}");
    }
    for (go, answer) in sending {
        go.send(()).expect("it is still awaited");
        let answer = answer.await.expect("nothing broke").expect("the router answers everything");
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "it is read, and there is no such order");
    }
}

/// Shows the goods only to whoever may wait so long for each statement.
async fn only_within(world: &World, limit: &str) {
    world
        .sql(&format!(
            "drop policy if exists only_within on products;
             create policy only_within on products as restrictive for select to duka_app
             using (current_setting('statement_timeout') = '{limit}')"
        ))
        .await;
}

#[tokio::test]
async fn a_look_may_take_two_seconds_and_an_order_five() {
    let world = World::new().await;
    let variant = world.njeri.variants[0].to_string();
    let add = [("variant", variant.as_str()), ("quantity", "1")];
    only_within(&world, "5s").await;
    let mut shopper = Browser::new(&world, NJERI);
    assert_eq!(shopper.get("/p/kikoi").await.status, StatusCode::NOT_FOUND);
    assert_eq!(shopper.post("/cart/items", &add).await.status, StatusCode::SEE_OTHER);
    assert!(shopper.get("/checkout").await.text().contains("Kikoi"));
    only_within(&world, "2s").await;
    assert_eq!(shopper.get("/p/kikoi").await.status, StatusCode::OK);
    assert_eq!(shopper.post("/cart/items", &add).await.status, StatusCode::NOT_FOUND);
}
