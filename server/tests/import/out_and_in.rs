//! What is taken out comes in again unchanged: every column, every picture, the same bytes the second time.

use crate::world::{World, at_rate, real_files};
use duka::{
    catalog::{
        export::{PictureNames, export},
        import::{ImportFile, ImportOptions, Source, import},
        variants::make_variants,
    },
    kernel::{
        access::{Actor, Role},
        typed::Typed,
    },
};
use std::path::PathBuf;

/// The whole file, with its pictures beside it when they are named as files.
pub async fn out(world: &World, names: PictureNames) -> Vec<u8> {
    let mut export = export(&world.shop.ctx, world.shop.store, names).await.unwrap();
    let mut file = Vec::new();
    let pictures = world.folder.join("pictures");
    std::fs::create_dir_all(&pictures).unwrap();
    while let Some(part) = export.next().await.unwrap() {
        file.extend(part);
        for place in export.pictures() {
            let picture = world.media.get(place).await.unwrap().unwrap();
            std::fs::write(pictures.join(place.rsplit('/').next().unwrap()), picture.bytes).unwrap();
        }
    }
    file
}

#[track_caller]
fn expect_unchanged(report: &duka::catalog::import::ImportReport, products: usize) {
    assert_eq!((report.created, report.updated, report.unchanged, report.refused), (0, 0, products, 0), "{report}");
}

async fn goes_round(world: &World, products: usize) {
    for names in [PictureNames::Files, PictureNames::Addresses("https://duka.example".to_owned())] {
        let before = world.everything().await;
        let first = out(world, names.clone()).await;
        expect_unchanged(&world.bring_with(&first, ImportOptions::default()).await.unwrap(), products);
        assert_eq!(world.everything().await, before);
        let second = out(world, names).await;
        assert_eq!(String::from_utf8(second).unwrap(), String::from_utf8(first).unwrap());
    }
}

#[tokio::test]
async fn the_demos_goods_go_out_and_come_in_unchanged() {
    let demo = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/mama-njeri"));
    let world = World::new().await;
    let source = Source::Path(demo.join("products.csv"));
    let file = ImportFile { name: "products.csv".to_owned(), source, folder: Some(demo) };
    let brought =
        import(&world.shop.ctx, world.shop.store, &world.media, file, ImportOptions::default()).await.unwrap();
    assert_eq!(brought.refused, 0, "{brought}");
    let (pictures,): (i64,) = world.ask("select count(*) from product_images").await;
    assert!(pictures > 60, "{pictures}");
    // The product that every test shop begins with goes too.
    goes_round(&world, brought.created + 1).await;
}

#[tokio::test]
async fn the_real_files_go_out_and_come_in_unchanged() {
    let Some(folder) = real_files() else { return };
    let world = World::new().await;
    for name in ["apparel", "home-and-garden", "jewelery"] {
        let file = std::fs::read(folder.join(format!("shopify-{name}.csv"))).unwrap();
        assert_eq!(world.bring_with(&file, at_rate("129")).await.unwrap().created, 20);
    }
    goes_round(&world, 61).await;
}

#[tokio::test]
async fn cells_that_a_spreadsheet_would_run_go_out_harmless_and_come_back() {
    let world = World::new().await;
    let sql = "with p as (
                   insert into products (tenant_id, store_id, name, slug, status, description, brand, tags, seo)
                   select tenant_id, store_id, '=cmd|''/c calc''!A1', 'bad', 'active', '+254 <b>x</b>', '''tis', '{\"@a, b\",\"c\\\\\\\\d\"}', '{\"title\": \"-1\"}'
                   from products where slug = 'kikoi' returning tenant_id, id
               )
               insert into product_variants (tenant_id, product_id, name, sku, barcode, price_cents)
               select tenant_id, id, '@x', '''-2', '0012', 500 from p returning 1";
    let _: (i32,) = world.ask(sql).await;
    let file = String::from_utf8(out(&world, PictureNames::Files).await).unwrap();
    for cell in file.split([',', '\n']) {
        let bare = cell.trim_start_matches('"');
        assert!(!bare.starts_with(['=', '+', '-', '@']), "{cell}");
    }
    goes_round(&world, 2).await;
}

/// Gives the shop's only product these options instead of those it has.
async fn choose(world: &World, options: &[(&str, &str)]) {
    let typed = options.iter().enumerate().fold(Typed::default(), |typed, (at, (name, values))| {
        typed.with(&format!("option_{}", at + 1), *name).with(&format!("values_{}", at + 1), *values)
    });
    let (version,): (i32,) = world.ask("select version from products").await;
    make_variants(&world.shop.ctx, world.shop.product, version, &typed).await.unwrap();
}

#[tokio::test]
async fn choices_of_yesterday_stay_out_of_the_file_and_it_comes_in_unchanged() {
    let world = World::new().await;
    for options in [
        &[("Size", "S, M"), ("Colour", "Blue, Red")][..],
        &[("Size", "S, M")],
        &[("Ukubwa", "S, L")],
        &[("Ukubwa", "s, L")],
        &[],
    ] {
        choose(&world, options).await;
        goes_round(&world, 1).await;
    }
    let counts: (i64, i64) =
        world.ask("select count(*) filter (where is_active), count(*) from product_variants").await;
    assert_eq!(counts, (1, 6), "what was switched off is still there");
}

#[tokio::test]
async fn a_file_with_other_choices_switches_off_what_they_do_not_tell_apart_and_it_goes_round() {
    let world = World::new().await;
    let file = "Handle,Title,Option1 Name,Option1 Value,Variant Price\nkikoi,Kikoi,Size,S,900\nkikoi,,,M,950\n";
    let report = world.bring(file).await;
    assert_eq!((report.updated, report.refused), (1, 0), "{report}");
    let mut said: Vec<String> = report.rows[0].messages.iter().map(ToString::to_string).collect();
    said.sort();
    let off = |name: &str| {
        format!("the variant {name} is not in the file, which gives the product other choices, and is switched off")
    };
    assert_eq!(said, [off("Blue"), off("Red")]);
    let forms: (Vec<String>,) = world
        .ask("select array_agg(concat_ws(' ', name, is_active, stock_quantity) order by name) from product_variants")
        .await;
    assert_eq!(forms.0, ["Blue f 10", "M t 0", "Red f 10", "S t 0"]);
    goes_round(&world, 1).await;
    let before = world.everything().await;
    assert_eq!(world.bring(file).await.unchanged, 1);
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_form_that_is_not_sold_now_goes_out_as_such_and_stays_so() {
    let world = World::new().await;
    choose(&world, &[("Colour", "Blue")]).await;
    let file = String::from_utf8(out(&world, PictureNames::Files).await).unwrap();
    assert!(file.contains("Red"), "{file}");
    goes_round(&world, 1).await;
    let active: (Vec<bool>,) = world.ask("select array_agg(is_active order by name) from product_variants").await;
    assert_eq!(active.0, [true, false]);
}

#[tokio::test]
async fn as_many_forms_as_the_editor_makes_go_out_and_come_in() {
    let world = World::new().await;
    let sizes = (1..=50).map(|size| size.to_string()).collect::<Vec<_>>().join(", ");
    choose(&world, &[("Colour", "Blue, Red, Green, White, Black"), ("Size", sizes.as_str())]).await;
    let (count,): (i64,) = world.ask("select count(*) from product_variants where is_active").await;
    assert_eq!(count, 250);
    goes_round(&world, 1).await;
}

#[tokio::test]
async fn the_longest_that_may_be_typed_goes_out_and_comes_in() {
    let world = World::new().await;
    let [colour, size, cloth] = ["c", "s", "t"].map(|letter| letter.repeat(60));
    choose(&world, &[("Colour", colour.as_str()), ("Size", size.as_str()), ("Cloth", cloth.as_str())]).await;
    let sql = "with told as (
                   update products set description = '<p>' || repeat('é', 50000) || '</p>' returning tenant_id, id
               )
               insert into product_images (tenant_id, product_id, url, alt_text)
               select tenant_id, id, '/media/old/picture', repeat('w', 250) from told returning 1";
    let _: (i32,) = world.ask(sql).await;
    let (name,): (i32,) = world.ask("select char_length(name) from product_variants where is_active").await;
    assert_eq!(name, 186);
    goes_round(&world, 1).await;
}

#[tokio::test]
async fn a_changed_cell_changes_that_and_nothing_else() {
    let world = World::new().await;
    let file = String::from_utf8(out(&world, PictureNames::Files).await).unwrap();
    let report = world.bring(&file.replace(",1500,", ",1600,")).await;
    assert_eq!((report.updated, report.refused), (1, 0), "{report}");
    let prices: (Vec<i64>,) = world.ask("select array_agg(price_cents order by position) from product_variants").await;
    assert_eq!(prices.0, [100_000, 160_000]);
}

#[tokio::test]
async fn whoever_may_not_see_costs_takes_nothing_out() {
    let world = World::new().await;
    let mut viewer = world.shop.ctx.clone();
    viewer.actor = Actor::Member { user: duka::kernel::id::UserId::mint(), role: Role::Viewer };
    assert!(export(&viewer, world.shop.store, PictureNames::Files).await.is_err());
    let other = world.db.seed_shop(&world.shop.ctx.platform, "kilimani").await;
    assert!(export(&world.shop.ctx, other.store, PictureNames::Files).await.is_err());
    let (count,): (i64,) = world.ask("select count(*) from audit_log where action = 'products_exported'").await;
    assert_eq!(count, 0);
}
