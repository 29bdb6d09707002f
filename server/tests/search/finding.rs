//! What is found by which words.

use super::world::World;
use duka::{
    catalog::search_text,
    kernel::{id::CategoryId, locale::Locale},
    pages::storefront::{
        frame::Visit,
        listing::{Listing, Sort},
        search::{SearchPage, load},
    },
};

impl World {
    /// What our shop answers a shopper.
    async fn ask(&self, words: &str) -> SearchPage {
        let visit = Visit {
            store: self.ours.store,
            locale: Locale::En,
            origin: "http://ours.localhost:3000".into(),
            path: "/search".into(),
            assets: "/s/none".into(),
            is_light: false,
        };
        load(&self.ours.ctx, &visit, words, Listing::plain(Sort::Best)).await.unwrap().page
    }

    async fn names(&self, words: &str) -> Vec<String> {
        self.ask(words).await.products.into_iter().map(|card| card.name).collect()
    }
}

#[tokio::test]
async fn a_whole_number_of_a_thing_comes_first_then_its_name_then_the_rest() {
    let world = World::new().await;
    world.add("Sisal carrier", "", "description", "'Looks like a kiondo from Machakos'").await;
    world.add("Big kiondo", "KIO-1", "", "").await;
    world.add("Kiondo", "KIO-2", "", "").await;
    world.add("Kiondo lid", "KIONDO", "", "").await;
    world.add("Strap", "", "brand", "'Kiondo House'").await;
    assert_eq!(world.find("kiondo").await, ["Kiondo lid", "Kiondo", "Big kiondo", "Strap", "Sisal carrier"]);
    assert_eq!(world.names("kio-1").await, ["Big kiondo"]);
    assert_eq!(world.names("KIO 2").await, ["Kiondo"]);
    assert_eq!(world.names("kio").await.len(), 5, "the beginning of a word is enough");
}

#[tokio::test]
async fn one_mistake_is_forgiven_and_two_are_not() {
    let world = World::new().await;
    world.add("Kiondo", "", "", "").await;
    world.add("Kitenge dress", "", "", "").await;
    for typed in ["kiodno", "kondo", "kiiondo", "kiando", "iondo", "KIODNO!"] {
        assert_eq!(world.names(typed).await, ["Kiondo"], "{typed}");
    }
    assert_eq!(world.names("kitnege dres").await, ["Kitenge dress"]);
    assert_eq!(world.names("kxixxdo").await, Vec::<String>::new());
    // What is written right is not mixed with what only looks like it.
    for at in 0..3 {
        world.add(&format!("Kikoi number {at}"), "", "", "").await;
    }
    world.add("Kikoy towel", "", "", "").await;
    let found = world.names("kikoi").await;
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(!found.contains(&"Kikoy towel".to_owned()), "{found:?}");
}

#[tokio::test]
async fn swahili_finds_english_and_the_other_way() {
    let world = World::new().await;
    world.add("Leather shoes", "", "", "").await;
    world.add("Simu ya Tecno", "", "", "").await;
    world.add("Mkoba", "", "tags", "array['café']").await;
    assert_eq!(world.names("viatu").await, ["Leather shoes"]);
    assert_eq!(world.names("phone").await, ["Simu ya Tecno"]);
    assert_eq!(world.names("handbag").await, ["Mkoba"]);
    assert_eq!(world.names("CAFE").await, ["Mkoba"]);
}

#[tokio::test]
async fn what_is_asked_as_people_speak_finds_goods_that_do_not_say_every_word() {
    let world = World::new().await;
    world.add("Leather office shoes", "", "", "").await;
    world.add("Phone charger", "", "", "").await;
    world.add("Torch for cars", "", "", "").await;
    assert_eq!(world.names("viatu vya ngozi").await, ["Leather office shoes"]);
    assert_eq!(world.names("viatu vya ofisi").await, ["Leather office shoes"]);
    assert_eq!(world.names("chaja ya simu").await, ["Phone charger"]);
    assert_eq!(world.names("a charger for the phone").await, ["Phone charger"]);
    assert_eq!(world.names("for").await, ["Torch for cars"], "a word alone is looked for as it is");
    assert_eq!(world.find("chaja kwa simu").await, ["Phone charger"]);
}

#[tokio::test]
async fn a_category_is_found_with_what_is_above_it_and_a_new_name_reaches_its_products() {
    let world = World::new().await;
    let (above, below, tenant) = (CategoryId::mint(), CategoryId::mint(), world.ours.tenant);
    world
        .sql(&format!(
            "insert into categories (tenant_id, id, name, slug) values ('{tenant}', '{above}', 'Household', 'household');
             insert into categories (tenant_id, id, name, slug, parent_id) values ('{tenant}', '{below}', 'Kitchen', 'kitchen', '{above}')"
        ))
        .await;
    world.add("Ladle", "", "category_id", &format!("'{below}'")).await;
    assert_eq!(
        (world.names("kitchen").await, world.names("household").await),
        (vec!["Ladle".into()], vec!["Ladle".into()])
    );
    world.sql(&format!("update categories set name = 'Garden' where id = '{above}'")).await;
    let mut tx = world.ours.ctx.tx().await.unwrap();
    search_text::renew_category(&mut tx, above).await.unwrap();
    tx.commit().await.unwrap();
    world.work().await;
    assert_eq!((world.names("garden").await, world.names("household").await), (vec!["Ladle".into()], vec![]));
}

#[tokio::test]
async fn what_is_not_on_sale_is_found_by_its_merchant_only_and_what_is_another_merchants_by_nobody() {
    let world = World::new().await;
    let draft = world.add("Kiondo draft", "", "", "").await;
    world.sql(&format!("update products set status = 'draft' where id = '{draft}'")).await;
    assert_eq!(world.names("draft").await, Vec::<String>::new());
    assert_eq!(world.find("draft").await, ["Kiondo draft"]);
    world
        .sql(&format!(
            "update product_search set words = words || '''secret'':1A ''+secret'':1A'::tsvector, name = 'secret'
             where tenant_id = '{}'",
            world.theirs.tenant
        ))
        .await;
    assert_eq!(world.find("secret").await, Vec::<String>::new());
    let page = world.ask("secret").await;
    assert_eq!((page.product_count, page.nearest.len()), (0, 0));
    // Asked for without a tenant, the function has no answer at all.
    let mut app = <sqlx::PgConnection as sqlx::Connection>::connect(&world.db.url("duka_app")).await.unwrap();
    let found: i64 = sqlx::query_scalar(
        "select count(*) from search_products(null, '''=x''', 'secret', '''+secret''', '''secret''', '''secret''', 500)",
    )
    .fetch_one(&mut app)
    .await
    .unwrap();
    assert_eq!(found, 0);
}

#[tokio::test]
async fn nothing_found_names_what_looks_most_like_it() {
    let world = World::new().await;
    world.add("Kitenge dress", "", "", "").await;
    let page = world.ask("kitengele").await;
    assert_eq!(page.product_count, 0);
    let nearest: Vec<_> = page.nearest.into_iter().map(|one| one.name).collect();
    assert_eq!(nearest, ["Kitenge dress"]);
    let others: Vec<_> = page.others.into_iter().map(|card| card.name).collect();
    assert_eq!(others, ["Kikoi", "Kitenge dress"], "what is in stock comes first");
    let page = world.ask("kitenge").await;
    assert!(page.is_found && page.nearest.is_empty() && page.others.is_empty());
}

#[tokio::test]
async fn anything_may_be_typed() {
    let world = World::new().await;
    let long = "kikoi ".repeat(2_000);
    assert_eq!(world.names(&long).await, ["Kikoi"]);
    for typed in
        ["%", "_", "\\", "%_\\", "\0\u{1}\u{7f}", "':*&|!<->()", "", "  ", "🧺", "a' or 1=1 --", &"x".repeat(10_000)]
    {
        assert_eq!(world.names(typed).await, Vec::<String>::new(), "{typed:?}");
        assert!(world.find(typed).await.len() <= 1, "{typed:?}");
    }
}
