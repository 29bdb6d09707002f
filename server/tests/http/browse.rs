//! Pages that everybody sees alike, in both languages.

use crate::world::{KILIMANI, NJERI, PLATFORM, World};
use axum::{body::Body, http::Request};
use http::{StatusCode, header};

#[tokio::test]
async fn a_shop_has_its_pages_in_both_languages() {
    let world = World::new().await;
    for (path, lang) in [
        ("/", "en"),
        ("/sw", "sw"),
        ("/p/kikoi", "en"),
        ("/sw/p/kikoi", "sw"),
        ("/search?q=kikoi", "en"),
        ("/sw/search?q=kikoi", "sw"),
        ("/cart", "en"),
        ("/sw/cart", "sw"),
    ] {
        let answer = world.get(NJERI, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let html = answer.text();
        assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{path} is not in {lang}");
        assert!(html.contains("Shop mama-njeri"), "{path}");
    }
    let home = world.get(NJERI, "/sw").await.text();
    assert!(home.contains("href=\"/sw/p/kikoi\""), "links stay in the language");
    assert!(home.contains("<link rel=\"canonical\" href=\"http://mama-njeri.localhost:3000/sw\""));
}

#[tokio::test]
async fn a_product_shows_price_choice_and_what_is_left() {
    let world = World::new().await;
    world.sql(&format!("update product_variants set stock_quantity = 3 where id = '{}'; update product_variants set stock_quantity = 0 where id = '{}'", world.njeri.variants[0], world.njeri.variants[1])).await;
    let html = world.get(NJERI, "/p/kikoi").await.text();
    assert!(html.contains("KSh 1,000") && html.contains("KSh 1,500"), "{html}");
    assert!(html.contains("Only 3 left"), "{html}");
    let second = world.get(NJERI, &format!("/p/kikoi?variant={}", world.njeri.variants[1])).await;
    assert_eq!(second.status, StatusCode::OK);
    assert!(
        second.text().contains("<link rel=\"canonical\" href=\"http://mama-njeri.localhost:3000/p/kikoi\""),
        "one product has one address"
    );
}

#[tokio::test]
async fn a_category_is_sorted_narrowed_and_paged_by_its_address() {
    let world = World::new().await;
    let (tenant, store) = (world.njeri.tenant, world.njeri.store);
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{tenant}', '{tenant}', 'Cloth', 'cloth');
             insert into products (tenant_id, id, store_id, name, slug, status, category_id, created_at)
             select '{tenant}', md5('p' || n)::uuid, '{store}', 'Cloth ' || lpad(n::text, 2, '0'), 'cloth-' || n, 'active', '{tenant}', now() - n * interval '1 minute'
             from generate_series(1, 30) n;
             insert into product_variants (tenant_id, product_id, price_cents, stock_quantity)
             select '{tenant}', md5('p' || n)::uuid, n * 10000, n % 2 from generate_series(1, 30) n"
        ))
        .await;
    let names = |html: &str| -> Vec<String> {
        html.match_indices("href=\"/p/cloth-")
            .map(|(at, found)| html[at + found.len()..].split('"').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    let first = world.get(NJERI, "/c/cloth").await.text();
    assert!(first.contains("30 products"), "{first}");
    let mut seen = names(&first);
    seen.dedup();
    assert_eq!((seen.len(), seen.first().map(String::as_str)), (24, Some("1")));
    let mut second = names(&world.get(NJERI, "/c/cloth?page=2").await.text());
    second.dedup();
    assert_eq!(second, ["25", "26", "27", "28", "29", "30"]);
    let mut dearest = names(&world.get(NJERI, "/c/cloth?sort=price_down&in_stock=1&max=2000&min=1500").await.text());
    dearest.dedup();
    assert_eq!(dearest, ["19", "17", "15"]);
    for odd in [
        "/c/cloth?page=0",
        "/c/cloth?page=abc&sort=nonsense&min=-1",
        "/c/cloth?page=99999999999",
        "/c/cloth?page=1&page=2",
    ] {
        assert_eq!(world.get(NJERI, odd).await.status, StatusCode::OK, "{odd}");
    }
}

#[tokio::test]
async fn search_finds_words_and_parts_of_names_and_survives_anything_typed() {
    let world = World::new().await;
    for found in ["kikoi", "KIKOI", "kik"] {
        assert!(world.get(NJERI, &format!("/search?q={found}")).await.text().contains("href=\"/p/kikoi\""), "{found}");
    }
    for nothing in [
        "",
        "%25",
        "_",
        "'%3B+drop+table+products%3B--",
        "%00",
        "%F0%9F%A7%BA",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        &"x".repeat(5000),
    ] {
        let answer = world.get(NJERI, &format!("/search?q={nothing}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{nothing}");
        let text = answer.text();
        // Below stands what else there is.
        let found = text.split("In the shop now").next().unwrap_or_default();
        assert!(!found.contains("href=\"/p/kikoi\"") && !text.contains("<script>alert"), "{nothing}");
    }
}

#[tokio::test]
async fn the_address_of_a_form_that_is_only_looked_at_leads_to_its_page() {
    let world = World::new().await;
    for (form, page) in [
        ("/cart/items", "/cart"),
        ("/cart/code/remove", "/cart/code"),
        ("/cart/code", "/cart"),
        ("/sw/cart/link", "/sw/cart"),
        ("/light", "/"),
        ("/sw/light", "/sw"),
        ("/account/own/erase", "/account/own"),
        ("/orders/ab12/pay", "/orders/ab12"),
    ] {
        let moved = world.get(NJERI, form).await;
        assert_eq!((moved.status, moved.header("location")), (StatusCode::SEE_OTHER, page), "{form}");
    }
    let editor = "/dashboard/pages/01935f0e-7a1c-7000-8000-3f9a00000001";
    let moved = world.get(PLATFORM, &format!("{editor}/preview")).await;
    assert_eq!((moved.status, moved.header("location")), (StatusCode::SEE_OTHER, editor));
    assert_eq!(world.get(PLATFORM, "/sign-out").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn who_has_not_asked_yet_is_told_how_and_not_that_nothing_was_found() {
    let world = World::new().await;
    let text = world.get(NJERI, "/search").await.text();
    assert!(text.contains("Type it above, in English or in Swahili") && !text.contains("one word less"), "{text}");
    assert!(world.get(NJERI, "/search?q=nothinglikeit").await.text().contains("Try one word less"));
}

#[tokio::test]
async fn an_address_that_the_shop_does_not_have_is_404_in_its_dress() {
    let world = World::new().await;
    world.sql(&format!("insert into products (tenant_id, store_id, name, slug, status) values ('{}', '{}', 'Secret', 'secret', 'draft')", world.njeri.tenant, world.njeri.store)).await;
    for path in [
        "/nothing",
        "/p/nothing",
        "/p/secret",
        "/c/nothing",
        "/orders/abc",
        "/orders/0000000000000000000000000000000000000000000000000000000000000000",
        "/sw/nothing",
        "/p/a/b",
    ] {
        let answer = world.get(NJERI, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains("Shop mama-njeri"), "{path}");
        assert_eq!(answer.header("cache-control"), "private, no-store", "{path}");
    }
}

#[tokio::test]
async fn machines_find_robots_sitemap_and_manifest_of_this_shop() {
    let world = World::new().await;
    let robots = world.get(NJERI, "/robots.txt").await.text();
    assert!(
        robots.contains("Disallow: /checkout\n")
            && robots.contains("Sitemap: http://mama-njeri.localhost:3000/sitemap.xml"),
        "{robots}"
    );
    let sitemap = world.get(KILIMANI, "/sitemaps/1.xml").await.text();
    assert!(
        sitemap.contains("<loc>http://kilimani.localhost:3000/p/kikoi</loc>")
            && sitemap.contains("<loc>http://kilimani.localhost:3000/sw/p/kikoi</loc>"),
        "{sitemap}"
    );
    assert!(!sitemap.contains("mama-njeri"));
    let manifest = world.get(NJERI, "/manifest.webmanifest").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json; charset=utf-8");
    assert!(manifest.text().contains("\"name\":\"Shop mama-njeri\""));
    assert!(manifest.text().contains("\"lang\":\"en\"") && manifest.text().contains("\"start_url\":\"/\""));
    let swahili = world.get(NJERI, "/sw/manifest.webmanifest").await.text();
    assert!(swahili.contains("\"lang\":\"sw\"") && swahili.contains("\"start_url\":\"/sw\""), "{swahili}");
    let icon = world.get(NJERI, "/icon.svg").await;
    assert_eq!(icon.header("content-type"), "image/svg+xml; charset=utf-8");
    assert!(icon.text().contains(">S</text>"), "the first letter of the name: {}", icon.text());
}

/// Sizes, purposes and addresses that a manifest names.
async fn icons(world: &World, path: &str) -> Vec<[String; 3]> {
    let manifest: serde_json::Value = serde_json::from_slice(&world.get(NJERI, path).await.bytes).expect("a manifest");
    let told = |icon: &serde_json::Value, name: &str| icon[name].as_str().expect("a text").to_owned();
    let icons = manifest["icons"].as_array().expect("icons");
    icons.iter().map(|icon| ["sizes", "purpose", "src"].map(|name| told(icon, name))).collect()
}

#[tokio::test]
async fn a_home_screen_gets_the_first_letter_in_the_shops_colour_and_may_keep_it_for_ever() {
    let world = World::new().await;
    let said = icons(&world, "/sw/manifest.webmanifest").await;
    let wanted = [("192x192", "any", "192"), ("512x512", "any", "512"), ("512x512", "maskable", "mask")];
    assert_eq!(
        said,
        wanted.map(
            |(sizes, purpose, file)| [sizes, purpose, &format!("/icons/1-14532d-53/{file}.png")].map(str::to_owned)
        )
    );
    for [sizes, _, address] in &said {
        let icon = world.get(NJERI, address).await;
        assert_eq!((icon.status, icon.header("content-type")), (StatusCode::OK, "image/png"), "{address}");
        assert_eq!(icon.header("cache-control"), "public, max-age=31536000, immutable");
        let drawn = image::load_from_memory(&icon.bytes).expect("a png").into_rgb8();
        assert_eq!(&format!("{}x{}", drawn.width(), drawn.height()), sizes);
        assert_eq!(drawn.get_pixel(0, 0).0, [0x14, 0x53, 0x2d]);
        let white = drawn.pixels().filter(|pixel| pixel.0 == [255; 3]).count();
        let share = white * 100 / drawn.pixels().len();
        assert!((2..15).contains(&share), "a letter covers {share} percent");
    }
    let first = &said[0][2];
    let etag = world.get(NJERI, first).await.header(header::ETAG).to_owned();
    let again = Request::get(first.as_str()).header(header::HOST, NJERI).header(header::IF_NONE_MATCH, etag);
    let again = world.send(again.body(Body::empty()).expect("a request")).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let head = world.get(NJERI, "/").await.text();
    assert!(head.contains(&format!("<link rel=\"apple-touch-icon\" href=\"{first}\"")), "{head}");

    for former in ["/icons/1-b4532a-53/192.png", "/icons/x/192.png"] {
        let moved = world.get(NJERI, former).await;
        assert_eq!((moved.status, moved.header("location")), (StatusCode::SEE_OTHER, first.as_str()), "{former}");
    }
    assert_eq!(world.get(NJERI, "/icons/1-14532d-53/193.png").await.status, StatusCode::NOT_FOUND);
    world.sql(&format!("update stores set theme_color = '#b4532a' where id = '{}'", world.njeri.store)).await;
    assert_eq!(icons(&world, "/manifest.webmanifest").await[0][2], "/icons/1-b4532a-53/192.png");
    assert_eq!(world.get(NJERI, "/icons/1-b4532a-53/192.png").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_page_for_no_connection_carries_three_sentences_in_the_shops_language() {
    let world = World::new().await;
    for (path, sentences) in [
        ("/offline", ["from your last visit", "is kept and is made", "Nothing is ordered or paid by itself"]),
        ("/sw/offline", ["mara ya mwisho", "limehifadhiwa", "Hakuna kinachoagizwa"]),
    ] {
        let page = world.get(NJERI, path).await;
        assert_eq!(page.status, StatusCode::OK);
        let html = page.text();
        // As public/worker.js takes them out.
        let notices: Vec<&str> = html
            .split("<p ")
            .skip(1)
            .filter(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("\"notice\"")))
            .filter_map(|rest| rest.split("</p>").next())
            .collect();
        assert_eq!(notices.len(), 3, "{html}");
        for (notice, sentence) in notices.iter().zip(sentences) {
            assert!(notice.contains(sentence), "{notice}");
        }
        let is_drawn_anew: Vec<bool> = notices.iter().map(|notice| notice.contains("data-offline")).collect();
        assert_eq!(is_drawn_anew, [true, true, false], "what somebody typed stays");
        // The loader draws a page with such a sentence anew, on a page that is a shop's.
        assert!(html.contains("/islands.js\"") && html.contains("rel=\"manifest\""), "{html}");
    }
}
