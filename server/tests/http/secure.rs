//! The same installation behind https: what browsers are told to remember, and cookies that no neighbour can set.

use crate::world::{Answer, NJERI, World};
use axum::{body::Body, http::Request};
use duka::kernel::{
    id::{SessionId, UserId},
    token::Token,
};
use http::{StatusCode, header};
use server::{
    config::{Config, PlatformUrl},
    request::host::Hosts,
    router::router,
    site::Site,
};
use std::sync::Arc;

const SHOP: &str = "mama-njeri.duka.example";
const DUKA: &str = "duka.example";
const OWN: &str = "njeri.example";

/// A built site of two files.
fn with_files(world: &mut World) {
    let folder = world.media_dir.join("site");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("shop.css"), "a{color:red}").expect("a style");
    std::fs::write(folder.join("favicon.png"), b"\x89PNG\r\n\x1a\n").expect("a picture");
    world.app.site = Arc::new(Site::open(Some(&folder)).expect("a site"));
    world.router = router(world.app.clone());
}

#[tokio::test]
async fn a_page_of_a_built_site_carries_its_styles_and_is_allowed_to() {
    let mut world = World::new().await;
    let folder = world.media_dir.join("site");
    std::fs::create_dir_all(&folder).expect("a folder");
    // One of its own: what a process remembers of a build stays.
    std::fs::write(folder.join("site.json"), r#"{"build":"00000000000000c5"}"#).expect("a card");
    std::fs::write(folder.join("browse.css"), "a{color:tan}").expect("a style");
    let site = Site::open(Some(&folder)).expect("a site");
    site.dress_pages();
    world.app.site = Arc::new(site);
    world.router = router(world.app.clone());

    let home = world.get(NJERI, "/").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.header("content-security-policy").contains("style-src 'self' 'unsafe-inline'"));
    let html = home.text();
    assert!(html.contains("a{color:tan}</style>") && !html.contains("rel=\"stylesheet\""), "{html}");
    // A sheet that is not there is named as a whole.
    let cart = world.get(NJERI, "/cart").await.text();
    assert!(cart.contains("<link rel=\"stylesheet\" href=\"/s/00000000000000c5/shop.css\">"), "{cart}");
}

/// At `https://duka.example`, with the shop's own domain beside it.
async fn behind_https() -> World {
    let mut world = World::new().await;
    let mut config = Config::bare(world.media_dir.clone());
    config.base = PlatformUrl::parse("https://duka.example").expect("an address");
    world.app.hosts = Hosts::new(world.app.platform.clone(), config.base.clone());
    world.app.config = Arc::new(config);
    with_files(&mut world);
    world
        .sql(&format!(
            "insert into hosts (tenant_id, store_id, kind, name) values ('{}', '{}', 'domain', '{OWN}')",
            world.njeri.tenant, world.njeri.store
        ))
        .await;
    world
}

async fn with_cookie(world: &World, host: &str, path: &str, cookie: &str) -> Answer {
    let request = Request::get(path).header(header::HOST, host).header(header::COOKIE, cookie);
    world.send(request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn a_file_of_the_site_is_dressed_like_every_answer() {
    let mut world = World::new().await;
    with_files(&mut world);
    for (host, path, kind) in [
        (NJERI, "/s/dev/shop.css", "text/css; charset=utf-8"),
        (crate::world::PLATFORM, "/s/dev/shop.css", "text/css; charset=utf-8"),
        (NJERI, "/favicon.ico", "image/png"),
    ] {
        let file = world.get(host, path).await;
        assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, kind), "{host}{path}");
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable", "{host}{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("strict-transport-security", ""),
            ("set-cookie", ""),
            ("server", ""),
        ] {
            assert_eq!(file.header(name), value, "{host}{path}: {name}");
        }
        let policy = file.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(file.header("permissions-policy").contains("payment=()"));
        assert_eq!(file.header("x-request-id").len(), 16);
    }
    // The way out of the folder leads nowhere.
    for path in ["/s/dev/..%2Fsecret", "/s/dev/%2e%2e/secret", "/s/dev/nothing.css", "/s/dev/"] {
        assert_eq!(world.get(NJERI, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_browser_keeps_to_https_for_two_years_and_below_our_own_name_only() {
    let world = behind_https().await;
    let (whole, one) = ("max-age=63072000; includeSubDomains", "max-age=63072000");
    for (host, path, status, lasting) in [
        (DUKA, "/", 200, whole),
        (DUKA, "/sign-in", 200, whole),
        (SHOP, "/", 200, whole),
        (SHOP, "/nothing", 404, whole),
        (SHOP, "/s/dev/shop.css", 200, whole),
        (SHOP, "/checkout", 303, whole),
        (OWN, "/", 200, one),
        (OWN, "/s/dev/shop.css", 200, one),
        ("notduka.example", "/", 404, one),
    ] {
        let answer = world.get(host, path).await;
        assert_eq!(answer.status.as_u16(), status, "{host}{path}");
        assert_eq!(answer.header("strict-transport-security"), lasting, "{host}{path}");
    }
}

#[tokio::test]
async fn behind_https_only_cookies_that_are_the_hosts_own_open_anything() {
    let world = behind_https().await;
    let post = |host: &str, origin: &str| {
        Request::post("/cart/items")
            .header(header::HOST, host)
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("variant={}&quantity=1", world.njeri.variants[0])))
            .expect("a request")
    };
    let bare = world.send(post(SHOP, "http://mama-njeri.duka.example")).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN, "a page that came without https is not ours");
    let added = world.send(post(SHOP, "https://mama-njeri.duka.example")).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let lines: Vec<&str> =
        added.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().expect("text")).collect();
    assert!(!lines.is_empty());
    for line in lines {
        assert!(line.starts_with("__Host-duka_"), "{line}");
        assert!(line.contains("; Path=/;") && line.ends_with("; Secure") && !line.contains("Domain"), "{line}");
    }
    let cart = added.cookie("__Host-duka_cart").expect("a cart");
    for (cookie, is_ours) in [
        (format!("__Host-duka_cart={cart}"), true),
        (format!("duka_cart={cart}"), false),
        (format!("__Secure-duka_cart={cart}"), false),
    ] {
        let page = with_cookie(&world, SHOP, "/cart", &cookie).await.text();
        assert_eq!(page.contains("Kikoi"), is_ours, "{cookie}");
    }

    let (user, session, token) = (UserId::mint(), SessionId::mint(), Token::random());
    let (tenant, hash) = (world.njeri.tenant, token.hash_hex());
    world
        .sql(&format!(
            "insert into users (tenant_id, id, email, role) values ('{tenant}', '{user}', 'owner@duka.test', 'owner');
             insert into sessions (tenant_id, id, user_id, token_hash) values ('{tenant}', '{session}', '{user}', '\\x{hash}')"
        ))
        .await;
    let token = token.hex();
    let inside = with_cookie(&world, DUKA, "/dashboard/settings", &format!("__Host-duka_session={token}")).await;
    assert_eq!(inside.status, StatusCode::OK);
    let outside = with_cookie(&world, DUKA, "/dashboard/settings", &format!("duka_session={token}")).await;
    assert_eq!((outside.status, outside.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
}

#[tokio::test]
async fn the_only_scripts_of_a_shop_are_its_own_files() {
    let mut world = World::new().await;
    with_files(&mut world);
    for path in ["/", "/sw", "/p/kikoi", "/cart", "/search?q=kikoi", "/delivery", "/orders/find", "/nothing"] {
        let html = world.get(NJERI, path).await.text();
        for script in html.split("<script").skip(1) {
            let is_file = script.starts_with(" type=\"module\" src=\"/s/dev/");
            assert!(is_file || script.starts_with(" type=\"application/ld+json\""), "{path}: {script}");
        }
        assert!(!html.contains(" onload=") && !html.contains(" onclick=") && !html.contains("javascript:"), "{path}");
    }
}
