//! The same file twice changes nothing; a changed one changes what it says; a dry run changes nothing at all.

use crate::world::{Counts, World, at_rate, now, rows};
use duka::catalog::import::ImportOptions;

const FILE: &str = "Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price\n\
                    kiondo,Kiondo,Baskets,Size,Small,K-S,4,1200\n\
                    kiondo,,,,Large,,2,1800\n\
                    shuka,Shuka,Cloth,,,,3,900\n";

#[tokio::test]
async fn the_same_file_twice_changes_nothing_the_second_time() {
    let world = World::new().await;
    let first = world.bring(FILE).await;
    assert_eq!((first.created, first.updated, first.unchanged, first.refused), (2, 0, 0, 0));
    let before = world.everything().await;
    let second = world.bring(FILE).await;
    assert_eq!(rows(&second), ["2 unchanged", "3 unchanged", "4 unchanged"]);
    assert_eq!((second.created, second.updated, second.unchanged, second.refused), (0, 0, 2, 0));
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_changed_file_changes_price_and_stock_and_leaves_the_rest() {
    let world = World::new().await;
    world.bring(FILE).await;
    let (before,): (i64,) =
        world.ask(&format!("select catalogue_version from tenants where id = '{}'", world.shop.tenant)).await;
    let report = world.bring(&FILE.replace("K-S,4,1200", "K-S,9,1250").replace("Large,,2", "Large,K-L,1")).await;
    assert_eq!(rows(&report), ["2 updated", "3 updated", "4 unchanged"]);
    assert_eq!(
        world.counts().await,
        Counts { products: 2, variants: 3, pieces: 13, ledger: 13, pictures: 0, categories: 2, runs: 2 }
    );
    let moves: (Vec<String>,) = world
        .ask("select array_agg(concat_ws(' ', v.name, m.change, m.reason, m.note, m.balance_after) order by v.name, m.change) from inventory_movements m join product_variants v on v.id = m.variant_id join products p on p.id = v.product_id where p.slug = 'kiondo'")
        .await;
    assert_eq!(
        moves.0,
        [
            "Large -1 adjustment import 1",
            "Large 2 restock import 2",
            "Small 4 restock import 4",
            "Small 5 adjustment import 9"
        ]
    );
    let (after,): (i64,) =
        world.ask(&format!("select catalogue_version from tenants where id = '{}'", world.shop.tenant)).await;
    assert_eq!(after, before + 1);
}

#[tokio::test]
async fn what_a_file_has_no_column_for_stays_as_it_is() {
    let world = World::new().await;
    world.bring(FILE).await;
    let _: (i32,) = world
        .ask("update product_variants set compare_at_price_cents = 150000, position = 7, name = 'The small one' where sku = 'K-S' returning 1")
        .await;
    let _: (i32,) = world.ask("update product_variants set is_active = false where name = 'Large' returning 1").await;
    let before = world.everything().await;
    assert_eq!(rows(&world.bring(FILE).await), ["2 unchanged", "3 unchanged", "4 unchanged"]);
    assert_eq!(world.everything().await, before);

    // A price before that is not above the new one is none any more.
    for (price, left) in [("1300", "1300 1500"), ("1600", "1600")] {
        let report = world.bring(&FILE.replace("K-S,4,1200", &format!("K-S,4,{price}"))).await;
        assert_eq!(rows(&report), ["2 updated", "3 updated", "4 unchanged"]);
        let kept: (Vec<String>,) = world
            .ask("select array_agg(concat_ws(' ', v.name, v.price_cents / 100, v.compare_at_price_cents / 100, v.is_active, v.position) order by v.price_cents) from product_variants v join products p on p.id = v.product_id where p.slug = 'kiondo'")
            .await;
        assert_eq!(kept.0, [format!("The small one {left} t 7"), "Large 1800 f 1".to_owned()]);
        let product: (String,) = world
            .ask("select concat_ws(' ', base_price_cents / 100, compare_at_price_cents / 100) from products where slug = 'kiondo'")
            .await;
        assert_eq!(product.0, left, "the form that is sold speaks for the product");
    }
}

#[tokio::test]
async fn an_empty_cell_says_that_there_was_no_price_before() {
    let world = World::new().await;
    let file = "Handle,Title,Variant Price,Variant Compare At Price\ncup,Cup,100,120\n";
    world.bring(file).await;
    assert_eq!(rows(&world.bring(&file.replace("100,120", "100,")).await), ["2 updated"]);
    let (count,): (i64,) = world.ask("select count(*) from product_variants where compare_at_price_cents > 0").await;
    assert_eq!(count, 0);
}

#[tokio::test]
async fn goods_promised_to_a_shopper_stay_in_the_stock() {
    let world = World::new().await;
    world.bring(FILE).await;
    let sql = format!(
        "with o as (insert into orders (tenant_id, store_id, order_number, status) values ('{tenant}', '{store}', 1001, 'awaiting_payment') returning id)
         insert into stock_holds (tenant_id, order_id, variant_id, quantity, expires_at)
         select '{tenant}', o.id, v.id, 3, '{until}' from o, product_variants v where v.sku = 'K-S' returning 1",
        tenant = world.shop.tenant,
        store = world.shop.store,
        until = now() + chrono::TimeDelta::minutes(30)
    );
    let _: (i32,) = world.ask(&sql).await;
    let report = world.bring(&FILE.replace("K-S,4", "K-S,1")).await;
    assert_eq!(
        rows(&report)[0],
        "2 updated 3 pieces are promised to shoppers who are paying, so the stock is set to 3"
    );
    let (stock,): (i32,) = world.ask("select stock_quantity from product_variants where sku = 'K-S'").await;
    assert_eq!(stock, 3);
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_and_writes_nothing() {
    let world = World::new().await;
    let before = world.everything().await;
    let report =
        world.bring_with(FILE.as_bytes(), ImportOptions { dry_run: true, ..ImportOptions::default() }).await.unwrap();
    assert_eq!(rows(&report), ["2 created", "3 created", "4 created"]);
    assert_eq!(report.run, None);
    assert_eq!(
        report.to_string().lines().last(),
        Some(
            "Dry run, nothing was written. It would be: 3 rows, 2 products: 2 created, 0 updated, 0 unchanged, 0 refused"
        )
    );
    assert_eq!(world.everything().await, before);
    assert_eq!(world.counts().await.runs, 0);
    assert!(!world.folder.join("media").join("media").exists());
}

#[tokio::test]
async fn foreign_prices_need_a_rate_and_say_how_they_were_made() {
    let world = World::new().await;
    let file = "Handle,Title,Variant Price,Variant Compare At Price\na,A,42.99,45\n";
    assert_eq!(
        rows(&world.bring(file).await),
        ["2 refused the price 42.99 is no whole shilling; if it is in another currency, give a rate"]
    );
    let report = world.bring_with(file.as_bytes(), at_rate("129.50")).await.unwrap();
    assert_eq!(
        rows(&report),
        [
            "2 created 42.99 × 129.5 = 5567.205, rounded to KSh 5,567; former price 45 × 129.5 = 5827.5, rounded to KSh 5,828"
        ]
    );
    let prices: (i64, Option<i64>) = world.ask("select price_cents, compare_at_price_cents from product_variants where product_id in (select id from products where slug = 'a')").await;
    assert_eq!(prices, (556_700, Some(582_800)));
}

#[tokio::test]
async fn rows_of_one_handle_need_not_be_neighbours() {
    let world = World::new().await;
    let report = world
        .bring("Handle,Title,Option1 Name,Option1 Value,Variant Price\na,A,Size,S,1\nb,B,,,2\na,,,M,3\n\n,,,,\n")
        .await;
    assert_eq!(
        rows(&report),
        [
            "2 created",
            "3 created",
            "4 created belongs to the product above; its row before this one is on line 2",
            "6 noted the row is empty"
        ]
    );
}
