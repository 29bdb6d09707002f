//! Categories: the tree is arranged and moved, hidden and shown; the shop follows, and no ring is ever made.

use crate::{
    forms::{Filled, picture, problem, text},
    merchant::{Member, member},
    world::{NJERI, World},
};
use duka::{
    catalog::categories::edit_category,
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::{Actor, Role},
        id::CategoryId,
        typed::Typed,
    },
};
use http::StatusCode;

const LIST: &str = "/dashboard/categories";

/// Adds a category as a merchant does; answers its id.
async fn add(owner: &mut Member<'_>, name: &str, parent: &str) -> String {
    let page = owner.browser.get(LIST).await.text();
    let form = Filled::of(&page, LIST).with("name", name).with("parent", parent);
    let added = form.send(&mut owner.browser, LIST).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    form.get("category").to_owned()
}

async fn tree(world: &World) -> String {
    text(world, "select string_agg(c.slug || coalesce('<' || p.slug, ''), ' ' order by coalesce(p.slug, ''), c.position, c.name) from categories c left join categories p on p.id = c.parent_id").await
}

#[tokio::test]
async fn a_category_is_added_once_moved_with_all_inside_and_arranged() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let page = owner.browser.get(LIST).await.text();
    let form = Filled::of(&page, LIST).with("name", "Women");
    form.send(&mut owner.browser, LIST).await;
    form.send(&mut owner.browser, LIST).await;
    assert_eq!(world.count("select count(*) from categories").await, 1, "twice is once");
    let women = form.get("category").to_owned();
    let dresses = add(&mut owner, "Dresses", &women).await;
    let men = add(&mut owner, "Men", "").await;
    add(&mut owner, "Wrap dresses", &dresses).await;
    assert_eq!(tree(&world).await, "women men wrap-dresses<dresses dresses<women");

    let path = format!("{LIST}/{dresses}");
    let page = owner.browser.get(&path).await.text();
    let moved = Filled::of(&page, &path).with("parent", &men).send(&mut owner.browser, &path).await;
    assert_eq!((moved.status, moved.header("location")), (StatusCode::SEE_OTHER, format!("{path}?saved").as_str()));
    assert_eq!(tree(&world).await, "women men wrap-dresses<dresses dresses<men");

    let list = owner.browser.get(LIST).await.text();
    let up = format!("{LIST}/{men}/place");
    let step = Filled::of(&list, &up);
    assert_eq!(step.get("direction"), "up");
    assert_eq!(step.send(&mut owner.browser, &up).await.status, StatusCode::SEE_OTHER);
    assert_eq!(tree(&world).await, "men women wrap-dresses<dresses dresses<men");
    let once = picture(&world).await;
    assert_eq!(step.send(&mut owner.browser, &up).await.status, StatusCode::SEE_OTHER);
    assert_eq!(picture(&world).await, once, "the same step twice is one step");
    let stale = owner.browser.post(&up, &[("direction", "up"), ("past", &dresses)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(picture(&world).await, once);
    world.db.logged(&["category_added", "category_edited", "category_placed"]).await;
}

#[tokio::test]
async fn the_shop_shows_the_tree_and_what_is_hidden_is_not_there_but_its_products_are() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let women = add(&mut owner, "Women", "").await;
    let dresses = add(&mut owner, "Dresses", &women).await;
    let wrap = add(&mut owner, "Wrap dresses", &dresses).await;
    add(&mut owner, "Empty shelf", &women).await;
    world.sql(&format!("update products set category_id = '{wrap}' where id = '{}'", world.njeri.product)).await;
    world.sql("update tenants set catalogue_version = catalogue_version + 1").await;
    let home = world.get(NJERI, "/").await.text();
    assert!(home.contains("href=\"/c/women\"") && !home.contains("href=\"/c/dresses\""), "{home}");
    let page = world.get(NJERI, "/c/women").await.text();
    assert!(page.contains("Kikoi") && page.contains("href=\"/c/dresses\"") && !page.contains("Empty shelf"), "{page}");
    let page = world.get(NJERI, "/c/wrap-dresses").await.text();
    let crumbs = page.split("class=\"crumbs\"").nth(1).unwrap().split("</nav>").next().unwrap();
    assert!(crumbs.contains("/c/women") && crumbs.contains("/c/dresses"), "{crumbs}");
    let product = world.get(NJERI, "/p/kikoi").await.text();
    let crumbs = product.split("class=\"crumbs\"").nth(1).unwrap().split("</nav>").next().unwrap();
    assert!(["/c/women", "/c/dresses", "/c/wrap-dresses"].iter().all(|path| crumbs.contains(path)), "{crumbs}");

    let list = owner.browser.get(LIST).await.text();
    let hide = format!("{LIST}/{dresses}/shown");
    let form = Filled::of(&list, &hide);
    assert_eq!(form.send(&mut owner.browser, &hide).await.status, StatusCode::SEE_OTHER);
    let once = picture(&world).await;
    assert_eq!(form.send(&mut owner.browser, &hide).await.status, StatusCode::SEE_OTHER);
    assert_eq!(picture(&world).await, once, "hidden twice is hidden once");
    for path in ["/c/dresses", "/c/wrap-dresses", "/sw/c/dresses"] {
        assert_eq!(world.get(NJERI, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!world.get(NJERI, "/sitemaps/1.xml").await.text().contains("/c/wrap-dresses"));
    let page = world.get(NJERI, "/c/women").await;
    assert!(page.status == StatusCode::OK && !page.text().contains("Kikoi"), "its subtree is not listed");
    let product = world.get(NJERI, "/p/kikoi").await;
    assert!(product.status == StatusCode::OK && !product.text().contains("/c/women"), "its products stay reachable");
    assert!(!world.get(NJERI, "/").await.text().contains("href=\"/c/women\""), "nothing to see there");
    let list = owner.browser.get(LIST).await.text();
    Filled::of(&list, &hide).send(&mut owner.browser, &hide).await;
    assert_eq!(world.get(NJERI, "/c/wrap-dresses").await.status, StatusCode::OK);
    world.db.logged(&["category_hidden", "category_shown"]).await;
}

#[tokio::test]
async fn mistakes_are_named_and_nothing_moves() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let mut chain = vec![add(&mut owner, "L1", "").await];
    for level in 2..=5 {
        let parent = chain.last().unwrap().clone();
        chain.push(add(&mut owner, &format!("L{level}"), &parent).await);
    }
    let other = add(&mut owner, "Other", "").await;
    add(&mut owner, "Inside other", &other).await;
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{0}', '{0}', 'Theirs', 'theirs')",
            world.kilimani.tenant
        ))
        .await;
    let theirs = world.kilimani.tenant.to_string();
    let before = picture(&world).await;
    let long = "a".repeat(81);
    for (of, field, typed, words) in [
        (&chain[0], "parent", chain[0].as_str(), "A category cannot stand inside itself or inside one of its own."),
        (&chain[0], "parent", &chain[2], "A category cannot stand inside itself or inside one of its own."),
        (&other, "parent", &chain[3], "Categories can stand five deep, not deeper."),
        (&other, "parent", &theirs, "Choose one from the list."),
        (&other, "parent", "x", "Choose one from the list."),
        (&other, "name", "", "Please fill this in."),
        (&other, "name", &long, "This is too long."),
        (&other, "name", "O\u{7}", "This holds characters that cannot be read."),
        (&other, "slug", "l1", "Somebody has this already. Choose another."),
        (&other, "slug", "L 1", "Small letters, digits and single dashes, please, like mama-njeri."),
    ] {
        let path = format!("{LIST}/{of}");
        let page = owner.browser.get(&path).await.text();
        let refused = Filled::of(&page, &path).with(field, typed).send(&mut owner.browser, &path).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        assert_eq!(problem(&refused.text(), field), words, "{field} {typed}");
    }
    let page = owner.browser.get(LIST).await.text();
    for (field, typed, words) in [
        ("name", "", "Please fill this in."),
        ("parent", chain[4].as_str(), "Categories can stand five deep, not deeper."),
        ("parent", &theirs, "Choose one from the list."),
        ("slug", "x", "no field “slug”"),
    ] {
        let refused =
            Filled::of(&page, LIST).with("name", "New").with(field, typed).send(&mut owner.browser, LIST).await;
        assert!(
            refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains(words),
            "{field} {typed}"
        );
    }
    for to in ["", "/place", "/shown"] {
        let form = match to {
            "" => vec![("version", "1"), ("name", "Mine"), ("slug", "mine")],
            "/place" => vec![("direction", "up"), ("past", theirs.as_str())],
            _ => vec![("shown", "")],
        };
        let answer = owner.browser.post(&format!("{LIST}/{theirs}{to}"), &form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{to}");
    }
    assert_eq!(owner.browser.get(&format!("{LIST}/{theirs}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn two_moves_at_once_that_would_make_a_ring_make_none() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let (one, two) = (add(&mut owner, "One", "").await, add(&mut owner, "Two", "").await);
    let ctx =
        Ctx::new(world.app.platform.clone(), world.njeri.tenant, Actor::Member { user: owner.user, role: Role::Owner });
    let moves = [(one.clone(), two.clone(), "One", "one"), (two, one, "Two", "two")].map(|(id, parent, name, slug)| {
        let ctx = ctx.clone();
        let typed = Typed::default().with("name", name).with("slug", slug).with("parent", parent);
        tokio::spawn(async move { edit_category(&ctx, CategoryId::parse(&id).unwrap(), 1, &typed).await })
    });
    let mut done = Vec::new();
    for moved in moves {
        done.push(moved.await.unwrap());
    }
    assert_eq!(done.iter().filter(|end| end.is_ok()).count(), 1, "{done:?}");
    assert!(done.iter().any(|end| matches!(end, Err(AppError::Invalid(_)))), "{done:?}");
    assert_eq!(world.count("select count(*) from categories where parent_id is not null").await, 1);
}

#[tokio::test]
async fn a_merchant_has_at_most_five_hundred() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    world.sql(&format!("insert into categories (tenant_id, name, slug) select '{}', 'c' || n, 'c' || n from generate_series(1, 500) n", world.njeri.tenant)).await;
    let page = owner.browser.get(LIST).await.text();
    let refused = Filled::of(&page, LIST).with("name", "One more").send(&mut owner.browser, LIST).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("A shop can have 500 categories. Nothing was added."));
    assert_eq!(world.count("select count(*) from categories").await, 500);
}
