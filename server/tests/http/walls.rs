//! What keeps strangers out: hosts, origins, sizes, other merchants' things, and the headers on every answer.

use crate::world::{KILIMANI, NJERI, PLATFORM, World};
use axum::{body::Body, http::Request};
use http::{Method, StatusCode, header};

#[tokio::test]
async fn an_unknown_host_is_404_without_data() {
    let world = World::new().await;
    for host in [
        "unknown.localhost:3000",
        "example.com",
        "a.mama-njeri.localhost",
        "mama-njeri.example.com",
        "127.0.0.1:3000",
        "",
    ] {
        for path in ["/", "/p/kikoi", "/sign-in", "/sw"] {
            let answer = world.get(host, path).await;
            assert_eq!(
                (answer.status, answer.text().as_str()),
                (StatusCode::NOT_FOUND, "There is no shop at this address.\n"),
                "{host}{path}"
            );
        }
    }
    let forwarded = Request::get("/")
        .header(header::HOST, "unknown.localhost")
        .header("x-forwarded-host", NJERI)
        .header("forwarded", format!("host={NJERI}"));
    assert_eq!(world.send(forwarded.body(Body::empty()).expect("a request")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("MAMA-NJERI.localhost", "/").await.status, StatusCode::OK, "neither case nor port matter");
}

#[tokio::test]
async fn a_merchants_own_domain_leads_to_the_shop() {
    let world = World::new().await;
    world
        .sql(&format!(
            "insert into hosts (tenant_id, store_id, kind, name) values ('{}', '{}', 'domain', 'njeri.example')",
            world.njeri.tenant, world.njeri.store
        ))
        .await;
    let html = world.get("njeri.example:3000", "/p/kikoi").await.text();
    assert!(html.contains("Shop mama-njeri") && html.contains("href=\"http://njeri.example:3000/p/kikoi\""), "{html}");
    assert!(
        world.get(NJERI, "/p/kikoi").await.text().contains("href=\"http://mama-njeri.localhost:3000/p/kikoi\""),
        "each host's page names its own"
    );
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    let world = World::new().await;
    let ask = |method: &str, host: &str, path: &str, headers: &[(&str, &str)], body: &str| {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::from(body.to_owned())).expect("a request")
    };
    let home = world.get(NJERI, "/").await;
    let etag = home.header("etag").to_owned();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let ours = ("origin", "http://mama-njeri.localhost:3000");
    let broken = server::router::guarded(
        world.app.clone(),
        axum::Router::new().fallback(async || -> StatusCode { panic!("a bug that nobody has written yet") }),
    );
    let large = "x".repeat(70_000);
    let answers = [
        (200, home),
        (304, world.send(ask("GET", NJERI, "/", &[("if-none-match", &etag)], "")).await),
        (303, world.get(NJERI, "/checkout").await),
        (303, world.get(PLATFORM, "/dashboard").await),
        (
            403,
            world.send(ask("POST", NJERI, "/cart/items", &[form, ("origin", "https://elsewhere.example")], "")).await,
        ),
        (404, world.get(NJERI, "/nothing").await),
        (404, world.get(NJERI, "/s/none/shop.css").await),
        (404, world.get(NJERI, "/media/x/y").await),
        (404, world.get("unknown.localhost", "/").await),
        (404, world.get(PLATFORM, "/nothing").await),
        (405, world.send(ask("DELETE", PLATFORM, "/sign-in", &[("origin", "http://localhost:3000")], "")).await),
        (410, world.get(PLATFORM, "/invites/nonsense").await),
        (413, world.send(ask("POST", NJERI, "/cart/items", &[form, ours, ("content-length", "70000")], &large)).await),
        (422, world.send(ask("POST", NJERI, "/cart/items", &[form, ours], "quantity=0")).await),
        (500, world.send_to(&broken, ask("GET", NJERI, "/", &[], "")).await),
        (200, world.get(NJERI, "/robots.txt").await),
        (200, world.get(NJERI, "/cart").await),
        (200, world.get(PLATFORM, "/").await),
        (200, world.get(PLATFORM, "/sign-in").await),
    ];
    for (status, answer) in &answers {
        assert_eq!(answer.status.as_u16(), *status, "{}", answer.text());
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{status}: {policy}");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src 'self' 'unsafe-inline'"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("server", ""),
        ] {
            assert_eq!(answer.header(name), value, "{status}: {name}");
        }
        assert!(!answer.header("referrer-policy").is_empty() && !answer.header("permissions-policy").is_empty());
        assert_eq!(answer.header("x-request-id").len(), 16);
        assert_eq!(answer.header("strict-transport-security"), "", "only behind https");
        let kind = answer.header("content-type");
        assert!(
            answer.bytes.is_empty() || !kind.starts_with("text/") || kind.ends_with("charset=utf-8"),
            "{status}: {kind}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), "", "no other site reads an answer");
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let body = format!("variant={}&quantity=1", world.njeri.variants[0]);
    let post = |host: &str, path: &str, headers: &[(&str, &str)]| {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::from(body.clone())).expect("a request")
    };
    for foreign in [
        &[("origin", "http://kilimani.localhost:3000")] as &[_],
        &[("origin", "null")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site")],
    ] {
        assert_eq!(world.send(post(NJERI, "/cart/items", foreign)).await.status, StatusCode::FORBIDDEN, "{foreign:?}");
    }
    assert_eq!(world.count("select count(*) from carts").await, 0);
    for own in [&[("origin", "http://mama-njeri.localhost:3000")] as &[_], &[("sec-fetch-site", "same-origin")], &[]] {
        assert_eq!(world.send(post(NJERI, "/cart/items", own)).await.status, StatusCode::SEE_OTHER, "{own:?}");
    }
    for path in ["/sign-in", "/sign-out", "/api/dash/order"] {
        assert_eq!(
            world.send(post(PLATFORM, path, &[])).await.status,
            StatusCode::FORBIDDEN,
            "{path} wants to know where it comes from"
        );
    }
}

#[tokio::test]
async fn another_merchants_pictures_and_orders_are_not_there() {
    let world = World::new().await;
    let hash = "0123456789abcdef0123456789abcdef";
    for shop in [&world.njeri, &world.kilimani] {
        let folder = world.media_dir.join("media").join(shop.tenant.to_string());
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{hash}-360.webp")), shop.tenant.to_string()).expect("a picture");
    }
    let own = format!("/media/{}/{hash}-360.webp", world.njeri.tenant);
    let answer = world.get(NJERI, &own).await;
    assert_eq!(
        (answer.status, answer.header("content-type"), answer.text()),
        (StatusCode::OK, "image/webp", world.njeri.tenant.to_string())
    );
    assert!(answer.header("cache-control").contains("immutable"));
    assert_eq!(world.get(KILIMANI, &own).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(NJERI, &own.replace("-360", "-999")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        world.get(NJERI, &format!("/media/{}/..%2F..%2Fsecret", world.njeri.tenant)).await.status,
        StatusCode::NOT_FOUND
    );

    let token = duka::kernel::token::Token::random();
    let hash: String = token.hash_hex();
    world
        .sql(&format!(
            "insert into orders (tenant_id, store_id, order_number, token_hash) values ('{}', '{}', 7, '\\x{hash}')",
            world.njeri.tenant, world.njeri.store
        ))
        .await;
    let path = format!("/orders/{}", token.hex());
    assert_eq!(world.get(NJERI, &path).await.status, StatusCode::OK);
    for path in [path.clone(), format!("{path}/status")] {
        assert_eq!(world.get(KILIMANI, &path).await.status, StatusCode::NOT_FOUND);
    }
}
