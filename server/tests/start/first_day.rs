//! From a stranger to a shop that sells: holding page, preview, checklist, open.

use crate::world::{World, between, field};
use http::{StatusCode, header};

const SHOP: &str = "kiondo-house.localhost:3000";

#[tokio::test]
async fn until_it_opens_the_public_sees_that_it_opens_soon() {
    let world = World::new().await;
    // Asked for before it was there: that it led nowhere is forgotten.
    world.get(SHOP, "/").await.is(StatusCode::NOT_FOUND);
    let _owner = world.merchant("kiondo-house").await;
    for path in ["/", "/p/kiondo", "/cart", "/checkout", "/search?q=x", "/no/such/page", "/preview/ab", "/sitemap.xml"]
    {
        let page = world.get(SHOP, path).await;
        page.is(StatusCode::OK).says("Kiondo House").says("Opening soon").says("noindex").says("/whatsapp");
        assert_eq!(page.header(header::CACHE_CONTROL), "private, no-store", "{path}");
    }
    world.get(SHOP, "/sw").await.is(StatusCode::OK).says("Tunafungua hivi karibuni").says("lang=\"sw\"");
    world.get(SHOP, "/robots.txt").await.is(StatusCode::OK).says("Disallow: /\n").says_not("Sitemap");
    let mut shopper = world.browser(SHOP);
    shopper.post("/cart/items", &[("variant", "x"), ("quantity", "1")]).await.is(StatusCode::FORBIDDEN);
    shopper.post("/checkout", &[]).await.is(StatusCode::FORBIDDEN).says("no money moved");
}

#[tokio::test]
async fn the_team_looks_at_it_before_but_cannot_order() {
    let world = World::new().await;
    let mut owner = world.merchant("kiondo-house").await;
    owner.upload("/dashboard/products/new", &[("name", "Kiondo"), ("price", "1250"), ("stock", "4")], None).await;
    owner.post("/dashboard/settings/delivery", &[("area", "Westlands"), ("fee", "150")]).await;
    let page = owner.get("/dashboard/start").await;
    let token = between(&page.text, "http://kiondo-house.localhost:3000/preview/", "\"").to_owned();
    let mut team = world.browser(SHOP);
    team.get(&format!("/preview/{}", "ab".repeat(32))).await.is(StatusCode::OK).says("Opening soon");
    assert!(!team.has_cookie("duka_preview"));
    team.get(&format!("/preview/{token}")).await.leads_to("/");
    let page = team.get("/p/kiondo").await;
    page.is(StatusCode::OK).says("Preview: only people with your link see this").says("Add to cart");
    assert_eq!(page.header(header::CACHE_CONTROL), "private, no-store");
    assert_eq!(page.header(header::ETAG), "");
    let variant = world.text("select v.id::text from product_variants v join products p on p.id = v.product_id where p.slug = 'kiondo' and p.name = 'Kiondo'").await;
    team.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await.leads_to("/cart");
    team.get("/checkout").await.is(StatusCode::OK).says("Westlands");
    team.post("/checkout", &[("name", "Wanjiku")]).await.is(StatusCode::FORBIDDEN).says("Nothing was ordered");
    assert_eq!(world.number("select count(*) from orders").await, 0);
    // The link of one shop shows no other.
    let _other = world.merchant("other-house").await;
    let mut stranger = world.browser("other-house.localhost:3000");
    stranger.get(&format!("/preview/{token}")).await.is(StatusCode::OK).says("Opening soon");
    assert!(!stranger.has_cookie("duka_preview"));
    world.db.logged(&["product_added"]).await;
}

#[tokio::test]
async fn it_opens_when_it_can_sell_and_at_once() {
    let world = World::new().await;
    let mut owner = world.merchant("kiondo-house").await;
    let refused = owner.post("/dashboard/start/open", &[]).await;
    let list = between(&refused.text, "These steps are missing", "</ul>").to_owned();
    refused.is(StatusCode::UNPROCESSABLE_ENTITY);
    for step in ["Put a product on the shelf", "Say where you deliver", "Connect your M-Pesa"] {
        assert!(list.contains(step), "{step} in {list}");
    }
    assert!(!list.contains("Show it"), "a picture is only good advice");

    let page = owner.get("/dashboard/products/new").await;
    let product = field(&page.text, "product");
    let form = [
        ("product", &*product),
        ("name", "Kiondo"),
        ("price", "1,250"),
        ("stock", "4"),
        ("description", "Sisal & wool"),
    ];
    let picture = picture(900, 700);
    let editor = format!("/dashboard/products/{product}?added");
    owner.upload("/dashboard/products/new", &form, Some(&picture)).await.leads_to(&editor);
    // The same form again is the same product.
    owner.upload("/dashboard/products/new", &form, Some(&picture)).await.leads_to(&editor);
    owner.get(&editor).await.is(StatusCode::OK).says("The product is on the shelf").says("/dashboard/start");
    assert_eq!(world.number("select count(*) from products where name = 'Kiondo'").await, 1);
    assert_eq!(
        world.number("select sum(change) from inventory_movements m join products p on p.id = m.product_id where p.name = 'Kiondo' and m.reason = 'restock' and m.created_by is not null").await,
        4
    );
    owner.post("/dashboard/settings/delivery", &[("area", "Westlands"), ("fee", "150"), ("minutes", "90")]).await;
    // An account that was never tried is not one to be paid with.
    world.sql("insert into mpesa_accounts (tenant_id, short_code, is_active) select tenant_id, '600000', true from stores where slug = 'kiondo-house'").await;
    let refused = owner.post("/dashboard/start/open", &[]).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(between(&refused.text, "These steps are missing", "</ul>").matches("<li>").count(), 1);
    world.get(SHOP, "/").await.says("Opening soon");
    world.sql("update mpesa_accounts set proved_at = now()").await;

    owner.post("/dashboard/start/open", &[]).await.leads_to("/dashboard/start");
    world.get(SHOP, "/").await.is(StatusCode::OK).says_not("Opening soon").says("Kiondo");
    world.get(SHOP, "/p/kiondo").await.is(StatusCode::OK).says("Sisal &amp; wool").says("/media/");
    owner.get("/dashboard/start").await.says("Your shop is open");
    let live = "select extract(epoch from went_live_at)::bigint from stores where slug = 'kiondo-house'";
    let first = world.number(live).await;

    owner.post("/dashboard/start/close", &[]).await.leads_to("/dashboard/start");
    world.get(SHOP, "/p/kiondo").await.says("Opening soon");
    owner.post("/dashboard/start/open", &[]).await.leads_to("/dashboard/start");
    owner.post("/dashboard/start/open", &[]).await.leads_to("/dashboard/start");
    world.get(SHOP, "/p/kiondo").await.says_not("Opening soon");
    assert_eq!(world.number(live).await, first);
    assert_eq!(world.number("select count(*) from audit_log where action = 'shop_opened'").await, 2);
    assert_eq!(world.number("select count(*) from audit_log where action = 'shop_closed'").await, 1);
}

#[tokio::test]
async fn only_an_owner_opens_and_closes() {
    let world = World::new().await;
    let mut owner = world.open_shop("kiondo-house").await;
    world.sql("update users set role = 'staff' where email = 'wanjiku@kiondo.test'").await;
    owner.post("/dashboard/start/close", &[]).await.is(StatusCode::FORBIDDEN);
    owner.get("/dashboard/settings/domains").await.is(StatusCode::FORBIDDEN);
    owner.get("/dashboard/products/new").await.is(StatusCode::OK).says("it shows as sold out");
    owner.get("/dashboard/products").await.says("\"/dashboard/products/new\"");
    owner.get("/dashboard/start").await.says("\"/dashboard/settings/delivery\"").says_not("/dashboard/settings/mpesa");
    world.sql("update users set role = 'viewer' where email = 'wanjiku@kiondo.test'").await;
    owner.get("/dashboard/products/new").await.is(StatusCode::FORBIDDEN);
    // Nobody is sent to a page that is closed to them.
    owner.get("/dashboard/products").await.is(StatusCode::OK).says_not("/dashboard/products/new");
    let list = owner.get("/dashboard/start").await;
    list.is(StatusCode::OK).says_not("/dashboard/products/new").says_not("/dashboard/settings/delivery");
    owner.post("/dashboard/settings/delivery", &[("area", "CBD"), ("fee", "0")]).await.is(StatusCode::FORBIDDEN);
    world.get(SHOP, "/").await.says_not("Opening soon");
}

/// A picture of one colour, as a phone would send it.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let plain = image::RgbImage::from_pixel(width, height, image::Rgb([120, 40, 20]));
    plain.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
