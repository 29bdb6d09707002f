//! Light mode: pages whose pictures wait, for phones that save data and for who chose so, beside everybody else's pages.

use crate::world::{Answer, Browser, NJERI, World};
use axum::{body::Body, http::Request};
use http::{StatusCode, header};

const PIXELS: &str = "data:image/webp;base64,UklGRh4AAABXRUJQ";

async fn hang_picture(world: &World) {
    world
        .sql(&format!(
            "insert into product_images (tenant_id, product_id, url, widths, width, height, placeholder)
             select tenant_id, id, '/media/a/kikoi', '{{360,720}}', 1080, 1350, '{PIXELS}'
             from products
             where tenant_id = '{}'
               and slug = 'kikoi'",
            world.njeri.tenant
        ))
        .await;
}

async fn saving(world: &World, path: &str) -> Answer {
    let asked = Request::get(path).header(header::HOST, NJERI).header("save-data", "on");
    world.send(asked.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn a_phone_that_saves_data_gets_links_to_pictures_and_nobody_else_does() {
    let world = World::new().await;
    hang_picture(&world).await;
    for path in ["/", "/sw", "/p/kikoi", "/search?q=kikoi"] {
        let whole = world.get(NJERI, path).await;
        assert!(whole.text().contains("<img") && !whole.text().contains("data-tap"), "{path}");
        let light = saving(&world, path).await;
        let html = light.text();
        assert!(!html.contains("<img") && !html.contains("srcset"), "{path}: {html}");
        assert!(html.contains("href=\"/media/a/kikoi-360.webp\"") && html.contains(PIXELS), "{path}: {html}");
        assert_ne!(whole.header(header::ETAG), light.header(header::ETAG), "{path}");
        for answer in [&whole, &light] {
            assert_eq!(answer.header(header::VARY), "Accept-Encoding, Save-Data", "{path}");
            assert_eq!(answer.header(header::CACHE_CONTROL), "public, max-age=60, stale-while-revalidate=600");
        }
        // Both out of memory now, each to its own.
        assert_eq!(world.get(NJERI, path).await.bytes, whole.bytes, "{path}");
        assert_eq!(saving(&world, path).await.bytes, light.bytes, "{path}");
    }
}

#[tokio::test]
async fn the_switch_is_kept_for_one_reader_and_leads_back() {
    let world = World::new().await;
    hang_picture(&world).await;
    let mut shopper = Browser::new(&world, NJERI);
    let whole = shopper.get("/p/kikoi").await;
    assert!(whole.text().contains("<img"));
    let on = shopper.post("/sw/light", &[("light", "on"), ("back", "/p/kikoi")]).await;
    assert_eq!((on.status, on.header("location")), (StatusCode::SEE_OTHER, "/sw/p/kikoi?light=on"));
    assert_eq!(shopper.cookie("duka_light"), Some("on"));
    for path in ["/p/kikoi?light=on", "/p/kikoi", "/data"] {
        let light = shopper.get(path).await;
        assert!(!light.text().contains("<img"), "{path}");
        assert!(light.text().contains("Show all pictures again"), "{path}");
        assert_eq!(light.header(header::CACHE_CONTROL), "private, max-age=60", "{path}");
        assert_eq!(light.header(header::VARY), "Accept-Encoding, Save-Data, Cookie", "{path}");
    }
    assert_eq!(world.get(NJERI, "/p/kikoi").await.bytes, whole.bytes, "everybody else's page is as it was");
    let off = shopper.post("/light", &[("light", "off"), ("back", "//evil.example/")]).await;
    assert_eq!((off.status, off.header("location")), (StatusCode::SEE_OTHER, "/?light=off"));
    assert_eq!(shopper.cookie("duka_light"), None);
    let again = shopper.get("/p/kikoi").await;
    assert_eq!(again.bytes, whole.bytes);
    assert_eq!(again.header(header::VARY), "Accept-Encoding, Save-Data");
}

#[tokio::test]
async fn who_wants_pictures_all_the_same_gets_them_on_a_phone_that_saves_data() {
    let world = World::new().await;
    hang_picture(&world).await;
    let asked = Request::post("/light")
        .header(header::HOST, NJERI)
        .header(header::ORIGIN, format!("http://{NJERI}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("save-data", "on");
    let off = world.send(asked.body(Body::from("light=off&back=/")).expect("a request")).await;
    assert_eq!(off.cookie("duka_light").as_deref(), Some("off"));
    let asked = Request::get("/p/kikoi")
        .header(header::HOST, NJERI)
        .header("save-data", "on")
        .header(header::COOKIE, "duka_light=off");
    let whole = world.send(asked.body(Body::empty()).expect("a request")).await;
    assert!(whole.text().contains("<img"));
    assert_eq!(whole.header(header::CACHE_CONTROL), "private, max-age=60");
}
