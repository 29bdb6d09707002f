//! Many pictures at once, one after the other, twice, too many, and what is refused among them.

use crate::{
    merchant::member,
    samples::{gif_bomb, jpeg, png},
    sending::{add, add_awake, address, count, form, rows, staff, stored, upload},
    world::{NJERI, World},
};
use duka::kernel::access::Role;
use http::StatusCode;

#[tokio::test]
async fn several_pictures_of_one_form_hang_in_the_order_they_came() {
    let world = World::new().await;
    let mut who = staff(&world).await;
    let files = [("a.png", png(900, 600, 1)), ("b.jpg", jpeg(400, 500, 2)), ("c.png", png(50, 50, 3))];
    let added = add(&world, &who, &files).await;
    assert_eq!(
        (added.status, added.header("location")),
        (StatusCode::SEE_OTHER, format!("{}?saved", address(&world)).as_str())
    );
    let hung = rows(
        &world,
        "select concat_ws(' ', position, width, height, widths::text) from product_images order by position",
    )
    .await;
    assert_eq!(hung, ["0 900 600 {360,540,720}", "1 400 500 {360}", "2 50 50 {50}"]);
    assert_eq!(world.count("select count(*) from audit_log where action = 'picture_hung'").await, 3);
    let page = who.browser.get(&address(&world)).await.text();
    assert!(page.contains("Kikoi") && page.matches("class=\"card shot\"").count() == 3, "{page}");
    assert!(page.contains(&format!("href=\"/dashboard/products/{}\"", world.njeri.product)), "the way back");
    assert!(page.contains("data-signed-out=\"was not taken: you are signed out."), "what a script says then: {page}");
    assert!(page.contains("<h1>Kikoi</h1>") && page.contains("/variants\""), "and to the other parts: {page}");
    let shop = world.get(NJERI, "/p/kikoi").await.text();
    assert!(shop.matches("/media/").count() > 2, "the shop shows them");
}

#[tokio::test]
async fn the_good_ones_are_taken_and_each_bad_one_is_named_with_its_reason() {
    let world = World::new().await;
    let who = staff(&world).await;
    let files = [
        ("kikoi.png", png(100, 100, 1)),
        ("setup.exe", b"MZ\x90\0\x03\0\0\0 this program cannot be run in DOS mode".to_vec()),
        ("dance.gif", gif_bomb()),
        ("nothing.jpg", Vec::new()),
        ("heavy.png", vec![0x89; 8 * 1024 * 1024 + 1]),
        ("blue.png", png(100, 100, 2)),
    ];
    let answer = add(&world, &who, &files).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    for said in [
        "2 pictures were added. Not added:",
        "setup.exe is not a JPEG, PNG or WebP picture.",
        "dance.gif is not a JPEG, PNG or WebP picture.",
        "nothing.jpg is not a JPEG, PNG or WebP picture.",
        "heavy.png is larger than 8 MB. Send it smaller.",
    ] {
        assert!(page.contains(said), "it does not say {said:?}: {page}");
    }
    assert_eq!(count(&world).await, 2);
    // Each picture is a file of one width and its card.
    assert_eq!(stored(&world).len(), 4);
}

#[tokio::test]
async fn the_same_picture_twice_is_one_and_another_order_changes_nothing() {
    let world = World::new().await;
    let who = staff(&world).await;
    let (a, b) = (png(100, 100, 1), png(100, 100, 2));
    let twice = [("a.png", a.clone()), ("b.png", b.clone()), ("copy of a.png", a.clone())];
    assert_eq!(add(&world, &who, &twice).await.status, StatusCode::SEE_OTHER);
    let before = rows(&world, "select id::text from product_images order by position").await;
    assert_eq!(before.len(), 2);
    assert_eq!(add(&world, &who, &[("b.png", b), ("a.png", a)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(rows(&world, "select id::text from product_images order by position").await, before);
    assert_eq!(world.count("select count(*) from audit_log where action = 'picture_hung'").await, 2);
}

#[tokio::test]
async fn the_same_picture_sent_by_two_at_once_is_one() {
    let world = World::new().await;
    let (who, other) = (staff(&world).await, staff(&world).await);
    let file = [("a.png", png(100, 100, 1))];
    let (first, second) = tokio::join!(add(&world, &who, &file), add(&world, &other, &file));
    assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(count(&world).await, 1);
}

#[tokio::test]
async fn a_script_sends_one_file_and_reads_what_a_page_would_say() {
    let world = World::new().await;
    let who = staff(&world).await;
    assert_eq!(add_awake(&world, &who, "a.png", png(100, 100, 1)).await, r#"{"refused":[],"taken":1}"#);
    assert_eq!(
        add_awake(&world, &who, "notes.txt", b"hello".to_vec()).await,
        r#"{"refused":["notes.txt is not a JPEG, PNG or WebP picture."],"taken":0}"#
    );
    assert_eq!(count(&world).await, 1);
}

#[tokio::test]
async fn a_product_has_twenty_pictures_and_the_next_ones_are_named() {
    let world = World::new().await;
    let who = staff(&world).await;
    let names: Vec<String> = (1..=22).map(|nth| format!("{nth}.png")).collect();
    let files: Vec<_> = names.iter().zip(1u8..).map(|(name, seed)| (name.as_str(), png(40, 40, seed))).collect();
    let answer = add(&world, &who, &files).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("20 pictures were added. Not added:"), "{page}");
    for name in ["21.png", "22.png"] {
        assert!(page.contains(&format!("{name} has no room: a product has 20 pictures at most.")), "{page}");
    }
    assert!(!page.contains("type=\"file\""), "there is nothing to choose for");
    assert_eq!(count(&world).await, 20);
    let told = add_awake(&world, &who, "23.png", png(40, 40, 99)).await;
    assert!(told.contains("has no room"), "{told}");
    assert_eq!(count(&world).await, 20);
}

#[tokio::test]
async fn a_form_without_a_file_or_with_something_else_changes_nothing() {
    let world = World::new().await;
    let who = staff(&world).await;
    let nothing = add(&world, &who, &[("", Vec::new())]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("Choose at least one picture first."), "{}", nothing.text());
    let path = address(&world);
    let other = upload(&world, &who, &path, "text/html", form("picture", &[("a.png", png(9, 9, 1))])).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let cut =
        upload(&world, &who, &path, "text/html", form("pictures", &[("a.png", png(9, 9, 1))])[..150].to_vec()).await;
    assert_eq!(cut.status, StatusCode::UNPROCESSABLE_ENTITY);
    let vast = upload(&world, &who, &path, "text/html", vec![b'x'; 161 * 1024 * 1024]).await;
    assert_eq!(vast.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!((count(&world).await, stored(&world).len()), (0, 0));
}

#[tokio::test]
async fn nobody_hangs_a_picture_on_goods_that_are_not_theirs() {
    let world = World::new().await;
    let neighbour = member(&world, &world.kilimani, Role::Owner).await;
    let viewer = member(&world, &world.njeri, Role::Viewer).await;
    let file = [("a.png", png(100, 100, 1))];
    assert_eq!(add(&world, &neighbour, &file).await.status, StatusCode::NOT_FOUND);
    assert_eq!(add(&world, &viewer, &file).await.status, StatusCode::FORBIDDEN);
    assert_eq!((count(&world).await, stored(&world).len()), (0, 0));
}
