//! Lists that are narrowed, searches that find nothing, and addresses that are nearly right.

use crate::world::{NJERI, World};
use duka::catalog::search_text;
use http::StatusCode;

/// Six products from KSh 300 to 1,800 in sizes S and M: the odd ones have S, the first three have M.
async fn shelf(world: &World) {
    let (tenant, store) = (world.njeri.tenant, world.njeri.store);
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{tenant}', '{tenant}', 'Cloth', 'cloth');
             insert into products (tenant_id, id, store_id, name, slug, status, category_id, brand, option_names, created_at)
             select '{tenant}', md5('n' || n)::uuid, '{store}', 'Shuka ' || n, 'shuka-' || n, 'active', '{tenant}',
                    case when n <= 4 then 'Pwani' else 'Lamu & sons' end, '{{Size}}', now() - n * interval '1 minute'
             from generate_series(1, 6) n;
             insert into product_variants (tenant_id, product_id, price_cents, stock_quantity, attributes, position)
             select '{tenant}'::uuid, md5('n' || n)::uuid, n * 30000, n % 2, '{{\"Size\": \"S\"}}'::jsonb, 0 from generate_series(1, 6) n
             union all
             select '{tenant}'::uuid, md5('n' || n)::uuid, n * 30000, (n <= 3)::int, '{{\"Size\": \"M\"}}'::jsonb, 1 from generate_series(1, 6) n"
        ))
        .await;
    search_text::renew_missing(&world.njeri.ctx).await.expect("they can be found");
}

impl World {
    async fn page(&self, path: &str) -> String {
        let answer = self.get(NJERI, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.text()
    }
}

/// The numbers of the products that a page links to, in order.
fn shown(html: &str) -> Vec<String> {
    let mut numbers: Vec<String> = html
        .match_indices("href=\"/p/shuka-")
        .map(|(at, found)| html[at + found.len()..].split('"').next().unwrap_or_default().to_owned())
        .collect();
    numbers.dedup();
    numbers
}

#[track_caller]
fn says(html: &str, all: &[&str]) {
    for one in all {
        assert!(html.contains(one), "{one} is not in {html}");
    }
}

#[tokio::test]
async fn a_list_says_how_many_each_choice_would_leave_given_the_others() {
    let world = World::new().await;
    shelf(&world).await;
    let all = world.page("/c/cloth").await;
    assert_eq!(shown(&all), ["1", "2", "3", "4", "5", "6"]);
    says(&all, &["6 products", "In stock only (4)", "Pwani (4)", "Lamu &amp; sons (2)", ">S (6)<", ">M (6)<"]);
    says(&all, &["KSh 200 to KSh 499 (1)", "KSh 500 to KSh 999 (2)", "KSh 1,000 to KSh 2,499 (3)"]);

    let lamu = world.page("/c/cloth?brand=Lamu+%26+sons").await;
    assert_eq!(shown(&lamu), ["5", "6"]);
    says(&lamu, &["2 products", "In stock only (1)", "Pwani (4)", "Lamu &amp; sons (2)", ">S (2)<"]);

    // In stock means the size that is asked for.
    let medium = world.page("/c/cloth?option=Size:M&in_stock=1").await;
    assert_eq!(shown(&medium), ["1", "2", "3"]);
    says(&medium, &["3 products", ">S (3)<", ">M (3)<"]);
    assert!(!medium.contains("Lamu"), "one brand is no choice: {medium}");

    let much = "/c/cloth?option=Size%3AS&in_stock=1&brand=Pwani&brand=Lamu%20%26%20sons&max=1000&sort=price_down";
    assert_eq!(shown(&world.page(much).await), ["3", "1"]);
    let both = world.page("/c/cloth?option=Size%3AS&option=Size%3AM&min=900&max=600").await;
    assert_eq!(shown(&both), ["2", "3"], "a price from and to are the same turned round");
    let none = world.page("/c/cloth?option=Size%3AXL").await;
    says(&none, &["Nothing matches", "0 products", ">XL (0)<", ">S (6)<"]);
}

#[tokio::test]
async fn a_shelf_with_nothing_on_it_says_so_and_offers_nothing_to_narrow() {
    let world = World::new().await;
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{tenant}', '{tenant}', 'Cloth', 'cloth')"
        ))
        .await;
    for (path, words, home) in [
        ("/c/cloth", "Nothing stands on this shelf yet.", "<a href=\"/\" class=\"button\""),
        ("/sw/c/cloth", "Bado hakuna bidhaa kwenye rafu hii.", "<a href=\"/sw\" class=\"button\""),
    ] {
        let page = world.page(path).await;
        says(&page, &[words, home]);
        assert!(!page.contains("Nothing matches") && !page.contains("Sort and filter"), "{path}: {page}");
    }
    says(&world.page("/c/cloth?in_stock=1").await, &["Nothing matches", "Show all"]);
}

#[tokio::test]
async fn what_is_chosen_is_taken_away_by_links_and_leads_search_engines_to_the_whole_list() {
    let world = World::new().await;
    shelf(&world).await;
    let page = world.page("/c/cloth?sort=newest&min=&max=&in_stock=1&brand=Lamu+%26+sons&option=Size%3AS").await;
    says(
        &page,
        &[
            "href=\"/c/cloth?in_stock=1&amp;option=Size%3AS\"",
            "aria-label=\"Remove Lamu &amp; sons\"",
            "href=\"/c/cloth?brand=Lamu%20%26%20sons&amp;option=Size%3AS\"",
            "href=\"/c/cloth?in_stock=1&amp;brand=Lamu%20%26%20sons\"",
            "aria-label=\"Remove Size: S\"",
            ">Clear all</a>",
            "<meta name=\"robots\" content=\"noindex\">",
            "<link rel=\"canonical\" href=\"http://mama-njeri.localhost:3000/c/cloth\">",
        ],
    );
    let sorted = world.page("/sw/c/cloth?sort=name").await;
    says(&sorted, &["noindex", "<link rel=\"canonical\" href=\"http://mama-njeri.localhost:3000/sw/c/cloth\">"]);
    let whole = world.page("/c/cloth").await;
    assert!(!whole.contains("noindex") && !whole.contains("Clear all"), "{whole}");
    world
        .sql(&format!(
            "insert into categories (tenant_id, name, slug) values ('{}', 'Clay', 'clay')",
            world.njeri.tenant
        ))
        .await;
    let empty = world.page("/c/clay").await;
    says(&empty, &["noindex", "<link rel=\"canonical\" href=\"http://mama-njeri.localhost:3000/c/clay\">"]);
}

#[tokio::test]
async fn what_cannot_be_meant_is_left_out_of_the_list_and_of_its_address() {
    let world = World::new().await;
    shelf(&world).await;
    let many = format!("brand=%01&{}", "x=1&".repeat(200));
    for odd in [
        "min=-1&max=-5",
        "min=1e9&max=NaN",
        "min=99999999999999999999",
        "page=-1&sort=best",
        "page=1000000000",
        "page=%00&sort=%00&brand=%00&option=%00:%00",
        "brand=",
        "brand[]=Pwani&brand%5B0%5D=Pwani",
        "option=Size&option=:S&option=Size:",
        "sort[]=name&sort=sideways&sort=name",
        "%",
        "=&&=",
        &many,
    ] {
        let page = world.page(&format!("/c/cloth?{odd}")).await;
        assert_eq!(shown(&page), ["1", "2", "3", "4", "5", "6"], "{odd}");
        says(&page, &["<link rel=\"canonical\" href=\"http://mama-njeri.localhost:3000/c/cloth\">"]);
        assert!(!page.contains("noindex"), "{odd}");
    }
    for nothing in ["brand=Nobody", "option=%FF:%FE", "option=%27:%22", "brand=%5C&min=4294967295", "brand=a'%3B--"] {
        let page = world.page(&format!("/c/cloth?{nothing}")).await;
        assert_eq!(shown(&page), Vec::<String>::new(), "{nothing}");
        says(&page, &["Nothing matches", "Clear all", "noindex"]);
    }
}

#[tokio::test]
async fn a_search_is_narrowed_like_a_shelf_and_keeps_its_words() {
    let world = World::new().await;
    shelf(&world).await;
    let page = world.page("/search?q=shuka&brand=Lamu+%26+sons&sort=price_down").await;
    assert_eq!(shown(&page), ["6", "5"]);
    says(
        &page,
        &[
            "Pwani (4)",
            "name=\"q\" value=\"shuka\"",
            "href=\"/search?q=shuka&amp;sort=price_down\"",
            "href=\"/search?q=shuka\"",
            "noindex",
        ],
    );
    let narrow = world.page("/search?q=shuka&min=5000").await;
    says(&narrow, &["Results for", "Nothing matches", "href=\"/search?q=shuka\""]);
    world.app.platform.recorder.flush().await;
    assert_eq!(world.count("select count(*) from events where event_type = 'search'").await, 0);
}

#[tokio::test]
async fn a_search_that_finds_nothing_shows_what_there_is_and_whom_to_ask() {
    let world = World::new().await;
    shelf(&world).await;
    world
        .sql(&format!("update stores set whatsapp_number = '+254711000111' where tenant_id = '{}'", world.njeri.tenant))
        .await;
    let page = world.page("/search?q=zzzzqqq").await;
    says(
        &page,
        &[
            "Nothing found for “zzzzqqq”",
            "href=\"/whatsapp?text=Hello%2C%20do%20you%20have%20%E2%80%9Czzzzqqq%E2%80%9D%3F\"",
            "Shop by category",
            "In the shop now",
        ],
    );
    assert_eq!(shown(&page), ["1", "2", "3"], "what is in stock, the newest first");
    let page = world.page("/sw/search?q=zzzzqqq").await;
    says(&page, &["Hatujapata “zzzzqqq”", "Habari%2C%20je%2C%20mko%20na", "href=\"/sw/c/cloth\""]);
    says(&world.page("/search?q=shukamia").await, &["Did you mean", ">Shuka 1</a>"]);
}

#[tokio::test]
async fn a_product_names_four_others_and_the_address_of_one_that_is_gone_names_them_too() {
    let world = World::new().await;
    shelf(&world).await;
    assert_eq!(shown(&world.page("/p/shuka-1").await), ["2", "3", "5", "4"], "those in stock come first");
    world
        .sql(&format!(
            "update products set status = 'archived' where slug = 'shuka-2' and tenant_id = '{tenant}';
             update tenants set catalogue_version = catalogue_version + 1 where id = '{tenant}'",
            tenant = world.njeri.tenant
        ))
        .await;
    let gone = world.get(NJERI, "/p/shuka-2").await;
    assert_eq!((gone.status, gone.header("cache-control")), (StatusCode::GONE, "private, no-store"));
    says(&gone.text(), &["Shuka 2 is not sold any more", "href=\"/c/cloth\"", "noindex"]);
    assert_eq!(shown(&gone.text()), ["1", "3", "4", "5"]);
    let gone = world.get(NJERI, "/sw/p/shuka-2").await;
    assert_eq!(gone.status, StatusCode::GONE);
    says(&gone.text(), &["Shuka 2 haiuzwi tena", "href=\"/sw/p/shuka-1\""]);
}

#[tokio::test]
async fn capital_letters_and_a_stroke_at_the_end_lead_to_the_one_address() {
    let world = World::new().await;
    shelf(&world).await;
    world
        .sql(&format!(
            "insert into seo_pages (tenant_id, slug, type, title, body, published_at)
             values ('{tenant}', 'sisal', 'blog', 'Sisal', '<p>Woven</p>', now()), ('{tenant}', 'about', 'page', 'About', '<p>Us</p>', now())",
            tenant = world.njeri.tenant
        ))
        .await;
    for (typed, right) in [
        ("/p/Kikoi", "/p/kikoi"),
        ("/sw/p/KIKOI", "/sw/p/kikoi"),
        ("/c/Cloth?sort=name&x=1", "/c/cloth?sort=name"),
        ("/p/kikoi/", "/p/kikoi"),
        ("/sw/", "/sw"),
        ("/sw/?light=on", "/sw?light=on"),
        ("/p/kikoi//?variant=1", "/p/kikoi?variant=1"),
        ("/sw/c/cloth/", "/sw/c/cloth"),
        ("/search/?q=a", "/search?q=a"),
        ("/cart/", "/cart"),
        ("/checkout/", "/checkout"),
        ("/sw/account/own/", "/sw/account/own"),
        ("/orders/find/", "/orders/find"),
        ("/blog/", "/blog"),
        ("/blog/sisal/", "/blog/sisal"),
        ("/blog/Sisal", "/blog/sisal"),
        ("/sw/pages/ABOUT", "/sw/pages/about"),
        ("/pages/Returns", "/pages/returns"),
        ("/delivery/", "/delivery"),
        ("/sw/delivery/westlands/", "/sw/delivery/westlands"),
        ("/delivery/WestLands", "/delivery/westlands"),
    ] {
        let answer = world.get(NJERI, typed).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::MOVED_PERMANENTLY, right), "{typed}");
    }
    for nothing in ["/p/Nothing", "/c/NOTHING", "/nothing/", "/p//", "/p/a/b/", "/blog/SISALS", "/blog/About/x/"] {
        assert_eq!(world.get(NJERI, nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    assert_ne!(world.get(NJERI, "//elsewhere.example/p/x/").await.status, StatusCode::MOVED_PERMANENTLY);
}

#[tokio::test]
async fn an_address_that_no_text_of_the_database_can_have_is_not_found() {
    let world = World::new().await;
    for folder in ["/p/", "/c/", "/pages/", "/blog/", "/delivery/", "/sitemaps/"] {
        for letter in ["%00", "a%00b", "%01"] {
            let path = format!("{folder}{letter}");
            assert_eq!(world.get(NJERI, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn a_list_looks_at_five_thousand_products_and_says_so() {
    let world = World::new().await;
    let (tenant, store) = (world.njeri.tenant, world.njeri.store);
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{tenant}', '{tenant}', 'Cloth', 'cloth');
             insert into products (tenant_id, id, store_id, name, slug, status, category_id, brand, created_at)
             select '{tenant}', md5('n' || n)::uuid, '{store}', 'Shuka ' || n, 'shuka-' || n, 'active', '{tenant}',
                    case when n > 5000 then 'Zamani' when n > 4998 then 'Rare' else 'Pwani' end, now() - n * interval '1 minute'
             from generate_series(1, 5003) n;
             insert into product_variants (tenant_id, product_id, price_cents, stock_quantity)
             select '{tenant}', md5('n' || n)::uuid, 30000, 1 from generate_series(1, 5003) n;
             analyze products, product_variants"
        ))
        .await;
    let page = world.page("/c/cloth?page=4000000000").await;
    says(&page, &["More than 5000 products", "Page 209 of 209", "Pwani (4998)", "Rare (2)"]);
    assert!(!page.contains("Zamani"), "{page}");
    assert_eq!(shown(&page).last().map(String::as_str), Some("5000"));
    let rare = world.page("/c/cloth?brand=Rare").await;
    assert_eq!(shown(&rare), ["4999", "5000"]);
    says(&rare, &["2 products"]);
}
