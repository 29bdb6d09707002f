//! What the shop has of a product before a file is brought in; rows are locked as they are read.

use crate::{catalog::product_slugs, db::TenantTx, error::AppError, kernel::slug::Slug};
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

/// A product's own columns, as far as a file can change them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StoredProduct {
    pub id: Uuid,
    pub store: Uuid,
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
    pub name: String,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price_cents: i64,
    pub compare_at_price_cents: Option<i64>,
    pub cost_cents: Option<i64>,
    pub stock: i32,
    /// Promised to orders that are being paid; less than this cannot be in the house.
    pub held: i64,
    pub attributes: Value,
    pub is_active: bool,
    pub position: i32,
}

/// The product at an address, or the one that had it before: an address never becomes another product's.
pub(super) async fn find_product(tx: &mut TenantTx, slug: &str) -> Result<Option<StoredProduct>, AppError> {
    if let Some(found) = find_at(tx, slug).await? {
        return Ok(Some(found));
    }
    match product_slugs::find_former(tx, slug).await? {
        Some(id) => find_by_id(tx, id).await,
        None => Ok(None),
    }
}

async fn find_by_id(tx: &mut TenantTx, id: Uuid) -> Result<Option<StoredProduct>, AppError> {
    let row = sqlx::query_as!(
        StoredProduct,
        r#"select id, store_id as store, name, description, category_id as category, status, brand, base_price_cents,
                  compare_at_price_cents, cost_cents, sku, round(weight_kg * 1000)::bigint as grams, seo, tags, option_names
           from products
           where tenant_id = $1
             and id = $2
           for update"#,
        tx.tenant(),
        id
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row)
}

async fn find_at(tx: &mut TenantTx, slug: &str) -> Result<Option<StoredProduct>, AppError> {
    let row = sqlx::query_as!(
        StoredProduct,
        r#"select id, store_id as store, name, description, category_id as category, status, brand, base_price_cents,
                  compare_at_price_cents, cost_cents, sku, round(weight_kg * 1000)::bigint as grams, seo, tags, option_names
           from products
           where tenant_id = $1
             and slug = $2
           for update"#,
        tx.tenant(),
        slug
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row)
}

/// In id order, like everybody who locks stock.
pub(super) async fn lock_variants(
    tx: &mut TenantTx,
    product: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<StoredVariant>, AppError> {
    let rows = sqlx::query_as!(
        StoredVariant,
        r#"select v.id, v.name, v.sku, v.barcode, v.price_cents, v.compare_at_price_cents, v.cost_cents,
                  v.stock_quantity as stock, v.attributes, v.is_active, v.position,
                  (select coalesce(sum(h.quantity), 0)
                   from stock_holds h
                   where h.tenant_id = $1
                     and h.variant_id = v.id
                     and h.released_at is null
                     and h.converted_at is null
                     and h.expires_at > $3) as "held!"
           from product_variants v
           where v.tenant_id = $1
             and v.product_id = $2
           order by v.id
           limit 1000
           for update of v"#,
        tx.tenant(),
        product,
        now
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// Which of these SKUs another product has, with that product's address.
pub(super) async fn find_foreign_skus(
    tx: &mut TenantTx,
    skus: &[String],
    own: Option<Uuid>,
) -> Result<Vec<(String, String)>, AppError> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select v.sku as "sku!", p.slug
           from product_variants v
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where v.tenant_id = $1
             and v.sku = any($2)
             and v.product_id is distinct from $3
           limit 100"#,
        tx.tenant(),
        skus,
        own
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.sku, row.slug)).collect())
}

/// The category of a name, however it is capitalised, or of the address the name would get, now or before.
pub(super) async fn find_category(tx: &mut TenantTx, name: &str) -> Result<Option<Uuid>, AppError> {
    let slug = Slug::from_name(name);
    let id = sqlx::query_scalar!(
        "select id
         from categories
         where tenant_id = $1
           and (lower(name) = lower($2)
                or slug = $3
                or id in (select f.category_id from former_category_slugs f where f.tenant_id = $1 and f.slug = $3))
         order by lower(name) = lower($2) desc, slug is not distinct from $3 desc
         limit 1",
        tx.tenant(),
        name,
        slug.as_ref().map(Slug::as_str)
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(id)
}
