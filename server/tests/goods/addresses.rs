//! Addresses that change: the old one leads on for good, and is never another product's.

use crate::{
    forms::{Filled, picture, problem, text},
    merchant::member,
    world::{Browser, KILIMANI, NJERI, World},
};
use duka::{
    catalog::import::{ImportFile, ImportOptions, Source, import},
    kernel::access::Role,
};
use http::StatusCode;

async fn rename(browser: &mut Browser<'_>, path: &str, slug: &str) -> StatusCode {
    let page = browser.get(path).await.text();
    Filled::of(&page, path).with("slug", slug).send(browser, path).await.status
}

#[tokio::test]
async fn an_old_address_leads_to_the_new_one_in_both_languages() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = format!("/dashboard/products/{}", world.njeri.product);
    assert_eq!(rename(&mut owner.browser, &path, "kikoi-lamu").await, StatusCode::SEE_OTHER);
    assert_eq!(rename(&mut owner.browser, &path, "kikoi-pwani").await, StatusCode::SEE_OTHER);
    for (old, now) in [
        ("/p/kikoi", "/p/kikoi-pwani"),
        ("/p/kikoi-lamu", "/p/kikoi-pwani"),
        ("/sw/p/kikoi", "/sw/p/kikoi-pwani"),
        ("/p/kikoi?variant=1", "/p/kikoi-pwani"),
    ] {
        let answer = world.get(NJERI, old).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::MOVED_PERMANENTLY, now), "{old}");
    }
    assert_eq!(world.get(NJERI, "/p/kikoi-pwani").await.status, StatusCode::OK);
    assert_eq!(
        world.get(KILIMANI, "/p/kikoi-lamu").await.status,
        StatusCode::NOT_FOUND,
        "another shop knows nothing of it"
    );
    // Its own old address it may have again, and then nothing leads in a ring.
    assert_eq!(rename(&mut owner.browser, &path, "kikoi").await, StatusCode::SEE_OTHER);
    assert_eq!(world.get(NJERI, "/p/kikoi").await.status, StatusCode::OK);
    assert_eq!(world.get(NJERI, "/p/kikoi-pwani").await.header("location"), "/p/kikoi");
    // What is not in the shop is not led to.
    world.sql(&format!("update products set status = 'archived' where id = '{}'", world.njeri.product)).await;
    world.sql("update tenants set catalogue_version = catalogue_version + 1").await;
    assert_eq!(world.get(NJERI, "/p/kikoi-lamu").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_freed_address_is_not_given_away_by_anybody() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = format!("/dashboard/products/{}", world.njeri.product);
    assert_eq!(rename(&mut owner.browser, &path, "kikoi-lamu").await, StatusCode::SEE_OTHER);

    // A new product of the same name.
    let add = "/dashboard/products/new";
    let product = Filled::of(&owner.browser.get(add).await.text(), add).get("product").to_owned();
    let ctx = duka::ctx::Ctx::new(world.app.platform.clone(), world.njeri.tenant, duka::kernel::access::Actor::Program);
    let new = duka::catalog::product_form::NewProduct {
        name: "Kikoi".into(),
        price: duka::kernel::money::Money::shillings(5),
        pieces: 0,
        description: None,
    };
    let id = duka::kernel::id::ProductId::parse(&product).unwrap();
    let slug = duka::catalog::add_product::add_product(&ctx, world.njeri.store, id, &new, None).await.unwrap();
    assert_eq!(slug, "kikoi-2");

    // Another product's editor.
    let other = format!("/dashboard/products/{product}");
    let page = owner.browser.get(&other).await.text();
    let before = picture(&world).await;
    let refused = Filled::of(&page, &other).with("slug", "kikoi").send(&mut owner.browser, &other).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem(&refused.text(), "slug"), "Somebody has this already. Choose another.");
    assert_eq!(picture(&world).await, before);

    // A file that still calls it by the old address means the same product.
    let file = "Handle,Title,Variant Price,Option1 Name,Option1 Value\nkikoi,Kikoi brought in,900,Colour,Blue\n";
    let file = ImportFile { name: "a.csv".into(), source: Source::Bytes(file.as_bytes().to_vec()), folder: None };
    let report = import(&ctx, world.njeri.store, &world.app.media, file, ImportOptions::default()).await.unwrap();
    assert_eq!((report.created, report.updated, report.refused), (0, 1, 0));
    let slugs = format!(
        "select string_agg(slug || '=' || name, ' ' order by slug) from products where tenant_id = '{}'",
        world.njeri.tenant
    );
    assert_eq!(text(&world, &slugs).await, "kikoi-2=Kikoi kikoi-lamu=Kikoi brought in");
    assert_eq!(world.get(NJERI, "/p/kikoi").await.header("location"), "/p/kikoi-lamu");
}

#[tokio::test]
async fn a_categorys_old_address_leads_on_and_an_import_finds_it_there() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let (tenant, product) = (world.njeri.tenant, world.njeri.product);
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{tenant}', '{tenant}', 'Cloth', 'cloth');
             update products set category_id = '{tenant}' where id = '{product}'"
        ))
        .await;
    let path = format!("/dashboard/categories/{tenant}");
    let page = owner.browser.get(&path).await.text();
    let form = Filled::of(&page, &path).with("name", "Vitambaa").with("slug", "vitambaa");
    assert_eq!(form.send(&mut owner.browser, &path).await.status, StatusCode::SEE_OTHER);
    for (old, now) in [("/c/cloth", "/c/vitambaa"), ("/sw/c/cloth", "/sw/c/vitambaa")] {
        let answer = world.get(NJERI, old).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::MOVED_PERMANENTLY, now));
    }
    let ctx = duka::ctx::Ctx::new(world.app.platform.clone(), tenant, duka::kernel::access::Actor::Program);
    let file = "Handle,Title,Type,Variant Price\nshuka,Shuka,Cloth,900\n";
    let file = ImportFile { name: "a.csv".into(), source: Source::Bytes(file.as_bytes().to_vec()), folder: None };
    import(&ctx, world.njeri.store, &world.app.media, file, ImportOptions::default()).await.unwrap();
    assert_eq!(
        world.count(&format!("select count(*) from products where slug = 'shuka' and category_id = '{tenant}'")).await,
        1
    );
    assert_eq!(world.count("select count(*) from categories").await, 1);
    // A new one of the old name has another address.
    let list = "/dashboard/categories";
    let page = owner.browser.get(list).await.text();
    let added = Filled::of(&page, list).with("name", "Cloth").send(&mut owner.browser, list).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    assert_eq!(text(&world, "select string_agg(slug, ' ' order by slug) from categories").await, "cloth-2 vitambaa");
}
