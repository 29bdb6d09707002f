//! Three real exports, as merchants bring them: foreign prices, no SKUs, pictures that are elsewhere.

use crate::world::{Counts, World, at_rate, real_files, rows};
use duka::catalog::import::{ImportOptions, Outcome};

#[tokio::test]
async fn the_three_real_files_come_in_whole_and_once() {
    let Some(folder) = real_files() else { return };
    let world = World::new().await;
    let mut before = String::new();
    for round in ["first", "second"] {
        for (name, lines, products) in [("apparel", 22, 20), ("home-and-garden", 21, 20), ("jewelery", 41, 20)] {
            let bytes = std::fs::read(folder.join(format!("shopify-{name}.csv"))).unwrap();
            let dry = world.bring_with(&bytes, ImportOptions { dry_run: true, ..at_rate("129") }).await.unwrap();
            let report = world.bring_with(&bytes, at_rate("129")).await.unwrap();
            assert_eq!(
                (report.rows.len(), report.products(), report.refused),
                (lines, products, 0),
                "{name}\n{report}"
            );
            let (created, unchanged) = if round == "first" { (products, 0) } else { (0, products) };
            assert_eq!((report.created, report.unchanged), (created, unchanged), "{name}, {round}\n{report}");
            assert_eq!(rows(&dry), rows(&report), "{name}, {round}");
            assert!(
                report
                    .rows
                    .iter()
                    .all(|row| matches!(row.outcome, Outcome::Created | Outcome::Unchanged | Outcome::Noted))
            );
        }
        if round == "first" {
            before = world.everything().await;
        }
    }
    assert_eq!(world.everything().await, before);
    assert_eq!(
        world.counts().await,
        Counts { products: 60, variants: 66, pieces: 107, ledger: 107, pictures: 0, categories: 5, runs: 6 }
    );
    let bracelet: (String, Vec<String>, i64, i64, Option<i64>) = world
        .ask("select p.name, p.option_names, v.price_cents, v.stock_quantity::bigint, v.compare_at_price_cents from products p join product_variants v on v.product_id = p.id where p.slug = 'chain-bracelet' and v.name = 'Blue'")
        .await;
    assert_eq!(bracelet, ("7 Shakra Bracelet".into(), vec!["Color".into()], 554_600, 1, Some(580_400)));
}

#[tokio::test]
async fn without_a_rate_the_real_files_say_which_prices_are_no_shillings() {
    let Some(folder) = real_files() else { return };
    let world = World::new().await;
    let bytes = std::fs::read(folder.join("shopify-home-and-garden.csv")).unwrap();
    let report = world.bring_with(&bytes, ImportOptions::default()).await.unwrap();
    assert_eq!((report.created, report.refused), (5, 15), "{report}");
}
