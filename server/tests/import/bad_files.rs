//! What is wrong with a row is said at that row, its product stays out whole, and the others come in.

use crate::world::{Counts, World, rows};
use duka::catalog::import::ImportOptions;

const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src";

#[tokio::test]
async fn a_product_with_a_wrong_row_stays_out_and_the_others_come_in() {
    let world = World::new().await;
    let report = world
        .bring(&format!(
            "{HEADER}\n\
             kiondo,Kiondo,<p>Sisal</p>,Njeri,Baskets,\"sisal, basket\",true,Size,Small,K-S,4,1200,1500,\n\
             kiondo,,,,,,,,Large,K-L,2,1800,,\n\
             shuka,Shuka,,,Cloth,,true,Colour,Red,S-R,3,900,,\n\
             shuka,,,,,,,,Blue,S-B,-1,900,,\n\
             shuka,,,,,,,,Green,S-G,1,900,,\n\
             mug,Mug,,,Home,,true,,,M-1,many,650,,\n\
             tray,Tray,,,Home,,true,,,T-1,1,650.50,,\n\
             bowl,Bowl,,,Home,,true,,,B-1,1,,,\n\
             spoon,,,,Home,,true,,,P-1,1,100,,\n\
             cup,Cup,,,Home,,true,,,C-1,1,100,,,,\n\
             ,Nobody,,,,,true,,,N-1,1,100,,\n"
        ))
        .await;
    assert_eq!(
        rows(&report),
        [
            "2 created",
            "3 created",
            "4 refused not brought in, because line 5 of the same product is wrong",
            "5 refused the quantity -1 is below zero",
            "6 refused not brought in, because line 5 of the same product is wrong",
            "7 refused the quantity “many” is no whole number from 0 to 1,000,000",
            "8 refused the price 650.50 is no whole shilling; if it is in another currency, give a rate",
            "9 refused there is no Variant Price",
            "10 refused no row of this handle has a Title",
            "11 refused the row has 16 cells where the header has 14; a quotation mark or a separator may be missing or too many",
            "12 refused the row has no Handle, so nothing says which product it belongs to",
        ]
    );
    assert_eq!((report.created, report.refused), (1, 6));
    assert_eq!(
        world.counts().await,
        Counts { products: 1, variants: 2, pieces: 6, ledger: 6, pictures: 0, categories: 1, runs: 1 }
    );
    let product: (String, String, i64, Option<i64>, Vec<String>, Vec<String>) =
        world.ask("select name, description, base_price_cents, compare_at_price_cents, tags, option_names from products where slug = 'kiondo'").await;
    assert_eq!(
        product,
        (
            "Kiondo".into(),
            "<p>Sisal</p>".into(),
            120_000,
            Some(150_000),
            vec!["sisal".into(), "basket".into()],
            vec!["Size".into()]
        )
    );
    let run: (String, i32, i32, i32, i32) = world
        .ask("select status, row_count, created_count, error_count, jsonb_array_length(report) from import_runs")
        .await;
    assert_eq!(run, ("succeeded".into(), 11, 1, 9, 11));
}

#[tokio::test]
async fn a_sku_is_taken_once_in_a_file_and_once_in_a_shop() {
    let world = World::new().await;
    world.bring(&format!("{HEADER}\nkiondo,Kiondo,,,,,true,,,SAME,1,1200,,\n")).await;
    let report = world
        .bring(&format!(
            "{HEADER}\n\
             basket,Basket,,,,,true,,,SAME,1,900,,\n\
             tray,Tray,,,,,true,,,TWICE,1,900,,\n\
             bowl,Bowl,,,,,true,,,TWICE,1,900,,\n\
             cup,Cup,,,,,true,,,,1,100,,\n\
             mug,Mug,,,,,true,,,,1,100,,\n"
        ))
        .await;
    assert_eq!(
        rows(&report),
        [
            "2 refused the SKU SAME belongs to the product kiondo already",
            "3 created",
            "4 refused the SKU TWICE is that of line 3 too",
            "5 created",
            "6 created",
        ]
    );
    let cell = &report.rows[0].messages[0];
    assert_eq!((cell.column.as_str(), cell.says.as_str()), ("Variant SKU", "SAME"), "also what only the shop knows");
    assert_eq!(world.counts().await.products, 4);
}

#[tokio::test]
async fn choices_without_names_or_values_are_understood_or_refused() {
    let world = World::new().await;
    let report = world
        .bring(&format!(
            "{HEADER}\n\
             a,A,,,,,true,Title,Default Title,,1,100,,\n\
             b,B,,,,,true,,Small,,1,100,,\n\
             b,,,,,,,,Large,,1,100,,\n\
             c,C,,,,,true,Size,Small,,1,100,,\n\
             c,,,,,,,,,C-2,1,100,,\n\
             d,D,,,,,true,Size,Small,,1,100,,\n\
             d,,,,,,,,small,,1,100,,\n\
             e,E,,,,,true,,,,1,100,,\n\
             e,,,,,,,,,,1,200,,\n"
        ))
        .await;
    assert_eq!(
        rows(&report),
        [
            "2 created",
            "3 created the choice has no name in the file and is called “Option”",
            "4 created",
            "5 refused not brought in, because line 6 of the same product is wrong",
            "6 refused there is no value for the choice Size",
            "7 refused not brought in, because line 8 of the same product is wrong",
            "8 refused the choice small is there already, on line 7",
            "9 refused not brought in, because line 10 of the same product is wrong",
            "10 refused a product without choices has one form only, on line 9",
        ]
    );
    let names: (Vec<String>,) = world.ask("select array_agg(v.name order by v.name) from product_variants v join products p on p.id = v.product_id where p.slug in ('a', 'b')").await;
    assert_eq!(names.0, ["", "Large", "Small"]);
}

#[tokio::test]
async fn a_file_that_is_no_text_or_lacks_its_columns_changes_nothing() {
    let world = World::new().await;
    let before = world.everything().await;
    for (bytes, says) in [
        (
            b"Handle,Title,Variant Price\na,A,1\nb,Caf\xe9\x81,2\n".as_slice(),
            "the file is not text that can be read; line 3 has a byte that is none. Save it as \u{201c}CSV UTF-8\u{201d} and try again",
        ),
        (b"\xff\xfeN\0a\0m\0e\0", "the file's columns are those of no format that is known here"),
        (b"Handle,Vendor\na,b\n", "the file's columns are those of no format that is known here"),
        (b"", "the file is empty"),
        (b"Handle,Title,Variant Price\n", "the file has a header and no rows"),
    ] {
        let refusal = world.bring_with(bytes, ImportOptions::default()).await.unwrap_err();
        assert_eq!(refusal.to_string(), says);
    }
    assert_eq!(world.everything().await, before);
    assert_eq!(world.counts().await.runs, 0);
}

#[tokio::test]
async fn limits_are_told_at_the_row_that_passes_them() {
    let world = World::new().await;
    let many: String = (0..251)
        .map(|n| format!("many,{},,,,,true,Size,{n},,1,100,,\n", if n == 0 { "Many" } else { "" }))
        .collect::<Vec<_>>()
        .concat();
    let long = "x".repeat(201);
    let huge = "y".repeat(65_537);
    let report = world.bring(&format!("{HEADER}\n{many}long,{long},,,,,true,,,,1,100,,\nhuge,Huge,{huge},,,,true,,,,1,100,,\nfree,Free,,,,,true,,,,1,0,,\nbad,Bad,,,,,perhaps,,,,1,5,,\n")).await;
    let told: Vec<String> = rows(&report).into_iter().filter(|row| !row.contains("not brought in")).collect();
    assert_eq!(
        told,
        [
            "252 refused the product has more than 250 variants",
            "253 refused the title is longer than 200 characters",
            "254 refused the description is longer than 64 kB",
            "255 refused the price “0” comes to nothing",
            "256 refused Published is “perhaps”, which is neither true nor false",
        ]
    );
    assert_eq!(world.counts().await.products, 0);
}

#[tokio::test]
async fn a_category_that_cannot_be_made_is_told_and_its_product_comes_in() {
    let world = World::new().await;
    let left_out = |name: &str| {
        format!(
            "created the category {name} was left out: its name gives no address, or the shop has 2,000 categories already"
        )
    };
    let report = world.bring("Handle,Title,Type,Variant Price\na,A,家具,5\n").await;
    assert_eq!(rows(&report), [format!("2 {}", left_out("家具"))]);
    let many = format!(
        "with made as (
             insert into categories (tenant_id, name, slug)
             select '{}', 'Shelf ' || n, 'shelf-' || n from generate_series(1, 2000) n returning 1
         )
         select count(*) from made",
        world.shop.tenant
    );
    assert_eq!(world.ask::<(i64,)>(&many).await.0, 2_000);
    let report = world.bring("Handle,Title,Type,Variant Price\nb,B,Baskets,5\nc,C,Shelf 7,5\n").await;
    assert_eq!(rows(&report), [format!("2 {}", left_out("Baskets")), "3 created".to_owned()]);
    let shelves: (Vec<String>,) = world
        .ask("select array_agg(concat_ws(' ', p.slug, c.slug) order by p.slug) from products p left join categories c on c.id = p.category_id where p.slug in ('a', 'b', 'c')")
        .await;
    assert_eq!(shelves.0, ["a", "b", "c shelf-7"]);
    assert_eq!(world.counts().await.categories, 2_000);
}

#[tokio::test]
async fn another_merchants_store_is_not_there() {
    let world = World::new().await;
    let other = world.db.seed_shop(&world.shop.ctx.platform, "kilimani").await;
    let file = duka::catalog::import::ImportFile {
        name: String::new(),
        source: duka::catalog::import::Source::Bytes(b"Handle,Title,Variant Price\na,A,1\n".to_vec()),
        folder: None,
    };
    let refusal =
        duka::catalog::import::import(&world.shop.ctx, other.store, &world.media, file, ImportOptions::default())
            .await
            .unwrap_err();
    assert_eq!(refusal.to_string(), "there is no such store");
}
