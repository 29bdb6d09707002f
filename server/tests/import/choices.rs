//! Files that say nothing of choices: those of the shop stay, and a row means the variant with its SKU, or the only one.

use crate::world::{World, rows};

const BY_SKU: &str = "Handle,Title,Variant SKU,Variant Price\n";

/// The shop's only product, with a SKU for each of its two variants.
async fn kikoi() -> World {
    let world = World::new().await;
    let _: (i32,) = world
        .ask("with named as (update product_variants set sku = 'K-' || name returning 1) select count(*)::int from named")
        .await;
    world
}

async fn variants(world: &World) -> Vec<String> {
    let all: (Vec<String>,) = world
        .ask("select array_agg(concat_ws(' ', v.name, v.price_cents / 100, v.attributes, p.option_names) order by v.position) from product_variants v join products p on p.id = v.product_id where p.slug = 'kikoi'")
        .await;
    all.0
}

#[tokio::test]
async fn a_list_by_sku_changes_prices_and_leaves_the_choices() {
    let world = kikoi().await;
    let report = world.bring(&format!("{BY_SKU}kikoi,Kikoi,K-Red,1700\nkikoi,,K-Blue,1900\n")).await;
    assert_eq!(rows(&report), ["2 updated", "3 updated"]);
    assert_eq!(
        variants(&world).await,
        ["Blue 1900 {\"Colour\": \"Blue\"} {Colour}", "Red 1700 {\"Colour\": \"Red\"} {Colour}"]
    );

    // One of them alone; the other stays and is the cheapest still.
    let report = world.bring(&format!("{BY_SKU}kikoi,Kikoi,K-Blue,2100\n")).await;
    assert_eq!(rows(&report), ["2 updated the variant Red is not in the file and stays as it is"]);
    assert_eq!(
        variants(&world).await,
        ["Blue 2100 {\"Colour\": \"Blue\"} {Colour}", "Red 1700 {\"Colour\": \"Red\"} {Colour}"]
    );
    let (base,): (i64,) = world.ask("select base_price_cents from products where slug = 'kikoi'").await;
    assert_eq!(base, 170_000, "what the product begins at");
}

#[tokio::test]
async fn a_row_that_may_mean_any_of_several_variants_is_refused_and_changes_nothing() {
    let world = kikoi().await;
    let before = world.everything().await;
    for sku in ["", "K-Green"] {
        let report = world.bring(&format!("{BY_SKU}kikoi,Kikoi,{sku},900\n")).await;
        assert_eq!(
            rows(&report),
            ["2 refused the product has choices here, and neither they nor the SKU of a variant stand in the row"]
        );
        assert_eq!(world.everything().await, before);
    }
}

#[tokio::test]
async fn the_only_variant_on_sale_is_meant_without_a_word() {
    let world = kikoi().await;
    let _: (i32,) = world.ask("update product_variants set is_active = false where name = 'Red' returning 1").await;
    let report = world.bring("Handle,Title,Variant Price\nkikoi,Kikoi,900\n").await;
    assert_eq!(rows(&report), ["2 updated"]);
    assert_eq!(
        variants(&world).await,
        ["Blue 900 {\"Colour\": \"Blue\"} {Colour}", "Red 1500 {\"Colour\": \"Red\"} {Colour}"]
    );
}

#[tokio::test]
async fn choices_in_other_letters_are_the_same_variants() {
    let world = World::new().await;
    let file =
        "Handle,Title,Option1 Name,Option1 Value,Variant Price\nkikoi,Kikoi,COLOUR,blue,1100\nkikoi,,,RED,1600\n";
    assert_eq!(rows(&world.bring(file).await), ["2 updated", "3 updated"]);
    assert_eq!(
        variants(&world).await,
        ["blue 1100 {\"Colour\": \"blue\"} {Colour}", "RED 1600 {\"Colour\": \"RED\"} {Colour}"]
    );
    let before = world.everything().await;
    assert_eq!(rows(&world.bring(file).await), ["2 unchanged", "3 unchanged"]);
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn several_forms_of_a_new_product_need_something_to_choose_by() {
    let world = World::new().await;
    let report = world.bring(&format!("{BY_SKU}mug,Mug,M-1,100\nmug,,M-2,200\n")).await;
    assert_eq!(
        rows(&report),
        [
            "2 refused not brought in, because line 3 of the same product is wrong",
            "3 refused a product without choices has one form only, on line 2",
        ]
    );
    assert_eq!(world.counts().await.products, 0);
}
