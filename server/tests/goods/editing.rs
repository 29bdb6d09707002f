//! The product editor: what it saves, what it refuses, and two people in it at once.

use crate::{
    forms::{Filled, make_plain, picture, problem, text},
    merchant::member,
    world::{KILIMANI, NJERI, World},
};
use duka::kernel::access::Role;
use http::StatusCode;

#[tokio::test]
async fn what_is_edited_is_in_the_shop_at_once_and_what_it_cost_is_not() {
    let world = World::new().await;
    make_plain(&world, &world.njeri).await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    assert!(world.get(NJERI, "/p/kikoi").await.text().contains("Kikoi"));
    let path = format!("/dashboard/products/{}", world.njeri.product);
    let page = staff.browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    let form = Filled::of(&page.text(), &path)
        .with("name", "Kikoi ya pwani")
        .with("description", "Soft **cotton** & light\n\n- beach\n- baby")
        .with("brand", "Lamu")
        .with("price", "1,250")
        .with("was", "1500")
        .with("cost", "777")
        .with("weight", "350")
        .with("tags", "cotton, gift")
        .with("seo_title", "Kikoi from Lamu")
        .with("seo_description", "Cotton kikoi, woven by hand.");
    let saved = form.send(&mut staff.browser, &path).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, format!("{path}?saved").as_str()));

    let stored = text(
        &world,
        &format!(
            "select concat_ws('|', p.name, p.description, p.description_source, p.brand, p.base_price_cents, p.compare_at_price_cents,
                              p.cost_cents, p.weight_kg, p.tags::text, p.seo::text, p.version, v.price_cents, v.compare_at_price_cents, v.cost_cents)
             from products p join product_variants v on v.product_id = p.id where p.id = '{}'",
            world.njeri.product
        ),
    )
    .await;
    assert_eq!(
        stored,
        "Kikoi ya pwani|<p>Soft <strong>cotton</strong> &amp; light</p>\n<ul>\n<li>beach</li>\n<li>baby</li>\n</ul>|Soft **cotton** & light\n\n- beach\n- baby|Lamu|125000|150000|77700|0.35|{cotton,gift}|{\"title\": \"Kikoi from Lamu\", \"description\": \"Cotton kikoi, woven by hand.\"}|2|125000|150000|77700"
    );
    let shop = world.get(NJERI, "/p/kikoi").await.text();
    for words in ["Kikoi ya pwani", "<strong>cotton</strong>", "KSh 1,250", "Kikoi from Lamu"] {
        assert!(shop.contains(words), "{words} in {shop}");
    }
    assert!(!shop.contains("KSh 1,500"), "nobody was ever charged that");
    let again = staff.browser.get(&path).await.text();
    assert!(again.contains("Margin: 37 % of the price"), "{again}");
    assert!(again.contains("Shoppers are not shown the price before"), "{again}");
    assert!(again.contains("/p/kikoi?v=2\""), "the link is not to what this browser keeps from before: {again}");
    assert_eq!(Filled::of(&again, &path).get("description"), "Soft **cotton** & light\n\n- beach\n- baby");

    // Nowhere in the shop, whatever form it may take.
    let variant = world.njeri.variants[0];
    let mut shopper = crate::world::Browser::new(&world, NJERI);
    shopper.post("/cart/items", &[("variant", &variant.to_string()), ("quantity", "1")]).await;
    for path in
        ["/", "/p/kikoi", "/sw/p/kikoi", "/search?q=kikoi", "/cart", "/checkout", "/sitemaps/1.xml", "/feed.xml"]
    {
        let page = shopper.get(path).await.text();
        // A number of its own, not digits of an id.
        let numbers = || page.split(|c: char| !c.is_alphanumeric() && c != '-');
        assert!(!numbers().any(|number| matches!(number, "777" | "77700")), "{path} tells the cost: {page}");
        // The shop tells what a visit costs in data; that is no cost of goods.
        let words = page.replace("What a visit costs in data", "");
        for told in ["cost", "Margin", "margin_percent", "Faida"] {
            assert!(!words.contains(told), "{path} tells {told}: {page}");
        }
    }
    assert_eq!(
        text(&world, "select concat_ws(' ', action, details->>'version', details->>'from_cents', details->>'to_cents') from audit_log where action = 'product_edited'").await,
        "product_edited 2 100000 125000"
    );
}

#[tokio::test]
async fn a_price_before_that_shoppers_are_shown_is_not_said_to_be_withheld() {
    let world = World::new().await;
    make_plain(&world, &world.njeri).await;
    let (tenant, variant) = (world.njeri.tenant, world.njeri.variants[0]);
    world
        .sql(&format!(
            "delete from price_history where variant_id = '{variant}';
             insert into price_history (tenant_id, variant_id, price_cents, is_charged, starts_at)
             values ('{tenant}', '{variant}', 200000, true, now() - interval '60 days'),
                    ('{tenant}', '{variant}', 150000, true, now() - interval '10 days');
             update product_variants set price_cents = 150000, compare_at_price_cents = 200000 where id = '{variant}'"
        ))
        .await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let page = staff.browser.get(&format!("/dashboard/products/{}", world.njeri.product)).await.text();
    assert!(!page.contains("Shoppers are not shown the price before"), "{page}");
}

#[tokio::test]
async fn a_preview_shows_the_text_and_the_search_result_and_saves_nothing() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = format!("/dashboard/products/{}", world.njeri.product);
    let page = owner.browser.get(&path).await.text();
    let before = picture(&world).await;
    let form = Filled::of(&page, &path).with("description", "Very *soft*").with("seo_title", "Kikoi za Lamu");
    let shown = form.send(&mut owner.browser, &format!("{path}/preview")).await;
    assert_eq!(shown.status, StatusCode::OK);
    let shown = shown.text();
    for words in ["Nothing is saved yet", "<p>Very <em>soft</em></p>", "Kikoi za Lamu · Shop mama-njeri", "Very soft"]
    {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    assert_eq!(picture(&world).await, before);
    // The page that shows it is the form to save it with.
    let saved = Filled::of(&shown, &path).send(&mut owner.browser, &path).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let wrong = Filled::of(&page, &path).with("name", "").send(&mut owner.browser, &format!("{path}/preview")).await;
    assert_eq!(
        (wrong.status, problem(&wrong.text(), "name").as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "Please fill this in.")
    );
}

#[tokio::test]
async fn every_mistake_is_named_and_nothing_of_the_form_is_saved() {
    let world = World::new().await;
    make_plain(&world, &world.njeri).await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    world
        .sql(&format!(
            "insert into products (tenant_id, store_id, name, slug) values ('{0}', '{1}', 'Shuka', 'shuka');
             insert into categories (tenant_id, id, name, slug) values ('{2}', '{2}', 'Theirs', 'theirs')",
            world.njeri.tenant, world.njeri.store, world.kilimani.tenant
        ))
        .await;
    let path = format!("/dashboard/products/{}", world.njeri.product);
    let page = owner.browser.get(&path).await.text();
    let before = picture(&world).await;
    let theirs = world.kilimani.tenant.to_string();
    let (long, many) = ("a".repeat(50_001), "a".repeat(201));
    for (field, typed, words) in [
        ("name", "", "Please fill this in."),
        ("name", many.as_str(), "This is too long."),
        ("name", "Ki\u{7}koi", "This holds characters that cannot be read."),
        ("description", &long, "This is too long."),
        ("price", "-5", "Whole shillings above zero, please, like 1,250."),
        ("price", "0", "Whole shillings above zero, please, like 1,250."),
        ("was", "900", "The price before must be above the price now."),
        ("cost", "-1", "Whole shillings above zero, please, like 1,250."),
        ("category", &theirs, "Choose one from the list."),
        ("status", "sold", "Choose one from the list."),
        ("slug", "shuka", "Somebody has this already. Choose another."),
        ("slug", "Kikoi!", "Small letters, digits and single dashes, please, like mama-njeri."),
        ("weight", "-1", "A whole number, please, like 10."),
    ] {
        let form = Filled::of(&page, &path).with(field, typed).with("brand", "Kept");
        let refused = form.send(&mut owner.browser, &path).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let html = refused.text();
        assert_eq!(problem(&html, field), words, "{field}");
        assert_eq!(Filled::of(&html, &path).get("brand"), "Kept");
        assert!(html.contains("data-unsaved"));
    }
    for field in ["tenant_id", "stock", "store_id", "version_2"] {
        let refused = Filled::of(&page, &path).with(field, "1").send(&mut owner.browser, &path).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(&format!("This form has no field “{field}”.")));
    }
    assert_eq!(picture(&world).await, before);
    // It could have been saved.
    let fine = Filled::of(&page, &path).with("brand", "Kept").send(&mut owner.browser, &path).await;
    assert_eq!(fine.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn two_people_edit_one_product_and_nothing_of_either_is_lost() {
    let world = World::new().await;
    make_plain(&world, &world.njeri).await;
    let mut njeri = member(&world, &world.njeri, Role::Owner).await;
    let mut wanjiku = member(&world, &world.njeri, Role::Staff).await;
    let path = format!("/dashboard/products/{}", world.njeri.product);
    let (mine, hers) = (njeri.browser.get(&path).await.text(), wanjiku.browser.get(&path).await.text());
    let first = Filled::of(&hers, &path).with("brand", "Lamu").with("price", "1300");
    assert_eq!(first.send(&mut wanjiku.browser, &path).await.status, StatusCode::SEE_OTHER);
    let second = Filled::of(&mine, &path).with("name", "Kikoi mpya").with("price", "1,400");
    let met = second.send(&mut njeri.browser, &path).await;
    assert_eq!(met.status, StatusCode::CONFLICT);
    let html = met.text();
    let shown = Filled::of(&html, &path);
    assert_eq!((shown.get("name"), shown.get("brand"), shown.get("price")), ("Kikoi mpya", "Lamu", "1,400"));
    assert!(
        html.contains("<dd>1300</dd>") && html.contains("<dd>1,400</dd>") && html.contains("<dd>1000</dd>"),
        "{html}"
    );
    assert_eq!(world.count("select count(*) from products where name = 'Kikoi mpya'").await, 0);
    assert_eq!(shown.send(&mut njeri.browser, &path).await.status, StatusCode::SEE_OTHER);
    let both = "select count(*) from products where name = 'Kikoi mpya' and brand = 'Lamu' and base_price_cents = 140000 and version = 3";
    assert_eq!(world.count(both).await, 1);
}

#[tokio::test]
async fn another_merchants_product_is_not_found_and_not_touched() {
    let world = World::new().await;
    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let own = format!("/dashboard/products/{}", world.kilimani.product);
    let page = neighbour.browser.get(&own).await.text();
    let path = format!("/dashboard/products/{}", world.njeri.product);
    let before = picture(&world).await;
    let form = Filled::of(&page, &own).with("name", "Mine");
    for to in ["", "/preview", "/duplicate", "/status", "/variants", "/variants/options"] {
        let at = format!("{path}{to}");
        let sent = if to == "/status" {
            neighbour.browser.post(&at, &[("version", "1"), ("to", "archived")]).await
        } else if to == "/duplicate" {
            neighbour.browser.post(&at, &[("copy", &world.njeri.store.to_string())]).await
        } else if to == "/variants" {
            neighbour.browser.post(&at, &[]).await
        } else if to == "/variants/options" {
            neighbour.browser.post(&at, &[("version", "1"), ("option_1", "A"), ("values_1", "1,2")]).await
        } else {
            form.send(&mut neighbour.browser, &at).await
        };
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{at}");
        assert_eq!(form.send(&mut viewer.browser, &at).await.status, StatusCode::FORBIDDEN, "{at} as a viewer");
    }
    for at in [&path, &format!("{path}/variants"), "/dashboard/products/kikoi"] {
        assert_eq!(neighbour.browser.get(at).await.status, StatusCode::NOT_FOUND, "{at}");
    }
    assert_eq!(picture(&world).await, before);
    assert!(world.get(KILIMANI, "/p/kikoi").await.text().contains("Kikoi"));
}

#[tokio::test]
async fn an_imported_description_is_edited_as_the_html_it_is() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let html = "<p>Old <b>words</b></p>\n<ul><li>one</li></ul>";
    world.sql(&format!("update products set description = '{html}' where id = '{}'", world.njeri.product)).await;
    let path = format!("/dashboard/products/{}", world.njeri.product);
    let page = owner.browser.get(&path).await.text();
    let form = Filled::of(&page, &path);
    assert_eq!(form.get("description"), html);
    assert_eq!(form.clone().with("brand", "Lamu").send(&mut owner.browser, &path).await.status, StatusCode::SEE_OTHER);
    let untouched = format!(
        "select count(*) from products where description = '{html}' and description_source is null and brand = 'Lamu'"
    );
    assert_eq!(world.count(&untouched).await, 1);
    let page = owner.browser.get(&path).await.text();
    let evil = "<p>New <b>words</b><script>alert(1)</script><img src=x onerror=alert(1)></p>";
    let form = Filled::of(&page, &path).with("description", evil);
    assert_eq!(form.send(&mut owner.browser, &path).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count("select count(*) from products where description = '<p>New <b>words</b></p>'").await, 1);
    let shop = world.get(NJERI, "/p/kikoi").await.text();
    assert!(shop.contains("<p>New <b>words</b></p>") && !shop.contains("onerror"), "{shop}");
}
