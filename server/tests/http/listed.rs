//! What search engines are told of a shop: the map with true times, pages of areas, the goods, and when nothing.

use crate::world::{KILIMANI, NJERI, World};
use duka::{
    ctx::{Ctx, Platform},
    db::testing::Shop,
    kernel::access::Actor,
    seo::sitemap::renew_due,
};
use http::StatusCode;
use std::sync::Arc;

const NOINDEX: &str = "<meta name=\"robots\" content=\"noindex\"";

impl World {
    /// The worker's own surroundings, with its own login.
    fn worker(&self, shop: &Shop) -> Ctx {
        let platform = Platform { db: self.db.worker.clone(), ..(*self.app.platform).clone() };
        Ctx::new(Arc::new(platform), shop.tenant, Actor::Program)
    }

    /// Puts so many more products on the shelf, each with its stock.
    async fn add_products(&self, shop: &Shop, count: u32, stock: u32) {
        let (tenant, store) = (shop.tenant, shop.store);
        self.sql(&format!(
            "insert into products (tenant_id, id, store_id, name, slug, status)
             select '{tenant}', md5('more' || n)::uuid, '{store}', 'Shuka ' || n, 'shuka-' || n, 'active' from generate_series(1, {count}) n;
             insert into product_variants (tenant_id, product_id, price_cents, stock_quantity)
             select '{tenant}', md5('more' || n)::uuid, n * 10000, {stock} from generate_series(1, {count}) n"
        ))
        .await;
    }
}

#[tokio::test]
async fn the_map_says_when_each_page_changed_and_names_it_in_both_languages() {
    let world = World::new().await;
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "update products set updated_at = '2025-01-02T03:04:05Z' where tenant_id = '{tenant}';
             update stores set updated_at = '2025-02-03T04:05:06Z', returns_policy = 'Within a week.' where tenant_id = '{tenant}';
             insert into products (tenant_id, store_id, name, slug, status) values ('{tenant}', '{}', 'Secret', 'secret', 'draft')",
            world.njeri.store
        ))
        .await;
    let index = world.get(NJERI, "/sitemap.xml").await;
    assert_eq!(index.header("content-type"), "application/xml; charset=utf-8");
    assert!(index.text().contains("<loc>http://mama-njeri.localhost:3000/sitemaps/1.xml</loc>"), "{}", index.text());
    let map = world.get(NJERI, "/sitemaps/1.xml").await.text();
    for line in [
        "<url><loc>http://mama-njeri.localhost:3000/p/kikoi</loc><lastmod>2025-01-02T03:04:05Z</lastmod>",
        "<url><loc>http://mama-njeri.localhost:3000/sw/p/kikoi</loc><lastmod>2025-01-02T03:04:05Z</lastmod>",
        "<xhtml:link rel=\"alternate\" hreflang=\"sw\" href=\"http://mama-njeri.localhost:3000/sw/p/kikoi\"/>",
        "<url><loc>http://mama-njeri.localhost:3000/pages/returns</loc><lastmod>2025-02-03T04:05:06Z</lastmod>",
        "<url><loc>http://mama-njeri.localhost:3000/</loc><lastmod>2025-02-03T04:05:06Z</lastmod>",
    ] {
        assert!(map.contains(line), "{line} is not in {map}");
    }
    for absent in ["secret", "/pages/privacy", "/delivery", "/cart"] {
        assert!(!map.contains(absent), "{absent} is in {map}");
    }
    assert_eq!(world.get(NJERI, "/sitemaps/2.xml").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_worker_keeps_the_map_and_writes_it_anew_only_when_the_catalogue_moved() {
    let world = World::new().await;
    let (worker, tenant) = (world.worker(&world.njeri), world.njeri.tenant);
    assert_eq!(renew_due(&worker).await.expect("it is written"), 1);
    assert_eq!(renew_due(&worker).await.expect("it is asked"), 0, "nothing moved");
    world.sql(&format!("update products set status = 'archived' where tenant_id = '{tenant}'")).await;
    let kept = world.get(NJERI, "/sitemaps/1.xml").await.text();
    assert!(kept.contains("/p/kikoi"), "what was kept is handed out: {kept}");
    let written = "select count(*) from sitemaps where path = '/sitemaps/1.xml' and item_count = 2 and last_generated_at is not null";
    assert_eq!(world.count(written).await, 1, "the front page and a product");
    world.sql(&format!("update tenants set catalogue_version = catalogue_version + 1 where id = '{tenant}'")).await;
    assert_eq!(renew_due(&worker).await.expect("it is written"), 1);
    assert!(!world.get(NJERI, "/sitemaps/1.xml").await.text().contains("/p/kikoi"));
    assert!(world.get(NJERI, "/sitemap.xml").await.text().contains("<lastmod>20"), "the index says when");
    world.sql(&format!("update stores set is_live = false, version = version + 1 where tenant_id = '{tenant}'; update tenants set catalogue_version = catalogue_version + 1 where id = '{tenant}'")).await;
    assert_eq!(renew_due(&worker).await.expect("it is asked"), 0, "a shop that is not open has no map");
    assert_eq!(world.count("select count(*) from sitemaps").await, 1, "the other merchant's is theirs to write");
}

#[tokio::test]
async fn an_area_has_a_page_with_its_own_numbers_and_is_listed_when_enough_is_in_stock() {
    let world = World::new().await;
    world.add_products(&world.njeri, 2, 1).await;
    world
        .sql(&format!(
            "update delivery_zones set min_order_cents = 50000, free_from_cents = 500000, cut_off_minute = 870, aliases = '{{Parklands}}' where id = '{}'",
            world.njeri.zone
        ))
        .await;
    let page = world.get(NJERI, "/delivery/westlands").await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.text();
    for said in [
        "Delivery to Westlands",
        "KSh 150",
        "about 1½ hours",
        "14:30",
        "KSh 500",
        "from KSh 5,000",
        "Parklands",
        "href=\"/p/kikoi\"",
        "<link rel=\"canonical\" href=\"http://mama-njeri.localhost:3000/delivery/westlands\"",
        "\"@type\":\"BreadcrumbList\"",
    ] {
        assert!(html.contains(said), "{said} is not in {html}");
    }
    assert!(!html.contains(NOINDEX));
    assert!(world.get(NJERI, "/delivery").await.text().contains("href=\"/delivery/westlands\""));
    let map = world.get(NJERI, "/sitemaps/1.xml").await.text();
    for path in ["/delivery", "/sw/delivery", "/delivery/westlands", "/sw/delivery/westlands"] {
        assert!(map.contains(&format!("<loc>http://mama-njeri.localhost:3000{path}</loc>")), "{path} is not in {map}");
    }
    for nowhere in ["/delivery/nowhere", "/sw/delivery/nowhere"] {
        assert_eq!(world.get(NJERI, nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    // One page may be kept out by itself.
    world.sql(&format!("insert into seo_pages (tenant_id, slug, type, title, is_indexable) values ('{}', 'westlands', 'area_landing', 'Westlands', false)", world.njeri.tenant)).await;
    let swahili = world.get(NJERI, "/sw/delivery/westlands").await.text();
    assert!(swahili.contains("Kuletewa Westlands") && swahili.contains(NOINDEX), "{swahili}");
    assert!(!world.get(NJERI, "/sitemaps/1.xml").await.text().contains("/delivery/westlands"));
}

#[tokio::test]
async fn an_area_whose_fee_goes_in_steps_says_the_least_and_the_most() {
    let world = World::new().await;
    world
        .sql(&format!(
            "update delivery_zones set band_by = 'value', bands = '[[300000, 0], [100000, 35000]]' where id = '{}'",
            world.njeri.zone
        ))
        .await;
    for path in ["/delivery", "/delivery/westlands"] {
        let html = world.get(NJERI, path).await.text();
        assert!(html.contains("KSh 0 – KSh 350"), "{path}: {html}");
    }
}

#[tokio::test]
async fn an_area_of_a_shop_with_too_little_in_stock_can_be_read_and_is_not_listed() {
    let world = World::new().await;
    world.add_products(&world.kilimani, 5, 0).await;
    for path in ["/delivery/westlands", "/delivery"] {
        let page = world.get(KILIMANI, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text().contains(NOINDEX), "{path}");
    }
    assert!(!world.get(KILIMANI, "/sitemaps/1.xml").await.text().contains("/delivery"));
}

#[tokio::test]
async fn a_merchant_names_the_front_page_for_search_engines_or_keeps_the_whole_shop_out() {
    let world = World::new().await;
    let said = |shop: &Shop, settings: &str| {
        format!("update stores set seo_settings = '{settings}' where tenant_id = '{}'", shop.tenant)
    };
    world.sql(&said(&world.njeri, r#"{"title": "Kiondo baskets", "description": "Woven by hand in Machakos."}"#)).await;
    world.sql(&said(&world.kilimani, r#"{"is_indexable": false}"#)).await;
    let home = world.get(NJERI, "/").await.text();
    assert!(home.contains("<title>Kiondo baskets · Shop mama-njeri</title>"), "{home}");
    assert!(home.contains("content=\"Woven by hand in Machakos.\"") && !home.contains(NOINDEX), "{home}");
    for path in ["/", "/p/kikoi", "/sw"] {
        assert!(world.get(KILIMANI, path).await.text().contains(NOINDEX), "{path}");
    }
    for path in ["/sitemap.xml", "/sitemaps/1.xml", "/feed.xml"] {
        assert_eq!(world.get(NJERI, path).await.status, StatusCode::OK, "{path}");
        assert_eq!(world.get(KILIMANI, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_goods_are_a_file_with_the_price_of_every_choice() {
    let world = World::new().await;
    let [blue, red] = world.njeri.variants;
    world.sql(&format!("update products set name = 'Kikoi & cloth', brand = 'Lamu', description = '<p>Woven <b>soft</b>.</p>' where tenant_id = '{}'; update product_variants set stock_quantity = 0 where id = '{red}'", world.njeri.tenant)).await;
    let feed = world.get(NJERI, "/feed.xml").await;
    assert_eq!(feed.header("content-type"), "application/rss+xml; charset=utf-8");
    let item = |variant: &str, name: &str, availability: &str, price: &str| {
        format!(
            "<item><g:id>{variant}</g:id><g:item_group_id>{}</g:item_group_id><title>Kikoi &amp; cloth – {name}</title>\
             <description>Woven soft.</description>\
             <link>http://mama-njeri.localhost:3000/p/kikoi?variant={variant}</link>\
             <g:availability>{availability}</g:availability><g:price>{price} KES</g:price>\
             <g:brand>Lamu</g:brand><g:condition>new</g:condition></item>\n",
            world.njeri.product
        )
    };
    let text = feed.text();
    let items = text.split_once("</description>\n").map(|(_, rest)| rest).unwrap_or_default();
    let wanted = [
        item(&blue.to_string(), "Blue", "in_stock", "1000.00"),
        item(&red.to_string(), "Red", "out_of_stock", "1500.00"),
    ];
    assert_eq!(items, format!("{}</channel>\n</rss>\n", wanted.concat()));
}
