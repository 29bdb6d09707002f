//! Real product files end in money: a product of each is imported, put into a cart, ordered and paid.

use super::{invariants, story::Story};
use duka::{
    cart::service::add_item,
    catalog::{
        import::{ImportFile, ImportOptions, Rate, Source, import},
        media::MediaStore,
    },
    checkout::request_prompt,
    kernel::{id::VariantId, locale::Locale, quantity::Quantity},
    pages::storefront::order::PayStage,
};
use serde_json::json;
use std::path::PathBuf;

/// The folder of the three real product files.
fn real_files() -> Option<PathBuf> {
    let folder = std::env::var_os("DUKA_REAL_FILES").map(PathBuf::from);
    if folder.is_none() {
        println!("SKIPPED: DUKA_REAL_FILES names no folder with the three real product files");
    }
    folder
}

/// One product of a file, what its price is at 129 shillings, and how many of it came in.
struct Goods {
    file: &'static str,
    slug: &'static str,
    variant: &'static str,
    price: i64,
    stock: i32,
}

const BOUGHT: [Goods; 3] = [
    Goods { file: "apparel", slug: "ocean-blue-shirt", variant: "", price: 6_450, stock: 1 },
    Goods { file: "home-and-garden", slug: "clay-plant-pot", variant: "Regular", price: 1_289, stock: 1 },
    Goods { file: "jewelery", slug: "chain-bracelet", variant: "Blue", price: 5_546, stock: 1 },
];

#[tokio::test(flavor = "multi_thread")]
async fn one_product_of_each_real_file_is_bought_and_paid() {
    let Some(folder) = real_files() else { return };
    let story = Story::begin().await;
    story.script(json!({ "result_code": 0 })).await;
    let media_dir = std::env::temp_dir().join(format!("duka-real-{}", story.tenant()));
    let media = MediaStore::open(&format!("file://{}", media_dir.display())).unwrap();
    for (number, goods) in (1_001i64..).zip(&BOUGHT) {
        let name = format!("shopify-{}.csv", goods.file);
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        let options = ImportOptions { rate: Some(Rate::parse("129").unwrap()), ..ImportOptions::default() };
        let file = ImportFile { name, source: Source::Bytes(bytes), folder: None };
        let report = import(&story.shop.ctx, story.shop.store, &media, file, options).await.unwrap();
        assert_eq!((report.created, report.refused), (20, 0), "{}\n{report}", goods.file);

        let variant: (uuid::Uuid, i64, i32) = story
            .row(&format!(
                "select v.id, v.price_cents, v.stock_quantity from product_variants v join products p on p.id = v.product_id where p.slug = '{}' and v.name = '{}'",
                goods.slug, goods.variant
            ))
            .await;
        assert_eq!((variant.1, variant.2), (goods.price * 100, goods.stock), "{}", goods.slug);
        let one = Quantity::new(1).unwrap();
        let cart = add_item(&story.ctx(), story.shop.store, None, Locale::En, VariantId::from(variant.0), one, None)
            .await
            .unwrap()
            .cart;
        let placed = story.place(&cart, story.form(goods.price + 150)).await.unwrap();
        request_prompt::send(&story.platform, story.tenant(), placed.prompt.unwrap()).await.unwrap();
        story.until_settled(&placed).await;

        let total = (goods.price + 150) * 100;
        assert_eq!(placed.total_cents, total, "{}", goods.slug);
        let order: (String, String, i64, i64, i64, i64) = story
            .row(&format!(
                "select status, payment_status, subtotal_cents, delivery_fee_cents, total_cents, tax_cents from orders where order_number = {number}"
            ))
            .await;
        // 16 % VAT is inside the price: 16/116 of it, to the nearest cent.
        let tax = (total * 16 + 58) / 116;
        assert_eq!(order, ("paid".into(), "paid".into(), goods.price * 100, 15_000, total, tax), "{}", goods.slug);
        let paid: (String, i64, i64) = story
            .row(&format!(
                "select status, amount_cents, paid_amount_cents from payments where order_id = '{}'",
                placed.order
            ))
            .await;
        assert_eq!(paid, ("succeeded".into(), total, total), "{}", goods.slug);
        let left: (i32,) =
            story.row(&format!("select stock_quantity from product_variants where id = '{}'", variant.0)).await;
        assert_eq!(left.0, goods.stock - 1, "{}", goods.slug);
        assert!(matches!(story.stage(&placed).await, PayStage::Paid { receipt: Some(_) }), "{}", goods.slug);
    }
    invariants::hold(&story.everything).await;
    // Left over, it is in the way of nobody.
    let _ = std::fs::remove_dir_all(&media_dir);
}
