//! The page that says what a visit costs in mobile data: its numbers are those of the shop's own pages.

use crate::world::{KILIMANI, NJERI, World};
use axum::{body::Body, http::Request};
use http::{StatusCode, header};

/// A page's bytes as they travel, in the words of the table.
async fn kilobytes(world: &World, host: &str, path: &str) -> String {
    let asked = Request::get(path).header(header::HOST, host).header(header::ACCEPT_ENCODING, "br");
    let answer = world.send(asked.body(Body::empty()).expect("a request")).await;
    assert_eq!((answer.status, answer.header(header::CONTENT_ENCODING)), (StatusCode::OK, "br"), "{path}");
    let tenths = (answer.bytes.len() + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[tokio::test]
async fn what_a_visit_costs_is_weighed_on_the_shops_own_pages() {
    let world = World::new().await;
    for (host, path) in [(NJERI, "/data"), (NJERI, "/sw/data"), (KILIMANI, "/data")] {
        let page = world.get(host, path).await;
        assert_eq!(page.status, StatusCode::OK);
        let html = page.text();
        let rows: Vec<&str> = html.split("<th scope=\"row\"><a href=\"").skip(1).collect();
        assert!(rows.len() >= 2, "the front page and a product: {html}");
        for row in rows {
            let (address, rest) = row.split_once('"').expect("an address");
            let said = rest.split("<td>").nth(1).expect("a number").split("</td>").next().expect("its end");
            let weighed = kilobytes(&world, host, address).await;
            assert_eq!(said.replace("kB", "").trim(), weighed, "{address}");
        }
    }
    world.app.platform.recorder.flush().await;
    let people = "select count(*) from events where device is distinct from 'bot'";
    assert_eq!(world.count(people).await, 0, "who weighs is no visitor");
}
