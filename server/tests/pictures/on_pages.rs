//! Pictures of a page or post: brought with their words, named by its text, seen in the shop, and taken away.

use crate::{
    merchant::{Member, member},
    samples::{SECRET, gif_bomb, jpeg, phone_photo, png},
    sending::{Sent, form, rows, staff, stored, upload},
    world::{NJERI, World},
};
use axum::{body::Body, http::Request};
use duka::kernel::access::Role;
use http::{StatusCode, header};

const PAGE: &str = "0193a000-0000-7000-8000-00000000b106";

/// A post that is read, as if it had been written in the dashboard.
async fn post(world: &World, body: &str) {
    world
        .sql(&format!(
            "insert into seo_pages (tenant_id, id, slug, type, title, body, body_source, published_at)
             values ('{}', '{PAGE}', 'sisal', 'blog', 'Sisal', '{body}', '![](picture:1)', now() - interval '1 hour')",
            world.njeri.tenant
        ))
        .await;
}

fn address() -> String {
    format!("/dashboard/pages/{PAGE}/pictures")
}

/// The form with what the picture shows before the picture.
fn filled(words: &str, files: &[Sent<'_>]) -> Vec<u8> {
    let mut body = format!("--cut\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n{words}\r\n").into_bytes();
    body.extend(form("picture", files));
    body
}

async fn bring(world: &World, who: &Member<'_>, words: &str, file: Vec<u8>) -> StatusCode {
    upload(world, who, &address(), "text/html", filled(words, &[("a.png", file)])).await.status
}

#[tokio::test]
async fn a_picture_of_a_post_is_seen_where_its_text_names_it() {
    let world = World::new().await;
    let mut who = staff(&world).await;
    post(&world, "<p>Woven</p><p><img src=\"picture:2\" alt=\"\"></p><p><img src=\"picture:1\" alt=\"By hand\"></p>")
        .await;
    let before = world.get(NJERI, "/blog/sisal").await.text();
    assert!(!before.contains("<img") && !before.contains("picture:") && !before.contains("og:image"), "{before}");

    let added =
        upload(&world, &who, &address(), "text/html", filled("A kiondo", &[("a.jpg", jpeg(900, 600, 1))])).await;
    assert_eq!(
        (added.status, added.header("location")),
        (StatusCode::SEE_OTHER, format!("/dashboard/pages/{PAGE}#pictures").as_str())
    );
    assert_eq!(bring(&world, &who, "Sisal \"rope\"", png(400, 500, 2)).await, StatusCode::SEE_OTHER);
    assert_eq!(
        rows(
            &world,
            "select concat_ws(' ', number, alt_text, width, height, widths) from page_pictures order by number"
        )
        .await,
        ["1 A kiondo 900 600 {360,540,720}", "2 Sisal \"rope\" 400 500 {360}"]
    );
    let editor = who.browser.get(&format!("/dashboard/pages/{PAGE}")).await.text();
    assert!(editor.contains("value=\"![A kiondo](picture:1)\""), "{editor}");

    let keys = rows(&world, "select media_key from page_pictures order by number").await;
    let shown = world.get(NJERI, "/blog/sisal").await.text();
    for part in [
        format!("src=\"/{}-360.webp\"", keys[1]),
        "alt=\"Sisal &quot;rope&quot;\"".to_owned(),
        format!("srcset=\"/{0}-360.webp 360w, /{0}-540.webp 540w, /{0}-720.webp 720w\"", keys[0]),
        "width=\"900\" height=\"600\" alt=\"By hand\" loading=\"lazy\"".to_owned(),
        format!("/{}-360.webp\"],\"datePublished\"", keys[1]),
    ] {
        assert!(shown.contains(&part), "{part} is missing: {shown}");
    }
    let preview = shown.split('<').find(|tag| tag.contains("og:image")).unwrap_or_default();
    assert!(preview.contains(&keys[1]), "the first in the text: {shown}");
    let asked = Request::get("/blog/sisal").header(header::HOST, NJERI).header("save-data", "on");
    let light = world.send(asked.body(Body::empty()).unwrap()).await.text();
    assert!(!light.contains("<img") && light.contains("data-tap=\"By hand\""), "{light}");

    // Taken away, its number is nobody's again.
    let id = rows(&world, "select id::text from page_pictures where number = 2").await;
    let removed = who.browser.post(&format!("{}/{}/remove", address(), id[0]), &[]).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER);
    assert!(!world.get(NJERI, "/blog/sisal").await.text().contains(&keys[1]));
    assert_eq!(bring(&world, &who, "Another", png(60, 60, 3)).await, StatusCode::SEE_OTHER);
    assert_eq!(rows(&world, "select number::text from page_pictures order by number").await, ["1", "3"]);
    assert_eq!(
        rows(&world, "select action from audit_log where action like 'page_picture%' order by created_at, id").await,
        ["page_picture_added", "page_picture_added", "page_picture_removed", "page_picture_added"]
    );
}

#[tokio::test]
async fn what_is_no_picture_or_has_no_words_is_refused_with_its_reason_and_leaves_nothing() {
    let world = World::new().await;
    let who = staff(&world).await;
    post(&world, "<p>Woven</p>").await;
    let words = "needs words first: say what it shows, in at most 250 letters, and choose it again.";
    let long = "x".repeat(251);
    for (said, file, why) in [
        ("A kiondo", gif_bomb(), "is not a JPEG, PNG or WebP picture."),
        ("A kiondo", b"MZ a program".to_vec(), "is not a JPEG, PNG or WebP picture."),
        ("A kiondo", vec![0; 8 * 1024 * 1024 + 1], "is larger than 8 MB. Send it smaller."),
        ("", png(60, 60, 1), words),
        (long.as_str(), png(60, 60, 1), words),
    ] {
        let told = upload(&world, &who, &address(), "application/json", filled(said, &[("a.png", file)])).await.text();
        assert_eq!(told, format!(r#"{{"refused":["a.png {why}"],"taken":0}}"#));
    }
    let plain = upload(&world, &who, &address(), "text/html", filled("A kiondo", &[("a.png", gif_bomb())])).await;
    let page = plain.text();
    assert_eq!(plain.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("a.png is not a JPEG") && page.contains("value=\"A kiondo\""), "{page}");
    assert_eq!((world.count("select count(*) from page_pictures").await, stored(&world).len()), (0, 0));
    assert_eq!(world.count("select newest_picture::bigint from seo_pages").await, 0);
}

#[tokio::test]
async fn a_phones_photo_on_a_page_says_nothing_of_where_it_was_taken() {
    let world = World::new().await;
    let who = staff(&world).await;
    post(&world, "<p>Woven</p>").await;
    assert_eq!(bring(&world, &who, "Kariokor", phone_photo(800, 600)).await, StatusCode::SEE_OTHER);
    for (name, file) in stored(&world) {
        for left in [SECRET.as_bytes(), b"Exif", b"EXIF"] {
            assert!(!file.windows(left.len()).any(|window| window == left), "{name}");
        }
    }
    assert_eq!(bring(&world, &who, "Kariokor", phone_photo(800, 600)).await, StatusCode::SEE_OTHER, "sent twice");
    let again = filled("The same again", &[("a.jpg", phone_photo(800, 600))]);
    let told = upload(&world, &who, &address(), "application/json", again).await.text();
    let why = "is on this page already, in other words. To change them, take it away first.";
    assert_eq!(told, format!(r#"{{"refused":["a.jpg {why}"],"taken":0}}"#));
    assert_eq!(rows(&world, "select alt_text from page_pictures").await, ["Kariokor"]);
}

#[tokio::test]
async fn nobody_else_brings_pictures_to_a_page_or_takes_them_away() {
    let world = World::new().await;
    let who = staff(&world).await;
    post(&world, "<p>Woven</p>").await;
    assert_eq!(bring(&world, &who, "A kiondo", png(60, 60, 1)).await, StatusCode::SEE_OTHER);
    let id = rows(&world, "select id::text from page_pictures").await;
    let remove = format!("{}/{}/remove", address(), id[0]);
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    for (other, status) in [(&mut viewer, StatusCode::FORBIDDEN), (&mut neighbour, StatusCode::NOT_FOUND)] {
        assert_eq!(bring(&world, other, "Mine", png(70, 70, 2)).await, status);
        assert_eq!(other.browser.post(&remove, &[]).await.status, status);
    }
    assert_eq!(rows(&world, "select alt_text from page_pictures").await, ["A kiondo"]);
}

#[tokio::test]
async fn a_page_with_all_its_pictures_says_so() {
    let world = World::new().await;
    let mut who = staff(&world).await;
    post(&world, "<p>Woven</p>").await;
    world
        .sql(&format!(
            "insert into page_pictures (tenant_id, page_id, number, alt_text, media_key, width, height)
             select '{}', '{PAGE}', n, 'x', 'media/' || n, 1, 1 from generate_series(1, 30) n",
            world.njeri.tenant
        ))
        .await;
    let body = filled("One more", &[("a.png", png(60, 60, 1))]);
    let told = upload(&world, &who, &address(), "application/json", body).await.text();
    assert_eq!(told, r#"{"refused":["a.png has no room: a page has 30 pictures at most."],"taken":0}"#);
    let page = who.browser.get(&format!("/dashboard/pages/{PAGE}")).await.text();
    assert!(page.contains("This page has all the 30 pictures it can have."), "{page}");
}
