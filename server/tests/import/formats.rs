//! Files of other shops and of nobody's format: each column means what it should, whatever it is written in.

use crate::world::{Counts, World, rows};
use duka::{
    catalog::{
        edit_product,
        import::{Format, ImportOptions, ImportRefusal, Mapping, Outcome, Reading},
    },
    kernel::id::ProductId,
};

const WOO: &str = "ID,Type,SKU,Name,Published,\"Short description\",Description,\"Regular price\",\"Sale price\",Categories,Tags,Images,Parent,\"Attribute 1 name\",\"Attribute 1 value(s)\",Stock,\"Weight (kg)\"\n\
    21,variation,K-S,\"Kiondo - Small\",1,,,1200,,,,,id:20,Size,Small,4,0.35\n\
    20,variable,KIONDO,Kiondo,1,\"By hand\",\"<p>Sisal</p>\",,,\"Home > Baskets, Gifts\",\"sisal, gift\",https://cdn.example/a.jpg,,Size,\"Small, Large\",,\n\
    22,variation,K-L,\"Kiondo - Large\",1,,,1800,1500,,,,KIONDO,Size,Large,2,0.6\n\
    23,\"simple, virtual\",MUG,Mug,-1,\"Enamel, 300 ml\",,650,,Home,,,,Colour,Red,7,\n\
    24,grouped,SET,\"A set\",1,,,,,,,,,,,,\n\
    25,variation,X,\"Lost - Red\",1,,,10,,,,,id:99,Colour,Red,1,\n";

#[tokio::test]
async fn a_woocommerce_file_comes_in_with_its_variations_and_its_tree() {
    let world = World::new().await;
    let report = world.bring(WOO).await;
    assert_eq!(
        rows(&report),
        [
            "2 created",
            "3 created the product's address is kiondo; the picture at cdn.example was not fetched",
            "4 created",
            "5 created the product's address is mug",
            "6 refused a product of the type “grouped” cannot be sold here; simple and variable ones can; the product's address is a-set; there is no Regular price",
            "7 refused the product id:99, which this is a variation of, is not in the file",
        ]
    );
    let variants: (Vec<String>,) = world
        .ask("select array_agg(concat_ws('|', p.slug, p.status, v.name, v.sku, v.price_cents, v.compare_at_price_cents, v.stock_quantity, v.attributes, round(p.weight_kg * 1000)) order by v.sku) from product_variants v join products p on p.id = v.product_id where p.slug <> 'kikoi'")
        .await;
    assert_eq!(
        variants.0,
        [
            "kiondo|active|Large|K-L|150000|180000|2|{\"Size\": \"Large\"}|350",
            "kiondo|active|Small|K-S|120000|4|{\"Size\": \"Small\"}|350",
            "mug|draft||MUG|65000|7|{}",
        ]
    );
    let tree: (Vec<String>,) = world
        .ask("select array_agg(concat_ws(' > ', above.name, c.name) order by c.name) from categories c left join categories above on above.id = c.parent_id")
        .await;
    assert_eq!(tree.0, ["Home > Baskets", "Home"]);
    let text: (String,) = world.ask("select description from products where slug = 'mug'").await;
    assert_eq!(text.0, "Enamel, 300 ml");

    let before = world.everything().await;
    let again = world.bring(WOO).await;
    assert_eq!((again.created, again.updated, again.unchanged, again.refused), (0, 0, 2, 1));
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn what_nobody_counts_elsewhere_is_said_to_be_without_stock_here() {
    let world = World::new().await;
    let says = "its pieces are not counted in the file; only what is counted here can be sold";
    let shopify = world
        .bring("Handle,Title,Variant Inventory Tracker,Variant Inventory Qty,Variant Price\na,A,,0,5\nb,B,shopify,0,5\nc,C,,3,5\n")
        .await;
    assert_eq!(rows(&shopify), [format!("2 created {says}"), "3 created".to_owned(), "4 created".to_owned()]);
    let woo = world
        .bring("Type,SKU,Name,\"In stock?\",Stock,\"Regular price\"\nsimple,T,Tray,1,,650\nsimple,M,Mug,1,4,650\nsimple,P,Pot,0,,650\n")
        .await;
    assert_eq!(
        rows(&woo),
        [
            format!("2 created the product's address is tray; {says}"),
            "3 created the product's address is mug".to_owned(),
            "4 created the product's address is pot".to_owned(),
        ]
    );
}

#[tokio::test]
async fn line_breaks_of_another_shops_text_are_not_letters_here() {
    let world = World::new().await;
    let file = "Type,SKU,Name,Description,\"Regular price\"\n\
                simple,T-1,Tray,\"By hand.\\n\\nOf sisal,\\nfrom Kitui\",650\n";
    assert_eq!(world.bring(file).await.created, 1);
    let text: (String,) = world.ask("select description from products where slug = 'tray'").await;
    assert_eq!(text.0, "<p>By hand.</p><p>Of sisal,<br>from Kitui</p>");
    assert_eq!(world.bring(file).await.unchanged, 1);
}

#[tokio::test]
async fn a_person_says_what_the_columns_of_an_unknown_file_are() {
    let world = World::new().await;
    let file =
        "Jina;Bei ya kuuza;Idadi;Rangi\nKanga;KSh 1,250;3;Nyekundu\nKanga;\"1.300,00\";2;Buluu\nMwiko;350/=;10;\n";
    let before = world.everything().await;
    let unknown = world.bring_with(file.as_bytes(), ImportOptions::default()).await.unwrap_err();
    assert_eq!(unknown, ImportRefusal::UnknownColumns);
    let say = |pairs: &[(&str, &str)]| {
        let mapping: Mapping = pairs.iter().map(|(file, ours)| ((*file).to_owned(), (*ours).to_owned())).collect();
        ImportOptions { reading: Some(Reading::Mapped(mapping)), ..ImportOptions::default() }
    };
    let half = world.bring_with(file.as_bytes(), say(&[("Jina", "name")])).await.unwrap_err();
    assert_eq!(half, ImportRefusal::MappingIncomplete);
    assert_eq!(world.everything().await, before);

    let said = say(&[("Jina", "name"), ("Bei ya kuuza", "price"), ("Idadi", "stock"), ("Rangi", "option1_value")]);
    let report = world.bring_with(file.as_bytes(), said).await.unwrap();
    assert_eq!(
        rows(&report),
        [
            "2 created the product's address is kanga; the choice has no name in the file and is called “Option”",
            "3 created",
            "4 created the product's address is mwiko",
        ]
    );
    let prices: (Vec<i64>,) = world.ask("select array_agg(v.price_cents order by v.price_cents) from product_variants v join products p on p.id = v.product_id where p.slug in ('kanga', 'mwiko')").await;
    assert_eq!(prices.0, [35_000, 125_000, 130_000]);
}

#[tokio::test]
async fn what_was_written_in_another_encoding_comes_in_as_it_was() {
    let world = World::new().await;
    let report = world
        .bring_with(b"Handle,Title,Variant Price\na,Caf\xe9 \x96 large,1\n", ImportOptions::default())
        .await
        .unwrap();
    assert_eq!(
        rows(&report),
        ["2 created the file was read as Windows-1252; look whether letters with accents are right"]
    );
    let wide: Vec<u8> =
        "\u{feff}Handle\tTitle\tVariant Price\nb\tChaï\t2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(world.bring_with(&wide, ImportOptions::default()).await.unwrap().created, 1);
    let names: (Vec<String>,) =
        world.ask("select array_agg(name order by slug) from products where slug in ('a', 'b')").await;
    assert_eq!(names.0, ["Café – large", "Chaï"]);
}

#[tokio::test]
async fn prices_are_read_right_or_refused_at_their_cell() {
    let world = World::new().await;
    let report = world
        .bring(
            "Handle,Title,Variant Price,Variant Compare At Price\n\
             a,A,\"1.250,00\",\n\
             b,B,\"KSh 1,250\",\"1,500.00\"\n\
             c,C,1250/=,\n\
             d,D,1.250,\n\
             e,E,-5,\n\
             f,F,12 USD,\n\
             g,G,100,90\n\
             h,H,100,soon\n",
        )
        .await;
    assert_eq!(
        rows(&report),
        [
            "2 created",
            "3 created",
            "4 created",
            "5 refused the price “1.250” may be a thousand or a fraction; write it without the point",
            "6 refused the price “-5” is not a number like 1250 or 1,250.50",
            "7 refused the price “12 USD” is not a number like 1250 or 1,250.50",
            "8 created the former price KSh 90 is not above the price and was left out",
            "9 refused the former price “soon” is not a number like 1250 or 1,250.50",
        ]
    );
    let cell = &report.rows[7].messages[0];
    assert_eq!((cell.column.as_str(), cell.says.as_str()), ("Variant Compare At Price", "soon"));
    let prices: (Vec<i64>,) = world
        .ask("select array_agg(base_price_cents order by slug) from products where slug in ('a', 'b', 'c', 'g')")
        .await;
    assert_eq!(prices.0, [125_000, 125_000, 125_000, 10_000]);
    assert_eq!(world.counts().await.products, 4);
}

#[tokio::test]
async fn formulas_are_text_on_the_way_in() {
    let world = World::new().await;
    let report = world
        .bring("Handle,Title,Body (HTML),Variant SKU,Variant Price\nx,\"=cmd|'/c calc'!A1\",@SUM(A1),-1+1,5\n")
        .await;
    assert_eq!(report.rows[0].outcome, Outcome::Created);
    let kept: (String, String, String) = world
        .ask("select p.name, p.description, v.sku from products p join product_variants v on v.product_id = p.id where p.slug = 'x'")
        .await;
    assert_eq!(kept, ("=cmd|'/c calc'!A1".into(), "@SUM(A1)".into(), "-1+1".into()));
}

#[tokio::test]
async fn what_a_file_broke_into_lines_is_one_line_and_the_editor_saves_it_as_it_is() {
    let world = World::new().await;
    let report = world
        .bring(
            "Handle,Title,Vendor,Tags,SEO Title,SEO Description,Variant Grams,Variant Price\n\
             basket,\"Kiondo\nlarge\",\"Njeri\r\n& co\",\"sisal,\nby hand\",\"A\tbasket\",\"Woven\r\n\r\nby hand\",5000000,900\n",
        )
        .await;
    assert_eq!(rows(&report), ["2 created the weight “5000000” is no number of grams and was left out"]);
    let said: (String, String, Vec<String>, String, String) = world
        .ask("select name, brand, tags, seo ->> 'title', seo ->> 'description' from products where slug = 'basket'")
        .await;
    assert_eq!((said.0.as_str(), said.1.as_str()), ("Kiondo large", "Njeri & co"));
    assert_eq!(
        (said.2.as_slice(), said.3.as_str()),
        (["sisal".to_owned(), "by hand".to_owned()].as_slice(), "A basket")
    );
    assert_eq!(said.4, "Woven by hand");
    let (id,): (uuid::Uuid,) = world.ask("select id from products where slug = 'basket'").await;
    let sheet = edit_product::load(&world.shop.ctx, ProductId::from(id)).await.unwrap();
    edit_product::edit_product(&world.shop.ctx, sheet.id, sheet.version, &sheet.typed).await.unwrap();
}

#[tokio::test]
async fn our_own_file_says_everything_that_is_kept() {
    let world = World::new().await;
    let file = "Slug,Status,Name,Description,Brand,Category,Tags,SEO title,SEO description,Weight (g),Option 1,Option 1 value,SKU,Barcode,Price,Was price,Cost,Stock,Low stock limit,Active,Position\n\
        shuka,draft,Shuka,<p>Red</p>,Maasai,\"Cloth > Shukas \\> Thick\",\"a\\, b, c\",T,D,450,Colour,Red,S-R,600123,900,1200,400.50,5,2,yes,0\n\
        shuka,,,,,,,,,,,Blue,S-B,,950,,,0,0,no,7\n";
    let report = world.bring(file).await;
    assert_eq!(rows(&report), ["2 created", "3 created"]);
    let product: (String, String, Vec<String>, i64, Option<i64>) = world
        .ask("select status, seo::text, tags, round(weight_kg * 1000)::bigint, cost_cents from products where slug = 'shuka'")
        .await;
    assert_eq!(
        product,
        (
            "draft".into(),
            "{\"title\": \"T\", \"description\": \"D\"}".into(),
            vec!["a, b".into(), "c".into()],
            450,
            Some(40_050)
        )
    );
    let variants: (Vec<String>,) = world
        .ask("select array_agg(concat_ws('|', name, sku, price_cents, compare_at_price_cents, cost_cents, stock_quantity, low_stock_threshold, is_active, position) order by position) from product_variants where sku like 'S-%'")
        .await;
    assert_eq!(variants.0, ["Red|S-R|90000|120000|40050|5|2|t|0", "Blue|S-B|95000|0|0|f|7"]);
    assert_eq!(
        world.counts().await,
        Counts { products: 1, variants: 2, pieces: 5, ledger: 5, pictures: 0, categories: 2, runs: 1 }
    );
    let odd = world.bring("Slug,Name,Price,Low stock limit,Active,Status\nz,Z,5,-1,maybe,sold\n").await;
    assert_eq!(
        rows(&odd),
        [
            "2 refused Status is “sold”, which is none of active, draft and archived; the low stock limit -1 is below zero; “maybe” is neither yes nor no"
        ]
    );
}

#[tokio::test]
async fn a_said_format_is_asked_for_its_columns() {
    let world = World::new().await;
    let options = ImportOptions { reading: Some(Reading::Format(Format::WooCommerce)), ..ImportOptions::default() };
    let refusal = world.bring_with(b"Handle,Title,Variant Price\na,A,1\n", options).await.unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the file lacks the columns Type, Name and Regular price, which a WooCommerce product file has"
    );
    assert_eq!(world.counts().await.runs, 0);
}
