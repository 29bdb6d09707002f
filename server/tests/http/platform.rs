//! The platform's addresses: who may enter, and the doors for providers.

use crate::world::{NJERI, PLATFORM, World};
use axum::{body::Body, http::Request};
use http::{StatusCode, header};
use sandbox::Sandbox;
use server::{config::Config, state::App};
use std::sync::Arc;
use tower::ServiceExt as _;

#[tokio::test]
async fn the_dashboard_leads_strangers_to_the_sign_in() {
    let world = World::new().await;
    for path in ["/dashboard", "/dashboard/orders", "/dashboard/nothing"] {
        let answer = world.get(PLATFORM, path).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in"), "{path}");
    }
    assert_eq!(world.get(NJERI, "/dashboard").await.status, StatusCode::NOT_FOUND, "a shop has no dashboard");
    assert_eq!(world.get(NJERI, "/sign-in").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_comes_in_swahili_is_led_on_in_swahili() {
    let world = World::new().await;
    let home = world.get(PLATFORM, "/sw").await.text();
    assert!(home.contains("href=\"/sw/sign-up\"") && home.contains("href=\"/sw/sign-in\""), "{home}");
    assert!(!home.contains("href=\"/sign-in\""), "{home}");
    assert!(world.get(PLATFORM, "/sw/sign-up").await.text().contains("href=\"/sw/sign-in\""));
}

#[tokio::test]
async fn a_callback_is_kept_before_it_is_acknowledged_and_only_at_an_address_that_was_given_out() {
    let world = World::new().await;
    let token = duka::kernel::token::Token::random();
    let (tenant, store) = (world.njeri.tenant, world.njeri.store);
    world
        .sql(&format!(
            "insert into orders (tenant_id, id, store_id, order_number) values ('{tenant}', '{tenant}', '{store}', 1);
             insert into payments (tenant_id, id, order_id, method, amount_cents) values ('{tenant}', '{tenant}', '{tenant}', 'mpesa_till', 100000);
             insert into hook_tokens (tenant_id, token_hash, purpose, subject_id) values ('{tenant}', '\\x{}', 'pay', '{tenant}')",
            token.hash_hex()
        ))
        .await;
    let call = |host: &str, token: &str, body: Vec<u8>| {
        let request = Request::post(format!("/hooks/pay/{token}"))
            .header(header::HOST, host)
            .header(header::CONTENT_TYPE, "application/json");
        world.send(request.body(Body::from(body)).expect("a request"))
    };
    let kept = "select count(*) from mpesa_callbacks_raw";
    let unknown = duka::kernel::token::Token::random().hex();
    for (host, token) in [(PLATFORM, unknown.as_str()), (PLATFORM, "short"), (NJERI, &token.hex())] {
        assert_eq!(call(host, token, b"{}".to_vec()).await.status, StatusCode::NOT_FOUND, "{host} {token}");
    }
    // Counted and told, but kept nowhere.
    let metrics = Request::get("/metrics").body(Body::empty()).expect("a request");
    let answer = server::ops::routes(world.app.clone()).oneshot(metrics).await.expect("it answers");
    let told = axum::body::to_bytes(answer.into_body(), 4_096).await.expect("a body");
    assert!(String::from_utf8_lossy(&told).contains("\nhooks_unknown_total 2\n"), "{told:?}");
    assert_eq!(call(PLATFORM, &token.hex(), vec![b'x'; 70_000]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.count(kept).await, 0);
    for body in [b"{\"Body\":{}}".to_vec(), b"no JSON at all".to_vec(), vec![0xff, 0x00, 0xfe]] {
        let answer = call(PLATFORM, &token.hex(), body).await;
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (StatusCode::OK, "{\"ResultCode\":0,\"ResultDesc\":\"Accepted\"}")
        );
    }
    assert_eq!(world.count(kept).await, 3);
    world.app.platform.db.close().await;
    assert!(world.app.spool.is_empty());
    assert_eq!(call(PLATFORM, &token.hex(), b"{}".to_vec()).await.status, StatusCode::OK);
    assert!(!world.app.spool.is_empty(), "never acknowledged when it is neither in the database nor on disk");
    // An address that somebody made up, or calls without end, does not take the room of the others.
    let junk = || call(PLATFORM, &unknown, vec![b'x'; 60_000]);
    let mut last = junk().await.status;
    for _ in 0..20 {
        last = junk().await.status;
    }
    assert_eq!(last, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(call(PLATFORM, &token.hex(), b"{}".to_vec()).await.status, StatusCode::OK);
}

/// What `/readyz` says to whoever looks after the program.
async fn readiness(app: &App) -> (StatusCode, String) {
    let request = Request::get("/readyz").body(Body::empty()).expect("a request");
    let answer = server::ops::routes(app.clone()).oneshot(request).await.expect("it answers");
    let status = answer.status();
    let told = axum::body::to_bytes(answer.into_body(), 4_096).await.expect("a body");
    (status, String::from_utf8_lossy(&told).into_owned())
}

#[tokio::test]
async fn ready_is_only_what_could_sell_now_and_a_demo_needs_its_goods_and_its_sandbox_too() {
    let world = World::new().await;
    let away = |why: &str| (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n"));
    let ready = (StatusCode::OK, "ready\n".to_owned());
    assert_eq!(readiness(&world.app).await, ready);
    let mut demo = world.app.clone();
    demo.is_demo = true;
    assert_eq!(readiness(&demo).await, away("the demo is being made"));
    demo.health.note_seeded();
    assert_eq!(readiness(&demo).await, away("the sandbox does not answer"));
    let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into()).await.expect("a sandbox");
    demo.config = Arc::new(Config { sandbox_addr: sandbox.addr, ..(*demo.config).clone() });
    assert_eq!(readiness(&demo).await, ready);
    world.sql("update _sqlx_migrations set success = false").await;
    assert_eq!(readiness(&demo).await, away("the schema is too old"));
    world.sql("update _sqlx_migrations set success = true").await;
    assert_eq!(readiness(&demo).await, ready);
    world.app.platform.db.close().await;
    assert_eq!(readiness(&demo).await, away("the database does not answer"));
    demo.health.note_stopping();
    assert_eq!(readiness(&demo).await, away("stopping"));
}
