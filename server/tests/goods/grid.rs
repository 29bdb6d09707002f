//! The grid of variants: many rows in one save, a problem per cell, and two people in it at once.

use crate::{
    forms::{Filled, picture, problem, text},
    merchant::member,
    world::{NJERI, World},
};
use duka::kernel::access::Role;
use http::StatusCode;

async fn open(world: &World, browser: &mut crate::world::Browser<'_>) -> (String, Filled) {
    let page = format!("/dashboard/products/{}/variants", world.njeri.product);
    let html = browser.get(&page).await.text();
    let form = Filled::of(&html, &page);
    (page, form)
}

#[tokio::test]
async fn all_variants_are_saved_at_once_with_picture_and_limit() {
    let world = World::new().await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let (tenant, product) = (world.njeri.tenant, world.njeri.product);
    world
        .sql(&format!(
            "insert into product_images (tenant_id, id, product_id, url, alt_text) values ('{tenant}', '{tenant}', '{product}', '/media/a/b', 'Red one')"
        ))
        .await;
    let (page, form) = open(&world, &mut staff.browser).await;
    let form = form
        .with("0.sku", "K-BLUE")
        .with("0.barcode", "6161100")
        .with("0.price", "KSh 1,100")
        .with("0.was", "1,300")
        .with("0.cost", "650")
        .with("0.limit", "3")
        .with("1.sku", "K-RED")
        .with("1.image", &tenant.to_string())
        .without("1.active");
    let saved = form.send(&mut staff.browser, &page).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, format!("{page}?kept#grid").as_str()));
    let kept = staff.browser.get(&format!("{page}?kept")).await.text();
    assert!(kept.contains("Saved.") && kept.contains("but not sold any more: Red (10)."), "{kept}");
    assert!(kept.contains(&format!("formaction=\"{page}#grid\"")), "what is wrong is read at the grid: {kept}");
    let rows = "select string_agg(concat_ws(' ', name, sku, barcode, price_cents, compare_at_price_cents, cost_cents, low_stock_threshold, image_id is not null, is_active, version, stock_quantity), ', ' order by position) from product_variants where product_id = ";
    assert_eq!(
        text(&world, &format!("{rows}'{product}'")).await,
        "Blue K-BLUE 6161100 110000 130000 65000 3 f t 2 10, Red K-RED 150000 0 t f 2 10"
    );
    assert_eq!(
        text(&world, &format!("select concat_ws(' ', base_price_cents, compare_at_price_cents, cost_cents, version) from products where id = '{product}'")).await,
        "110000 130000 65000 2"
    );
    assert_eq!(
        text(&world, "select concat_ws(' ', action, details #>> '{variants,0,from_cents}', details #>> '{variants,0,to_cents}', details #>> '{variants,1,fields}') from audit_log where action = 'variants_edited'").await,
        "variants_edited 100000 110000 [\"sku\", \"image\", \"active\"]"
    );
    let before = picture(&world).await;
    let (_, again) = open(&world, &mut staff.browser).await;
    assert_eq!(again.send(&mut staff.browser, &page).await.status, StatusCode::SEE_OTHER);
    assert_eq!(picture(&world).await, before, "nothing changed, nothing written");
    let shop = world.get(NJERI, "/p/kikoi").await.text();
    assert!(shop.contains("KSh 1,100") && !shop.contains("650"), "{shop}");
}

#[tokio::test]
async fn two_rows_exchange_their_skus() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let (page, form) = open(&world, &mut owner.browser).await;
    form.with("0.sku", "A").with("1.sku", "B").send(&mut owner.browser, &page).await;
    let (_, form) = open(&world, &mut owner.browser).await;
    let saved = form.with("0.sku", "B").with("1.sku", "A").send(&mut owner.browser, &page).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(
        text(&world, "select string_agg(name || sku, ' ' order by sku) from product_variants where sku is not null")
            .await,
        "RedA BlueB"
    );
}

#[tokio::test]
async fn each_cell_says_what_is_wrong_and_no_row_is_half_saved() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    world
        .sql(&format!(
            "insert into products (tenant_id, id, store_id, name, slug) values ('{0}', '{0}', '{1}', 'Shuka', 'shuka');
             insert into product_variants (tenant_id, product_id, sku) values ('{0}', '{0}', 'TAKEN');
             insert into product_images (tenant_id, id, product_id, url) values ('{2}', '{2}', '{3}', '/media/x/y')",
            world.njeri.tenant, world.njeri.store, world.kilimani.tenant, world.kilimani.product
        ))
        .await;
    let (page, form) = open(&world, &mut owner.browser).await;
    let before = picture(&world).await;
    let theirs = world.kilimani.tenant.to_string();
    let long = "a".repeat(101);
    for (cell, typed, words) in [
        ("sku", "TAKEN", "Another product has this SKU. Choose another."),
        ("sku", long.as_str(), "This is too long."),
        ("sku", "A\u{7}", "This holds characters that cannot be read."),
        ("price", "-1", "Whole shillings above zero, please, like 1,250."),
        ("price", "", "Please fill this in."),
        ("was", "1000", "The price before must be above the price now."),
        ("cost", "-1", "Whole shillings above zero, please, like 1,250."),
        ("limit", "-1", "A whole number, please, like 10."),
        ("image", &theirs, "Choose one from the list."),
    ] {
        let wrong = form.clone().with(&format!("0.{cell}"), typed).with("1.price", "1,600");
        let refused = wrong.send(&mut owner.browser, &page).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{cell} {typed}");
        let html = refused.text();
        assert_eq!(problem(&html, &format!("0-{cell}")), words, "{cell} {typed}");
        let shown = Filled::of(&html, &page);
        assert_eq!(shown.get("1.price"), "1,600", "the other row is as it was typed");
        assert_eq!(picture(&world).await, before);
    }
    let twice = form.clone().with("0.sku", "SAME").with("1.sku", "SAME").send(&mut owner.browser, &page).await.text();
    for row in ["0-sku", "1-sku"] {
        assert_eq!(problem(&twice, row), "Another line here has this too. Each needs its own.");
    }
    // Everything at once: who mends one mistake is not told of the next one afterwards.
    let all = form.clone().with("0.sku", "SAME").with("0.cost", "-1").with("0.was", "1").with("1.sku", "SAME");
    let all = all.send(&mut owner.browser, &page).await.text();
    assert_eq!(problem(&all, "0-sku"), "Another line here has this too. Each needs its own.");
    assert_eq!(problem(&all, "1-sku"), "Another line here has this too. Each needs its own.");
    assert_eq!(problem(&all, "0-was"), "The price before must be above the price now.");
    assert_eq!(problem(&all, "0-cost"), "Whole shillings above zero, please, like 1,250.");
    for (field, words) in
        [("0.stock", "no field “0.stock”"), ("tenant_id", "no field “tenant_id”"), ("900.sku", "no field “900.sku”")]
    {
        let refused = form.clone().with(field, "5").send(&mut owner.browser, &page).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains(words), "{field}");
    }
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn a_row_of_another_product_or_merchant_is_not_found_and_its_neighbours_stay() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let (page, form) = open(&world, &mut owner.browser).await;
    let before = picture(&world).await;
    let foreign = form.with("0.id", &world.kilimani.variants[0].to_string()).with("0.price", "5").with("1.price", "6");
    assert_eq!(foreign.send(&mut owner.browser, &page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn rows_that_a_colleague_changed_are_laid_side_by_side_and_a_sale_is_in_nobodys_way() {
    let world = World::new().await;
    let (mut mine, mut hers) =
        (member(&world, &world.njeri, Role::Owner).await, member(&world, &world.njeri, Role::Staff).await);
    let (page, old) = open(&world, &mut mine.browser).await;
    let first = old.clone().with("0.price", "1,200").with("0.barcode", "777");
    assert_eq!(first.send(&mut hers.browser, &page).await.status, StatusCode::SEE_OTHER);
    // A piece of the second was sold: its version moved, its cells did not.
    world
        .sql(&format!("update product_variants set version = version + 1 where id = '{}'", world.njeri.variants[1]))
        .await;
    let before = picture(&world).await;
    let met = old
        .clone()
        .with("0.price", "1,300")
        .with("0.sku", "K-1")
        .with("1.price", "1,700")
        .send(&mut mine.browser, &page)
        .await;
    assert_eq!(met.status, StatusCode::CONFLICT);
    assert_eq!(picture(&world).await, before, "not even the row that met nobody is saved");
    let html = met.text();
    for said in ["<dd>1000</dd>", "<dd>1200</dd>", "<dd>1,300</dd>", "<dd>777</dd>"] {
        assert!(html.contains(said), "{said} in {html}");
    }
    let shown = Filled::of(&html, &page);
    let cells = ["0.price", "0.sku", "0.barcode", "1.price"].map(|cell| shown.get(cell).to_owned());
    assert_eq!(cells, ["1,300", "K-1", "777", "1,700"]);
    assert_eq!(shown.send(&mut mine.browser, &page).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        text(&world, &format!("select string_agg(concat_ws(' ', name, sku, barcode, price_cents), ', ' order by position) from product_variants where product_id = '{}'", world.njeri.product)).await,
        "Blue K-1 777 130000, Red 170000"
    );
}

#[tokio::test]
async fn two_hundred_and_fifty_variants_are_made_and_saved_in_one_form() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let page = format!("/dashboard/products/{}/variants", world.njeri.product);
    let make = format!("{page}/options");
    let html = owner.browser.get(&page).await.text();
    let fifty = (0..50).map(|at| format!("v{at}")).collect::<Vec<_>>().join(", ");
    let form =
        Filled::of(&html, &make).with("values_1", &fifty).with("option_2", "Size").with("values_2", "1, 2, 3, 4, 5");
    assert_eq!(form.send(&mut owner.browser, &make).await.status, StatusCode::SEE_OTHER);
    let (_, grid) = open(&world, &mut owner.browser).await;
    let mut grid = grid;
    for row in 0..250 {
        grid = grid
            .with(&format!("{row}.price"), &(2_000 + row).to_string())
            .with(&format!("{row}.sku"), &format!("V-{row}"));
    }
    assert_eq!(grid.send(&mut owner.browser, &page).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        world.count("select count(distinct sku) from product_variants where is_active and price_cents >= 200000").await,
        250
    );
    assert_eq!(world.count("select base_price_cents from products where version = 3").await, 200_000);
}
