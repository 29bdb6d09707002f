//! What is refused says so in the reader's language and the shop's dress, and does nothing.

use crate::world::{Answer, Browser, NJERI, PLATFORM, World, field};
use axum::{body::Body, http::Request};
use http::{StatusCode, header};

/// The sentence in English, then in Swahili.
type Both = [&'static str; 2];

const UNREADABLE: Both = ["This form could not be read", "Fomu hii haikusomeka"];
const NO_FIELD: Both = ["This form has no field “tenant_id”.", "Fomu hii haina sehemu “tenant_id”."];
const FOREIGN: Both = ["This was sent from another site", "Hii ilitumwa kutoka tovuti nyingine"];
const SILENT: Both =
    ["Your browser does not say which page this came from", "Kivinjari chako hakisemi hii ilitoka ukurasa gani"];
const TOO_LARGE: Both = ["This is more than we can read", "Hii ni kubwa kuliko tunavyoweza kusoma"];
const NOT_FOUND: Both = ["This page is not here", "Ukurasa huu haupo"];
const NO_ORDER: Both = ["There is no such order.", "Hakuna oda kama hiyo."];
const SHORT: Both = ["There are only 10 of Kikoi left", "Zimebaki 10 tu za Kikoi"];
const TAGS: Both = ["en", "sw"];
const PREFIXES: Both = ["", "/sw"];

#[track_caller]
fn says(answer: &Answer, status: StatusCode, language: usize, said: Both, is_dressed: bool) {
    let html = answer.text();
    assert_eq!(answer.status, status, "{html}");
    assert!(html.contains(said[language]), "{} is not said: {html}", said[language]);
    assert!(!html.contains(said[1 - language]), "both languages: {html}");
    assert!(html.contains(&format!("<html lang=\"{}\"", TAGS[language])), "{html}");
    assert!(html.contains("/shop.css"), "without style: {html}");
    assert_eq!(html.contains("Shop mama-njeri"), is_dressed, "{html}");
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
}

fn post(host: &str, path: String, headers: &[(&str, &str)], body: String) -> Request<Body> {
    let mut request = Request::post(path)
        .header(header::HOST, host)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body)).expect("a request")
}

#[tokio::test]
async fn a_form_that_is_none_is_refused_in_the_readers_language() {
    let world = World::new().await;
    for (language, prefix) in PREFIXES.iter().enumerate() {
        for path in ["/cart/items", "/checkout", "/orders/find", "/cart/items/x", "/orders/x/pay"] {
            let form = post(
                NJERI,
                format!("{prefix}{path}"),
                &[],
                "quantity=1&quantity=2&name=%FF&surprise=1&order_number=%".to_owned(),
            );
            let (mut parts, body) = form.into_parts();
            parts.headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
            says(
                &world.send(Request::from_parts(parts, body)).await,
                StatusCode::UNPROCESSABLE_ENTITY,
                language,
                UNREADABLE,
                true,
            );
        }
    }
    assert_eq!(world.count("select count(*) from carts").await, 0);
}

#[tokio::test]
async fn every_form_of_the_shop_refuses_a_field_that_it_does_not_have_by_its_name() {
    let world = World::new().await;
    let added = format!("variant={}&quantity=1", world.njeri.variants[0]);
    for (language, prefix) in PREFIXES.iter().enumerate() {
        for (path, fields) in [
            ("/cart/items", added.as_str()),
            ("/cart/items/x", "quantity=1"),
            ("/cart/code", "code=KARIBU"),
            ("/cart/code/remove", "code=KARIBU"),
            ("/checkout", "name=Amina"),
            ("/orders/find", "order_number=1001&phone=0711223344"),
            ("/account", "order_number=1001&phone=0711223344"),
            ("/account/code", "code=123456"),
            ("/account/addresses/x", "label=Home"),
            ("/account/language", "language=sw"),
            ("/account/own/erase", "sure=on"),
            ("/orders/x/pay", "payment_method=mpesa_stk"),
            ("/orders/x/receipt", "mpesa_receipt=UK23ABCDEF"),
        ] {
            let answer = world.send(post(NJERI, format!("{prefix}{path}"), &[], format!("{fields}&tenant_id=1"))).await;
            says(&answer, StatusCode::UNPROCESSABLE_ENTITY, language, UNREADABLE, true);
            says(&answer, StatusCode::UNPROCESSABLE_ENTITY, language, NO_FIELD, true);
        }
    }
    assert_eq!(world.count("select count(*) from carts").await, 0);
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_in_the_readers_language() {
    let world = World::new().await;
    let body = format!("variant={}&quantity=1", world.njeri.variants[0]);
    for (language, prefix) in PREFIXES.iter().enumerate() {
        let foreign = post(NJERI, format!("{prefix}/cart/items"), &[("origin", "null")], body.clone());
        says(&world.send(foreign).await, StatusCode::FORBIDDEN, language, FOREIGN, true);
        let foreign = post(PLATFORM, format!("{prefix}/sign-in"), &[("origin", "null")], String::new());
        says(&world.send(foreign).await, StatusCode::FORBIDDEN, language, FOREIGN, false);
        let silent = post(PLATFORM, format!("{prefix}/sign-in"), &[], String::new());
        says(&world.send(silent).await, StatusCode::FORBIDDEN, language, SILENT, false);
    }
    assert_eq!(world.count("select count(*) from carts").await, 0);
}

#[tokio::test]
async fn what_is_too_large_is_refused_in_the_readers_language() {
    let world = World::new().await;
    for (language, prefix) in PREFIXES.iter().enumerate() {
        let declared = post(NJERI, format!("{prefix}/checkout"), &[("content-length", "70000")], "x".repeat(70_000));
        says(&world.send(declared).await, StatusCode::PAYLOAD_TOO_LARGE, language, TOO_LARGE, false);
        // Without a length it is noticed only while it is read.
        let streamed = post(NJERI, format!("{prefix}/checkout"), &[], format!("name={}", "x".repeat(70_000)));
        says(&world.send(streamed).await, StatusCode::PAYLOAD_TOO_LARGE, language, TOO_LARGE, true);
    }
    let hook =
        post(PLATFORM, format!("/hooks/pay/{}", "0".repeat(64)), &[("content-length", "70000")], "x".repeat(70_000));
    let hook = world.send(hook).await;
    assert_eq!(hook.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(!hook.text().contains("<html"), "a provider reads no pages");
}

#[tokio::test]
async fn what_is_not_there_and_what_is_short_say_so_in_the_readers_language() {
    let world = World::new().await;
    let variant = world.njeri.variants[0].to_string();
    for (language, prefix) in PREFIXES.iter().enumerate() {
        says(&world.get(NJERI, &format!("{prefix}/nothing")).await, StatusCode::NOT_FOUND, language, NOT_FOUND, true);
        let token = "0".repeat(64);
        let status = world.get(NJERI, &format!("{prefix}/orders/{token}/status")).await;
        let body: serde_json::Value = serde_json::from_slice(&status.bytes).expect("JSON");
        assert_eq!((status.status, body["message"].as_str()), (StatusCode::NOT_FOUND, Some(NO_ORDER[language])));

        let mut shopper = Browser::new(&world, NJERI);
        let short = shopper.post(&format!("{prefix}/cart/items"), &[("variant", &variant), ("quantity", "11")]).await;
        says(&short, StatusCode::CONFLICT, language, SHORT, true);

        shopper.post(&format!("{prefix}/cart/items"), &[("variant", &variant), ("quantity", "1")]).await;
        let html = shopper.get(&format!("{prefix}/checkout")).await.text();
        let key = field(&html, "idempotency_key");
        let form = [
            ("idempotency_key", key.as_str()),
            ("seen_total_cents", "1"),
            ("name", "Amina Wanjiru"),
            ("phone", "0711 223 344"),
            ("area", "Westlands"),
            ("street", "Mpaka Road"),
            ("payment_method", "cod"),
        ];
        let changed = shopper.post(&format!("{prefix}/checkout"), &form).await;
        assert_eq!(changed.status, StatusCode::CONFLICT);
        assert!(changed.text().contains(&format!("<html lang=\"{}\"", TAGS[language])));
    }
    assert_eq!(world.count("select count(*) from orders").await, 0);
}

#[tokio::test]
async fn a_panic_is_answered_in_the_readers_language_with_a_reference() {
    let world = World::new().await;
    let router = server::router::guarded(
        world.app.clone(),
        axum::Router::new().fallback(async || -> StatusCode { panic!("a bug that nobody has written yet") }),
    );
    let said = ["Something went wrong on our side", "Kuna tatizo upande wetu"];
    for (language, prefix) in PREFIXES.iter().enumerate() {
        for path in ["/p/kikoi", "/api/shop/payment-progress"] {
            let request = Request::get(format!("{prefix}{path}")).header(header::HOST, NJERI);
            let answer = world.send_to(&router, request.body(Body::empty()).expect("a request")).await;
            says(&answer, StatusCode::INTERNAL_SERVER_ERROR, language, said, false);
            let html = answer.text();
            assert!(html.contains(["Number ", "Nambari "][language]) && !html.contains("a bug"), "{html}");
        }
    }
}
