//! The list of products with every variant's price and stock.

use crate::catalog::variant::VariantRow;
use crate::kernel::id::ProductId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductFilter {
    /// Part of a name, or an SKU.
    #[serde(default)]
    pub words: String,
    /// `draft`, `active`, `archived`; empty for what is not archived.
    #[serde(default)]
    pub status: String,
    /// From 1.
    #[serde(default)]
    pub page: u32,
}

impl ProductFilter {
    /// What the list offers to look at.
    pub const OFFERED: [&str; 4] = ["", "active", "draft", "archived"];
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductsPage {
    pub filter: ProductFilter,
    pub rows: Vec<ProductRow>,
    pub product_count: u32,
    pub page_count: u32,
    /// False for a viewer: fields are then plain text.
    pub may_edit: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    pub id: ProductId,
    pub name: String,
    pub slug: String,
    /// Which shop sells it; told when the merchant has several.
    pub shop: Option<String>,
    /// Address of the product in the shop, under which this browser keeps no page from before.
    pub url: String,
    /// `draft`, `active`, `archived`.
    pub status: String,
    /// The address of a small picture.
    pub picture: Option<String>,
    /// The first ones.
    pub variants: Vec<VariantRow>,
    /// How many there are in all.
    pub variant_count: u32,
}

#[cfg(feature = "ssr")]
pub use load::load;

#[cfg(feature = "ssr")]
mod load {
    use super::{ProductFilter, ProductId, ProductRow, ProductsPage, VariantRow};
    use crate::{
        catalog::{search_text, search_words::Question},
        ctx::Ctx,
        db::TenantTx,
        error::AppError,
        kernel::{access::Permission, currency::Currency, money::Money},
        pages::{
            dashboard::{count, currency, looked_at, page_count},
            storefront::parts::Picture,
        },
        tenancy::address::shop_url,
    };
    use chrono::{DateTime, Utc};
    use std::collections::HashMap;
    use uuid::Uuid;

    const PER_PAGE: u32 = 20;
    const LAST_PAGE: u32 = 500;
    const WORDS_LENGTH: usize = 100;
    const MOST_FOUND: i32 = 500;
    /// Pixels of a row's picture on a sharp screen.
    const PICTURE_WIDTH: u16 = 96;
    /// The most variants that a product shows here: one with hundreds has a page for them.
    const VARIANTS: i64 = 24;

    /// One page of the list, by name; what is archived shows up in a search only.
    pub async fn load(ctx: &Ctx, mut filter: ProductFilter) -> Result<ProductsPage, AppError> {
        ctx.require(Permission::SeeDashboard)?;
        filter.words = looked_at(&filter.words, WORDS_LENGTH);
        if !ProductFilter::OFFERED.contains(&filter.status.as_str()) {
            filter.status.clear();
        }
        let status = (!filter.status.is_empty()).then_some(filter.status.as_str());
        filter.page = filter.page.clamp(1, LAST_PAGE);
        let mut tx = ctx.tx().await?;
        let found = match Question::ask(&filter.words) {
            Some(asked) => Some(search_text::find(&mut tx, None, &asked, MOST_FOUND).await?),
            // Signs only are no words, and nothing has them.
            None => (!filter.words.is_empty()).then(Vec::new),
        };
        let product_count = count_products(&mut tx, found.as_deref(), status).await?;
        let mut rows = list_products(ctx, &mut tx, found.as_deref(), status, (filter.page - 1) * PER_PAGE).await?;
        let mut variants = list_variants(&mut tx, &rows, &filter.words, ctx.now()).await?;
        for (row, _) in &mut rows {
            (row.variant_count, row.variants) = variants.remove(&row.id).unwrap_or_default();
        }
        Ok(ProductsPage {
            filter,
            rows: rows.into_iter().map(|(row, _)| row).collect(),
            product_count,
            page_count: page_count(product_count, PER_PAGE).min(LAST_PAGE),
            may_edit: ctx.actor.may(Permission::EditPrices),
        })
    }

    async fn count_products(tx: &mut TenantTx, found: Option<&[Uuid]>, status: Option<&str>) -> Result<u32, AppError> {
        let found = sqlx::query_scalar!(
            r#"select count(*) as "count!"
               from products p
               where p.tenant_id = $1
                 and (case when $3::text is not null then p.status = $3
                      else $2::uuid[] is not null or p.status <> 'archived'
                      end)
                 and ($2::uuid[] is null or p.id = any($2))"#,
            tx.tenant(),
            found,
            status
        )
        .fetch_one(tx.conn())
        .await?;
        Ok(count(found))
    }

    async fn list_products(
        ctx: &Ctx,
        tx: &mut TenantTx,
        found: Option<&[Uuid]>,
        status: Option<&str>,
        skip: u32,
    ) -> Result<Vec<(ProductRow, Currency)>, AppError> {
        let rows = sqlx::query!(
            r#"select p.id, p.name, p.slug, p.status, p.currency, s.slug as store_slug,
                      case when (select count(*) from stores where tenant_id = $1) > 1 then s.name end as shop,
                      picture.url as "url?", picture.widths as "widths?"
               from products p
               join stores s on s.tenant_id = $1 and s.id = p.store_id
               left join lateral (
                   select i.url, i.widths
                   from product_images i
                   where i.tenant_id = $1
                     and i.product_id = p.id
                   order by i.position, i.id
                   limit 1
               ) picture on true
               where p.tenant_id = $1
                 and (case when $5::text is not null then p.status = $5
                      else $2::uuid[] is not null or p.status <> 'archived'
                      end)
                 and ($2::uuid[] is null or p.id = any($2))
               order by array_position($2, p.id), p.name, p.id
               limit $3
               offset $4"#,
            tx.tenant(),
            found,
            i64::from(PER_PAGE),
            i64::from(skip),
            status
        )
        .fetch_all(tx.conn())
        .await?;
        let now = ctx.now().timestamp();
        rows.into_iter()
            .map(|row| {
                let widths =
                    row.widths.unwrap_or_default().into_iter().filter_map(|width| u16::try_from(width).ok()).collect();
                let picture = row.url.filter(|url| !url.is_empty()).map(|base| {
                    Picture { base, widths, width: 1, height: 1, alt: String::new(), placeholder: None }
                        .src(PICTURE_WIDTH)
                });
                let product = ProductRow {
                    id: row.id.into(),
                    url: format!("{}/p/{}?v={now}", shop_url(&ctx.platform.base_url, &row.store_slug), row.slug),
                    name: row.name,
                    slug: row.slug,
                    shop: row.shop,
                    status: row.status,
                    picture,
                    variants: Vec::new(),
                    variant_count: 0,
                };
                Ok((product, currency(&row.currency)?))
            })
            .collect()
    }

    /// The first ones of each, and before them the one whose SKU or barcode the words are.
    async fn list_variants(
        tx: &mut TenantTx,
        of: &[(ProductRow, Currency)],
        words: &str,
        now: DateTime<Utc>,
    ) -> Result<HashMap<ProductId, (u32, Vec<VariantRow>)>, AppError> {
        let products: Vec<Uuid> = of.iter().map(|(row, _)| row.id.uuid()).collect();
        let currencies: HashMap<ProductId, Currency> = of.iter().map(|(row, currency)| (row.id, *currency)).collect();
        let rows = sqlx::query!(
            r#"select v.product_id as "product_id!", v.id as "id!", v.name as "name!", v.sku as "sku?",
                      v.price_cents as "price_cents!", v.stock_quantity as "stock_quantity!",
                      v.low_stock_threshold as "low_stock_threshold!", v.version as "version!", v.of_all as "of_all!",
                      (select held.pieces::int from pieces_held($1, v.id, $3) as held (pieces)) as "held!"
               from (
                   select k.product_id, k.id, k.name, k.sku, k.price_cents, k.stock_quantity, k.low_stock_threshold, k.version,
                          count(*) over (partition by k.product_id) as of_all,
                          row_number() over (
                              partition by k.product_id
                              order by coalesce(lower(k.sku) = lower($6) or k.barcode = $6, false) desc, k.position, k.id
                          ) as place
                   from product_variants k
                   where k.tenant_id = $1
                     and k.product_id = any($2)
                     and k.is_active
               ) v
               where v.place <= $4
               order by v.product_id, v.place
               limit $5"#,
            tx.tenant(),
            &products,
            now,
            VARIANTS,
            VARIANTS * i64::from(PER_PAGE),
            words
        )
        .fetch_all(tx.conn())
        .await?;
        let mut by_product: HashMap<ProductId, (u32, Vec<VariantRow>)> = HashMap::new();
        for row in rows {
            let product = ProductId::from(row.product_id);
            let currency = currencies.get(&product).copied().unwrap_or_default();
            let (of_all, shown) = by_product.entry(product).or_default();
            *of_all = count(row.of_all);
            shown.push(VariantRow {
                id: row.id.into(),
                name: row.name,
                sku: row.sku,
                price: Money::new(row.price_cents, currency),
                stock: row.stock_quantity,
                held: row.held,
                is_low: row.stock_quantity - row.held <= row.low_stock_threshold,
                version: row.version,
            });
        }
        Ok(by_product)
    }
}
