//! What the shop has of some products before a file is brought in; rows are locked as they are read, variants before
//! their products, as by everybody who sells or edits them.

use crate::db::{DbError, TenantTx};
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

/// A product's own columns, as far as a file can change them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StoredProduct {
    pub id: Uuid,
    pub store: Uuid,
    pub slug: String,
    pub name: String,
    pub description: Option<String>,
    pub category: Option<Uuid>,
    pub status: String,
    pub brand: Option<String>,
    pub base_price_cents: i64,
    pub compare_at_price_cents: Option<i64>,
    pub cost_cents: Option<i64>,
    pub sku: Option<String>,
    pub grams: Option<i64>,
    pub seo: Value,
    pub tags: Vec<String>,
    pub option_names: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct StoredVariant {
    pub id: Uuid,
    pub product: Uuid,
    pub name: String,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price_cents: i64,
    pub compare_at_price_cents: Option<i64>,
    pub cost_cents: Option<i64>,
    pub stock: i32,
    /// Promised to orders that are being paid; less than this cannot be in the house.
    pub held: i64,
    pub limit: i32,
    pub attributes: Value,
    pub is_active: bool,
    pub position: i32,
    pub image: Option<Uuid>,
}

/// A picture that a product has.
#[derive(Clone, Debug)]
pub(super) struct StoredImage {
    pub id: Uuid,
    pub product: Uuid,
    pub key: Option<String>,
    pub url: String,
    /// Where an import said it came from.
    pub source: Option<String>,
    pub alt: Option<String>,
}

/// More forms or pictures than a batch of products can have.
const MOST_ROWS: i64 = 100_000;

/// Those that these addresses mean, now or from before, with their stores; nothing is locked.
pub(super) async fn named_products(tx: &mut TenantTx, slugs: &[String]) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    let rows = sqlx::query!(
        r#"select p.id as "id!", p.store_id as "store!"
           from products p
           where p.tenant_id = $1
             and p.slug = any($2)
           union
           select p.id, p.store_id
           from former_product_slugs f
           join products p on p.tenant_id = $1 and p.id = f.product_id
           where f.tenant_id = $1
             and f.slug = any($2)
           order by 1
           limit $3"#,
        tx.tenant(),
        slugs,
        MOST_ROWS
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.store)).collect())
}

/// Called before products are locked, in id order, like everybody who locks stock: who buys has a variant and asks for
/// its product next.
pub(super) async fn lock_variants(tx: &mut TenantTx, products: &[Uuid]) -> Result<(), DbError> {
    if products.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "select id
         from product_variants
         where tenant_id = $1
           and product_id = any($2)
         order by id
         limit $3
         for update",
        tx.tenant(),
        products,
        MOST_ROWS
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}

/// Those at these addresses and those of these ids; in id order, like everybody who locks products. Lines of carts and
/// orders may name them meanwhile.
pub(super) async fn lock_products(
    tx: &mut TenantTx,
    slugs: &[String],
    ids: &[Uuid],
) -> Result<Vec<StoredProduct>, DbError> {
    let rows = sqlx::query_as!(
        StoredProduct,
        r#"select id, store_id as store, slug, name, description, category_id as category, status, brand, base_price_cents,
                  compare_at_price_cents, cost_cents, sku, round(weight_kg * 1000)::bigint as grams, seo, tags, option_names
           from products
           where tenant_id = $1
             and (slug = any($2) or id = any($4))
           order by id
           limit $3
           for no key update"#,
        tx.tenant(),
        slugs,
        MOST_ROWS,
        ids
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// As they are now that the products are held: what somebody added while they were waited for is among them.
pub(super) async fn read_variants(
    tx: &mut TenantTx,
    products: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<StoredVariant>, DbError> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query_as!(
        StoredVariant,
        r#"select v.id, v.product_id as product, v.name, v.sku, v.barcode, v.price_cents, v.compare_at_price_cents, v.cost_cents,
                  v.stock_quantity as stock, v.low_stock_threshold as "limit", v.attributes, v.is_active, v.position,
                  v.image_id as image,
                  (select held.pieces from pieces_held($1, v.id, $3) as held (pieces)) as "held!"
           from product_variants v
           where v.tenant_id = $1
             and v.product_id = any($2)
           order by v.id
           limit $4
           for update of v"#,
        tx.tenant(),
        products,
        now,
        MOST_ROWS
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

pub(super) async fn find_images(tx: &mut TenantTx, products: &[Uuid]) -> Result<Vec<StoredImage>, DbError> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query_as!(
        StoredImage,
        r#"select id, product_id as product, media_key as key, url, source_url as source, alt_text as alt
           from product_images
           where tenant_id = $1
             and product_id = any($2)
           order by product_id, position, id
           limit $3"#,
        tx.tenant(),
        products,
        MOST_ROWS
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// Who has these SKUs now: SKU, product, and that product's address.
pub(super) async fn find_skus(tx: &mut TenantTx, skus: &[String]) -> Result<Vec<(String, Uuid, String)>, DbError> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select v.sku as "sku!", v.product_id, p.slug
           from product_variants v
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where v.tenant_id = $1
             and v.sku = any($2)
           limit $3"#,
        tx.tenant(),
        skus,
        MOST_ROWS
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.sku, row.product_id, row.slug)).collect())
}

/// Those of these addresses that a product had before, with that product: they still lead there.
pub(super) async fn former_addresses(tx: &mut TenantTx, slugs: &[String]) -> Result<Vec<(String, Uuid)>, DbError> {
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let former = sqlx::query!(
        "select slug, product_id
         from former_product_slugs
         where tenant_id = $1
           and slug = any($2)
         limit 10000",
        tx.tenant(),
        slugs
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(former.into_iter().map(|row| (row.slug, row.product_id)).collect())
}
