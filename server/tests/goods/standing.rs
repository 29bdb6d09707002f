//! Products put away, brought back, copied; what carts and orders then say, and how the list finds them.

use crate::{
    forms::{Filled, picture, text},
    merchant::member,
    world::{Browser, NJERI, World, field},
};
use duka::{
    catalog::{add_product::add_product, product_form::NewProduct},
    kernel::{
        access::{Actor, Role},
        id::ProductId,
        money::Money,
    },
    pages::dashboard::products::{self, ProductFilter},
};
use http::StatusCode;

#[tokio::test]
async fn what_is_archived_is_gone_from_the_shop_and_stays_in_the_orders() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let mut shopper = Browser::new(&world, NJERI);
    let variant = world.njeri.variants[0].to_string();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    let checkout = shopper.get("/checkout").await.text();
    let form = [
        ("idempotency_key", field(&checkout, "idempotency_key")),
        ("seen_total_cents", field(&checkout, "seen_total_cents")),
        ("name", "Amina Wanjiru".to_owned()),
        ("phone", "0711 223 344".to_owned()),
        ("area", "Westlands".to_owned()),
        ("street", "Mpaka Road".to_owned()),
        ("payment_method", "cod".to_owned()),
    ];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let order = shopper.post("/checkout", &form).await.header("location").to_owned();
    shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;

    let path = format!("/dashboard/products/{}", world.njeri.product);
    let page = owner.browser.get(&path).await.text();
    let archive = Filled::of(&page, &format!("{path}/status"));
    assert_eq!(archive.get("to"), "archived");
    let done = archive.send(&mut owner.browser, &format!("{path}/status")).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, format!("{path}?saved").as_str()));
    let once = picture(&world).await;
    assert_eq!(archive.send(&mut owner.browser, &format!("{path}/status")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(picture(&world).await, once, "twice is once");

    let gone = world.get(NJERI, "/p/kikoi").await;
    assert_eq!((gone.status, gone.text().contains("Kikoi is not sold any more")), (StatusCode::GONE, true));
    assert!(!world.get(NJERI, "/").await.text().contains("Kikoi"));
    let cart = shopper.get("/cart").await.text();
    assert!(cart.contains("Kikoi") && cart.contains("Sold out"), "{cart}");
    let added = shopper.post("/cart/items", &[("variant", &variant), ("quantity", "1")]).await;
    assert_eq!(added.status, StatusCode::NOT_FOUND);
    let kept = shopper.get(&order).await;
    assert!(kept.status == StatusCode::OK && kept.text().contains("Kikoi"), "{}", kept.text());

    let page = owner.browser.get(&path).await.text();
    let back = Filled::of(&page, &format!("{path}/status"));
    assert_eq!(back.get("to"), "draft");
    assert_eq!(back.send(&mut owner.browser, &format!("{path}/status")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.get(NJERI, "/p/kikoi").await.status, StatusCode::NOT_FOUND, "a draft is the merchant's own");
    let page = owner.browser.get(&path).await.text();
    let sold = Filled::of(&page, &path).with("status", "active").send(&mut owner.browser, &path).await;
    assert_eq!(sold.status, StatusCode::SEE_OTHER);
    assert_eq!(world.get(NJERI, "/p/kikoi").await.status, StatusCode::OK);
    world.db.logged(&["product_status_changed"]).await;
}

#[tokio::test]
async fn a_status_meets_an_edit_and_nothing_happens() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = format!("/dashboard/products/{}", world.njeri.product);
    let before = picture(&world).await;
    for (form, status) in [
        (vec![("version", "9"), ("to", "archived")], StatusCode::CONFLICT),
        (vec![("version", "1"), ("to", "sold")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("version", "1"), ("to", "archived"), ("price", "1")], StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(owner.browser.post(&format!("{path}/status"), &form).await.status, status, "{form:?}");
    }
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn a_copy_is_a_draft_with_variants_and_pictures_and_without_numbers_and_stock() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let (tenant, product, first) = (world.njeri.tenant, world.njeri.product, world.njeri.variants[0]);
    world
        .sql(&format!(
            "insert into product_images (tenant_id, id, product_id, variant_id, url, media_key, alt_text, widths)
             values ('{tenant}', '{tenant}', '{product}', '{first}', '/media/a/b', 'a/b', 'Blue', '{{360}}');
             update product_variants set sku = 'K-1', barcode = '123', image_id = '{tenant}', cost_cents = 70000 where id = '{first}';
             update products set tags = '{{cotton}}', description = '<p>Soft</p>' where id = '{product}'"
        ))
        .await;
    let path = format!("/dashboard/products/{product}");
    let page = owner.browser.get(&path).await.text();
    let form = Filled::of(&page, &format!("{path}/duplicate"));
    let copied = form.send(&mut owner.browser, &format!("{path}/duplicate")).await;
    let copy = form.get("copy").to_owned();
    assert_eq!(
        (copied.status, copied.header("location")),
        (StatusCode::SEE_OTHER, format!("/dashboard/products/{copy}?copied").as_str())
    );
    let shown = owner.browser.get(&format!("/dashboard/products/{copy}?copied")).await.text();
    assert!(shown.contains("This is the copy: a draft"), "{shown}");
    form.send(&mut owner.browser, &format!("{path}/duplicate")).await;
    assert_eq!(
        world.count(&format!("select count(*) from products where tenant_id = '{tenant}'")).await,
        2,
        "twice is once"
    );
    assert_eq!(
        text(
            &world,
            &format!(
                "select concat_ws('|', p.name, p.slug, p.status, p.description, p.tags::text, p.option_names::text,
                        (select string_agg(concat_ws(' ', v.name, v.price_cents, v.cost_cents, v.stock_quantity, coalesce(v.sku, '-'), coalesce(v.barcode, '-'), i.media_key), ', ' order by v.position)
                         from product_variants v left join product_images i on i.id = v.image_id and i.product_id = p.id where v.product_id = p.id),
                        (select string_agg(concat_ws(' ', i.media_key, i.alt_text, v.name), ', ') from product_images i left join product_variants v on v.id = i.variant_id and v.product_id = p.id where i.product_id = p.id))
                 from products p where p.id = '{copy}'"
            )
        )
        .await,
        "Kikoi (copy)|kikoi-copy|draft|<p>Soft</p>|{cotton}|{Colour}|Blue 100000 70000 0 - - a/b, Red 150000 0 - -|a/b Blue Blue"
    );
    assert_eq!(world.get(NJERI, "/p/kikoi-copy").await.status, StatusCode::NOT_FOUND);
    assert_eq!(owner.browser.get(&format!("/dashboard/products/{copy}")).await.status, StatusCode::OK);
    world.db.logged(&["product_duplicated"]).await;
}

#[tokio::test]
async fn the_list_is_narrowed_by_status_and_leads_to_the_editor() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let program = duka::ctx::Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Program);
    for (name, status) in [("Shuka", "archived"), ("Leso", "draft")] {
        let (id, price) = (ProductId::mint(), Money::shillings(5));
        let new = NewProduct { name: name.into(), price, pieces: 0, description: None };
        add_product(&program, world.njeri.store, id, &new, None).await.unwrap();
        world.sql(&format!("update products set status = '{status}' where id = '{id}'")).await;
    }
    let actor = Actor::Member { user: owner.user, role: Role::Owner };
    let ctx = duka::ctx::Ctx::new(world.app.platform.clone(), world.njeri.tenant, actor);
    for (status, words, names) in [
        ("", "", vec!["Kikoi", "Leso"]),
        ("active", "", vec!["Kikoi"]),
        ("draft", "", vec!["Leso"]),
        ("archived", "", vec!["Shuka"]),
        ("archived", "kik", vec![]),
        ("", "shu", vec!["Shuka"]),
        ("sold", "", vec!["Kikoi", "Leso"]),
    ] {
        let filter = ProductFilter { words: words.into(), status: status.into(), page: 1 };
        let page = products::load(&ctx, filter).await.unwrap();
        let found: Vec<_> = page.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(found, names, "{status} {words}");
        assert_eq!(usize::try_from(page.product_count).unwrap(), names.len(), "{status} {words}");
    }
    let list = owner.browser.get("/dashboard/products?status=archived").await.text();
    assert!(list.contains("Shuka") && !list.contains("Leso"), "{list}");
    let list = owner.browser.get("/dashboard/products").await.text();
    assert!(list.contains(&format!("href=\"/dashboard/products/{}\"", world.njeri.product)), "{list}");
    assert!(list.contains("href=\"/dashboard/categories\""));
}
