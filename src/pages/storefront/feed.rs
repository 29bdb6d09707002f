//! The goods of a shop as machines read them: one item for everything that can be bought, with the price that its page
//! shows; two statements.

use super::{
    frame::{ShopFrame, Visit, load_frame},
    parts::Picture,
    rows::{PictureRow, Shown, currency},
};
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        id::{CategoryId, ProductId, VariantId},
        money::Money,
    },
    seo::meta,
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

/// Items of one file.
pub const PER_FILE: u32 = 2_000;
/// No shop of ours has more files.
const LAST: u32 = 500;
/// What is read of a description, with its tags; of the text without them, Google takes 5,000.
const DESCRIPTION_READ: i32 = 6_000;

/// A variant of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedItem {
    pub product: ProductId,
    pub variant: VariantId,
    pub name: String,
    /// Empty for a product without a choice.
    pub variant_name: String,
    pub slug: String,
    /// The product can be had in other forms too.
    pub has_others: bool,
    pub brand: Option<String>,
    /// Plain text.
    pub description: String,
    pub price: Money,
    pub is_in_stock: bool,
    pub picture: Option<Picture>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedPage {
    pub items: Vec<FeedItem>,
    /// From 1.
    pub number: u32,
    pub has_more: bool,
    /// When a sale begins or ends, and a price is another one.
    pub until: Option<DateTime<Utc>>,
}

/// The file of that number. "Not found" for a shop that search engines may not list.
pub async fn load(ctx: &Ctx, visit: &Visit, number: u32) -> Result<(ShopFrame, FeedPage), AppError> {
    let now = ctx.now();
    let number = number.clamp(1, LAST);
    let mut tx = ctx.tx().await?;
    let (frame, standing) = load_frame(&mut tx, visit).await?;
    if !frame.seo.is_indexable {
        return Err(AppError::NotFound);
    }
    let rows = sqlx::query!(
        r#"with part as (
               select p.id as product, v.id as variant, v.name as variant_name, v.price_cents, v.stock_quantity, v.image_id,
                      row_number() over (order by p.created_at desc, p.id, v.position, v.id) as place
               from products p
               join product_variants v on v.tenant_id = $1 and v.product_id = p.id and v.is_active
               where p.tenant_id = $1
                 and p.store_id = $2
                 and p.status = 'active'
               order by p.created_at desc, p.id, v.position, v.id
               limit $4
               offset $5
           )
           select part.product as "product!", part.variant as "variant!", part.variant_name as "variant_name!",
                  part.price_cents as "price_cents!", p.name, p.slug, p.brand, p.currency,
                  left(p.description, $6) as description,
                  (select count(*)
                   from product_variants o
                   where o.tenant_id = $1
                     and o.product_id = p.id
                     and o.is_active) > 1 as "has_others!",
                  part.stock_quantity > (select held.pieces from pieces_held($1, part.variant, $3) as held (pieces)) as "is_in_stock!",
                  array(select above.id from categories_above($1, p.category_id) above) as "categories!",
                  (select to_jsonb(shown)
                   from (
                       select i.url, i.widths, i.width, i.height, i.placeholder, i.alt_text
                       from product_images i
                       where i.tenant_id = $1
                         and i.product_id = p.id
                       order by (i.id = part.image_id) is true desc, i.position, i.id
                       limit 1
                   ) shown) as "picture: Json<PictureRow>"
           from part
           join products p on p.tenant_id = $1 and p.id = part.product
           order by part.place"#,
        tx.tenant(),
        visit.store.uuid(),
        now,
        // One more tells whether there is another file.
        i64::from(PER_FILE) + 1,
        i64::from(number - 1) * i64::from(PER_FILE),
        DESCRIPTION_READ
    )
    .fetch_all(tx.conn())
    .await?;
    let most = usize::try_from(PER_FILE).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    let items: Result<Vec<FeedItem>, AppError> = rows
        .into_iter()
        .take(most)
        .map(|row| {
            let categories: Vec<CategoryId> = row.categories.into_iter().map(CategoryId::from).collect();
            let shown = Shown {
                rules: &standing.rules,
                product: row.product.into(),
                categories: &categories,
                variant: row.variant.into(),
                price: Money::new(row.price_cents, currency(&row.currency)?),
                now,
            };
            Ok(FeedItem {
                product: shown.product,
                variant: shown.variant,
                price: shown.price(None, &[]).0,
                picture: row.picture.and_then(|picture| picture.0.picture(&row.name)),
                description: row.description.map(|html| meta::plain_text(&html)).unwrap_or_default(),
                name: row.name,
                variant_name: row.variant_name,
                slug: row.slug,
                has_others: row.has_others,
                brand: row.brand,
                is_in_stock: row.is_in_stock,
            })
        })
        .collect();
    Ok((frame, FeedPage { items: items?, number, has_more, until: standing.until(now) }))
}
