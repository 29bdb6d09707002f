//! What a file is, whatever it says it is; and what is left of it when it is stored.

use crate::{
    samples::{SECRET, gif_bomb, jpeg, phone_photo, png, vast_png},
    sending::{add, add_awake, count, rows, staff, stored},
    world::World,
};
use http::StatusCode;

fn contains(file: &[u8], words: &[u8]) -> bool {
    file.windows(words.len()).any(|window| window == words)
}

#[tokio::test]
async fn a_file_that_is_no_good_picture_is_refused_with_its_reason_and_leaves_nothing() {
    let world = World::new().await;
    let who = staff(&world).await;
    let whole = jpeg(800, 600, 1);
    let no_picture = "is not a JPEG, PNG or WebP picture.";
    for (name, file, why) in [
        ("program.png", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec(), no_picture),
        ("page.png", b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), no_picture),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(), no_picture),
        ("bomb.png", gif_bomb(), no_picture),
        ("vast.png", vast_png(), "has more than 40 megapixels. Send it smaller."),
        ("long.png", png(12_001, 1, 1), "has more than 40 megapixels. Send it smaller."),
        ("cut.jpg", whole[..whole.len() / 2].to_vec(), "cannot be read to the end. Take or save it again."),
        ("head.jpg", whole[..20].to_vec(), "cannot be read to the end. Take or save it again."),
        ("cut.png", png(300, 300, 1)[..60].to_vec(), "cannot be read to the end. Take or save it again."),
        ("text.jpg", b"\xff\xd8\xff just a beginning".to_vec(), "cannot be read to the end. Take or save it again."),
    ] {
        let told = add_awake(&world, &who, name, file).await;
        assert_eq!(told, format!(r#"{{"refused":["{name} {why}"],"taken":0}}"#), "{name}");
    }
    assert_eq!((count(&world).await, stored(&world).len()), (0, 0));
    assert_eq!(world.count("select count(*) from audit_log").await, 0);
}

#[tokio::test]
async fn a_phones_photo_is_upright_and_says_nothing_of_where_it_was_taken() {
    let world = World::new().await;
    let who = staff(&world).await;
    let photo = phone_photo(800, 600);
    assert!(contains(&photo, SECRET.as_bytes()) && contains(&photo, b"Exif"), "the sample has it");
    assert_eq!(add(&world, &who, &[("IMG_20260811.jpg", photo)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        rows(&world, "select concat_ws(' ', width, height, widths::text) from product_images").await,
        ["600 800 {360,540}"]
    );
    let files = stored(&world);
    assert_eq!(files.len(), 3, "two widths and their card");
    for (name, file) in &files {
        for left in [SECRET.as_bytes(), b"Kariokor", b"Exif", b"EXIF", b"36.8219"] {
            assert!(!contains(file, left), "{name} still holds {:?}", String::from_utf8_lossy(left));
        }
    }
    let (_, webp) = files.iter().find(|(name, _)| name.ends_with("-360.webp")).unwrap();
    let drawn = image::load_from_memory(webp).unwrap().into_rgb8();
    assert_eq!(drawn.dimensions(), (360, 480));
    // What lay at the left is at the top now.
    let (top, bottom) = (drawn.get_pixel(180, 60), drawn.get_pixel(180, 420));
    assert!(top[0] > 150 && top[2] < 60 && bottom[2] > 150 && bottom[0] < 60, "{top:?} {bottom:?}");
}

#[tokio::test]
async fn what_hangs_on_behind_a_picture_is_not_kept() {
    let world = World::new().await;
    let who = staff(&world).await;
    let mut file = png(400, 400, 1);
    file.extend(b"<?php system($_GET['c']); ?>PK\x03\x04 an archive");
    assert_eq!(add(&world, &who, &[("both.png", file)]).await.status, StatusCode::SEE_OTHER);
    for (name, file) in stored(&world) {
        assert!(!contains(&file, b"<?php") && !contains(&file, b"PK\x03\x04"), "{name}");
    }
    let base = rows(&world, "select url from product_images").await;
    let shown = world.get(crate::world::NJERI, &format!("{}-360.webp", base[0])).await;
    assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/webp"));
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
}
