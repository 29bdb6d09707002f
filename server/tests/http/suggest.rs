//! Suggestions while a search is typed: what is in them, what is not, and who may keep them.

use crate::world::{KILIMANI, NJERI, World};
use axum::{body::Body, http::Request};
use http::{StatusCode, header};

/// A shelf that the shop's only product lies on.
async fn hang_shelf(world: &World) {
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{tenant}', '{tenant}', 'Kikoi & wraps', 'wraps');
             update products set category_id = '{tenant}' where tenant_id = '{tenant}'"
        ))
        .await;
}

fn addresses(html: &str) -> Vec<&str> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn two_letters_bring_shelves_first_and_products_with_their_prices() {
    let world = World::new().await;
    hang_shelf(&world).await;
    let answer = world.get(NJERI, "/search/suggest?q=KI").await;
    let html = answer.text();
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(addresses(&html), ["/c/wraps", "/p/kikoi"], "{html}");
    assert!(html.contains("aria-label=\"2 suggestions\"") && html.contains("from KSh 1,000"), "{html}");
    assert!(html.contains("Kikoi &amp; wraps"), "{html}");
    let swahili = world.get(NJERI, "/sw/search/suggest?q=ki").await.text();
    assert_eq!(addresses(&swahili), ["/sw/c/wraps", "/sw/p/kikoi"], "{swahili}");
    assert!(swahili.contains("Mapendekezo 2") && swahili.contains("kuanzia KSh 1,000"), "{swahili}");
    let neighbour = world.get(KILIMANI, "/search/suggest?q=ki").await.text();
    assert_eq!(addresses(&neighbour), ["/p/kikoi"], "another merchant's shelf is nobody else's");
}

#[tokio::test]
async fn a_suggestion_may_be_kept_by_anybody_and_is_no_visit() {
    let world = World::new().await;
    let answer = world.get(NJERI, "/search/suggest?q=kikoi").await;
    assert_eq!(answer.header(header::CACHE_CONTROL), "public, max-age=60, stale-while-revalidate=600");
    assert_eq!(answer.header(header::SET_COOKIE), "");
    let again = Request::get("/search/suggest?q=Kikoi!")
        .header(header::HOST, NJERI)
        .header(header::IF_NONE_MATCH, answer.header(header::ETAG));
    let again = world.send(again.body(Body::empty()).expect("a request")).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "the same words, spelt otherwise");
    world.app.platform.recorder.flush().await;
    assert_eq!(world.count("select count(*) from events").await, 0);
}

#[tokio::test]
async fn nothing_is_suggested_that_cannot_be_opened() {
    let world = World::new().await;
    hang_shelf(&world).await;
    let (tenant, store) = (world.njeri.tenant, world.njeri.store);
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{tenant}', '{store}', 'Attic', 'attic'), ('{tenant}', gen_random_uuid(), 'Kikoi for nobody', 'empty');
             update categories set parent_id = '{store}' where tenant_id = '{tenant}' and slug = 'wraps';
             update categories set is_active = false where tenant_id = '{tenant}' and slug = 'attic'"
        ))
        .await;
    let html = world.get(NJERI, "/search/suggest?q=kikoi").await.text();
    assert_eq!(addresses(&html), ["/p/kikoi"], "neither an empty shelf nor one in a closed room: {html}");
    world.sql(&format!("update products set status = 'draft' where tenant_id = '{tenant}'")).await;
    let another = world.another_process();
    let asked = Request::get("/search/suggest?q=kikoi").header(header::HOST, NJERI);
    let answer = world.send_to(&another, asked.body(Body::empty()).expect("a request")).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn anything_may_be_typed_and_too_little_brings_nothing() {
    let world = World::new().await;
    let long = "kikoi+".repeat(300);
    for nothing in ["", "k", "%25_", "%00%01", "%FF", "zzzzqqq", "%27%20%26%20%7C%20%21", "%3Cscript%3E"] {
        let answer = world.get(NJERI, &format!("/search/suggest?q={nothing}")).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, ""), "{nothing}");
    }
    let answer = world.get(NJERI, &format!("/search/suggest?q={long}")).await;
    assert_eq!(addresses(&answer.text()), ["/p/kikoi"], "the first hundred characters count");
    assert_eq!(world.get(NJERI, "/search/suggest").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_saves_data_has_a_plain_box() {
    let world = World::new().await;
    assert!(world.get(NJERI, "/").await.text().contains("data-component=\"SearchBox"));
    let asked = Request::get("/").header(header::HOST, NJERI).header("save-data", "on");
    let light = world.send(asked.body(Body::empty()).expect("a request")).await.text();
    assert!(light.contains("role=\"search\"") && !light.contains("SearchBox"), "{light}");
}
