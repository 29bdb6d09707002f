//! The shop's logo: by content, re-encoded, shown where the shop says who it is, and taken away again.

use crate::{
    merchant::{Member, member},
    samples::{SECRET, gif_bomb, phone_photo, png, see_through, vast_png},
    sending::{form, rows, stored, upload},
    world::{Answer, NJERI, World, field},
};
use duka::kernel::access::Role;
use http::StatusCode;

fn address(world: &World) -> String {
    format!("/dashboard/settings/stores/{}", world.njeri.store)
}

/// By somebody who saw no logo.
async fn send(world: &World, who: &Member<'_>, file: Vec<u8>) -> Answer {
    let path = format!("{}/logo", address(world));
    upload(world, who, &path, "text/html", form("logo", &[("logo.png", file)])).await
}

/// By somebody who saw this one.
async fn send_over(world: &World, who: &Member<'_>, seen: &str, file: Vec<u8>) -> Answer {
    let path = format!("{}/logo", address(world));
    let mut body =
        format!("--cut\r\nContent-Disposition: form-data; name=\"logo_seen\"\r\n\r\n{seen}\r\n").into_bytes();
    body.extend(form("logo", &[("logo.png", file)]));
    upload(world, who, &path, "text/html", body).await
}

#[tokio::test]
async fn a_logo_stands_in_the_header_the_structured_data_and_the_preview() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let before = world.get(NJERI, "/").await.text();
    assert!(!before.contains("header__logo") && !before.contains("og:image"));
    let set = send(&world, &owner, see_through(800, 600)).await;
    let back = format!("{}?saved", address(&world));
    assert_eq!((set.status, set.header("location")), (StatusCode::SEE_OTHER, back.as_str()));
    let url = rows(&world, "select logo_url from stores where logo is not null").await;
    assert_eq!(url.len(), 1);
    let base = url[0].strip_suffix("-512.webp").expect("the largest file");

    let home = world.get(NJERI, "/").await.text();
    let name = home.split_once("class=\"header__name\"").unwrap().1.split_once("</a>").unwrap().0;
    assert!(name.contains(&format!("src=\"{base}-160.webp\"")) && name.contains("Shop mama-njeri"), "{name}");
    assert!(home.contains(&format!("\"logo\":\"http://mama-njeri.localhost:3000{base}-512.webp\"")), "{home}");
    assert!(home.contains(&format!("content=\"http://mama-njeri.localhost:3000{base}-512.webp\"")), "{home}");
    let file = world.get(NJERI, &format!("{base}-512.webp")).await;
    let drawn = image::load_from_memory(&file.bytes).unwrap().into_rgba8();
    assert_eq!(drawn.dimensions(), (512, 384));
    assert_eq!((drawn.get_pixel(20, 100)[3], drawn.get_pixel(500, 100)[3]), (0, 255), "see-through stays so");
    assert!(owner.browser.get(&address(&world)).await.text().contains(&url[0]), "the settings show it");
    let hash = &base[base.len() - 32..];
    let icon = format!("/icons/1-{}/192.png", &hash[..12]);
    assert!(home.contains(&format!("href=\"{icon}\"")), "{home}");
    let drawn = image::load_from_memory(&world.get(NJERI, &icon).await.bytes).unwrap().into_rgb8();
    assert_eq!(drawn.dimensions(), (192, 192));
    assert_eq!(drawn.get_pixel(20, 96).0, [255; 3], "white where the logo is see-through");
    assert_ne!(drawn.get_pixel(170, 96).0, [255; 3]);

    // Twice is once.
    send(&world, &owner, see_through(800, 600)).await;
    assert_eq!(world.count("select count(*) from audit_log where action = 'store_logo_changed'").await, 1);
    assert_eq!(
        world.count("select version::bigint from stores where logo is not null").await,
        1,
        "the form beside it is not touched"
    );

    let path = format!("{}/logo/remove", address(&world));
    for _ in 0..2 {
        assert_eq!(owner.browser.post(&path, &[("logo_seen", url[0].as_str())]).await.status, StatusCode::SEE_OTHER);
    }
    assert!(!world.get(NJERI, "/").await.text().contains("header__logo"));
    assert_eq!(world.count("select count(*) from audit_log where action = 'store_logo_changed'").await, 2);
}

#[tokio::test]
async fn whoever_saw_another_logo_is_shown_the_one_that_is_there_and_changes_nothing() {
    let world = World::new().await;
    let (mut njeri, wanjiku) =
        (member(&world, &world.njeri, Role::Owner).await, member(&world, &world.njeri, Role::Owner).await);
    let logo = "select logo_url from stores where logo is not null";
    assert_eq!(send(&world, &wanjiku, png(300, 300, 1)).await.status, StatusCode::SEE_OTHER);
    let hers = rows(&world, logo).await;

    let met = send(&world, &njeri, png(300, 300, 2)).await;
    assert_eq!(met.status, StatusCode::CONFLICT);
    let page = met.text();
    assert!(page.contains("Somebody changed the logo meanwhile") && page.contains(&hers[0]), "{page}");
    assert_eq!(field(&page, "logo_seen"), hers[0], "the page that comes back knows of hers");
    let removed = format!("{}/logo/remove", address(&world));
    assert_eq!(njeri.browser.post(&removed, &[("logo_seen", "/media/before.webp")]).await.status, StatusCode::CONFLICT);
    assert_eq!(rows(&world, logo).await, hers);

    assert_eq!(send_over(&world, &njeri, &hers[0], png(300, 300, 2)).await.status, StatusCode::SEE_OTHER);
    let mine = rows(&world, logo).await;
    assert_ne!(mine, hers);
    let unknown = njeri.browser.post(&removed, &[("logo_seen", mine[0].as_str()), ("store", "another")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(rows(&world, logo).await, mine);
}

#[tokio::test]
async fn a_wide_logo_says_the_name_itself() {
    let world = World::new().await;
    let owner = member(&world, &world.njeri, Role::Owner).await;
    send(&world, &owner, png(600, 200, 1)).await;
    let home = world.get(NJERI, "/").await.text();
    let name = home.split_once("class=\"header__name\"").unwrap().1.split_once("</a>").unwrap().0;
    assert!(name.contains("alt=\"Shop mama-njeri\"") && !name.ends_with("Shop mama-njeri"), "{name}");
}

#[tokio::test]
async fn a_logo_that_is_no_picture_is_refused_with_its_reason_and_nothing_changes() {
    let world = World::new().await;
    let owner = member(&world, &world.njeri, Role::Owner).await;
    for (file, why) in [
        (b"MZ\x90\0 program".to_vec(), "Logo is not a JPEG, PNG or WebP picture."),
        (gif_bomb(), "Logo is not a JPEG, PNG or WebP picture."),
        (vast_png(), "Logo has more than 40 megapixels."),
        (vec![0; 8 * 1024 * 1024 + 1], "Logo is larger than 8 MB."),
        (png(300, 300, 1)[..80].to_vec(), "Logo cannot be read to the end."),
        (Vec::new(), "Logo is not a JPEG, PNG or WebP picture."),
    ] {
        let answer = send(&world, &owner, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        assert!(answer.text().contains(why), "{why}: {}", answer.text());
    }
    let path = format!("{}/logo", address(&world));
    let none = upload(&world, &owner, &path, "text/html", form("logo", &[("", Vec::new())])).await;
    assert!(none.text().contains("Choose a picture first. Nothing was changed."), "{}", none.text());
    assert_eq!(world.count("select count(*) from stores where logo is not null or logo_url is not null").await, 0);
    assert_eq!(world.count("select count(*) from audit_log").await, 0);
    assert!(stored(&world).is_empty());
}

#[tokio::test]
async fn a_logo_keeps_nothing_of_where_it_was_taken_and_is_only_the_owners_to_change() {
    let world = World::new().await;
    let owner = member(&world, &world.njeri, Role::Owner).await;
    let (staff, neighbour) =
        (member(&world, &world.njeri, Role::Staff).await, member(&world, &world.kilimani, Role::Owner).await);
    assert_eq!(send(&world, &staff, png(90, 90, 1)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(&world, &neighbour, png(90, 90, 1)).await.status, StatusCode::NOT_FOUND);
    assert!(stored(&world).is_empty());
    assert_eq!(send(&world, &owner, phone_photo(640, 480)).await.status, StatusCode::SEE_OTHER);
    for (name, file) in stored(&world) {
        let holds = |words: &[u8]| file.windows(words.len()).any(|window| window == words);
        assert!(!holds(SECRET.as_bytes()) && !holds(b"Exif") && !holds(b"EXIF"), "{name}");
    }
}
