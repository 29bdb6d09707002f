//! The statements that write the rows of a batch of products, each row of a kind by the same statement.

use super::stored::StoredVariant;
use crate::{
    catalog::media::StoredPicture,
    db::{DbError, TenantTx},
    kernel::id::StoreId,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// A product's columns as they shall be.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProductRow {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub description: Option<String>,
    pub category: Option<Uuid>,
    pub status: String,
    pub brand: Option<String>,
    pub base: i64,
    pub was: Option<i64>,
    pub cost: Option<i64>,
    pub sku: Option<String>,
    pub grams: Option<i64>,
    pub seo: Value,
    pub tags: Vec<String>,
    pub options: Vec<String>,
}

/// A variant's columns as they shall be.
#[derive(Clone, Debug, Serialize)]
pub(super) struct VariantRow {
    pub id: Uuid,
    pub product: Uuid,
    pub name: String,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price: i64,
    pub was: Option<i64>,
    pub cost: Option<i64>,
    /// Pieces of a new one; those of one that is there move.
    pub stock: i32,
    pub limit: i32,
    pub attributes: Value,
    pub active: bool,
    pub position: i32,
}

impl VariantRow {
    /// As it is in the shop.
    pub(super) fn of(stored: &StoredVariant) -> Self {
        Self {
            id: stored.id,
            product: stored.product,
            name: stored.name.clone(),
            sku: stored.sku.clone(),
            barcode: stored.barcode.clone(),
            price: stored.price_cents,
            was: stored.compare_at_price_cents,
            cost: stored.cost_cents,
            stock: stored.stock,
            limit: stored.limit,
            attributes: stored.attributes.clone(),
            active: stored.is_active,
            position: stored.position,
        }
    }
}

/// Pieces that come or go; the ledger writes them.
#[derive(Clone, Copy, Debug)]
pub(super) struct StockMove {
    pub variant: Uuid,
    pub change: i32,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ImageRow {
    pub id: Uuid,
    pub product: Uuid,
    pub variant: Option<Uuid>,
    pub url: String,
    pub position: i32,
    pub alt: String,
    pub key: String,
    pub width: i32,
    pub height: i32,
    pub widths: Vec<i32>,
    pub placeholder: String,
    pub source: Option<String>,
}

impl ImageRow {
    pub(super) fn of(
        id: Uuid,
        product: Uuid,
        variant: Option<Uuid>,
        picture: &StoredPicture,
        alt: &str,
        position: i32,
        source: Option<String>,
    ) -> Self {
        Self {
            id,
            product,
            variant,
            url: picture.url(),
            position,
            alt: alt.to_owned(),
            key: picture.key.clone(),
            width: i32::from(picture.width),
            height: i32::from(picture.height),
            widths: picture.widths.iter().copied().map(i32::from).collect(),
            placeholder: picture.placeholder.clone(),
            source,
        }
    }
}

pub(super) async fn add_products(
    tx: &mut TenantTx,
    store: StoreId,
    rows: &[ProductRow],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into products (tenant_id, id, store_id, slug, name, description, category_id, status, brand, base_price_cents,
                               compare_at_price_cents, cost_cents, sku, weight_kg, seo, tags, option_names, created_at, updated_at)
         select $1, r.id, $2, r.slug, r.name, r.description, r.category, r.status, r.brand, r.base,
                r.was, r.cost, r.sku, r.grams / 1000.0::double precision, r.seo, r.tags, r.options, $4, $4
         from jsonb_to_recordset($3) as r(id uuid, slug text, name text, description text, category uuid, status text, brand text,
                                          base bigint, was bigint, cost bigint, sku text, grams bigint, seo jsonb, tags text[],
                                          options text[])",
        tx.tenant(),
        store.uuid(),
        json!(rows),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn change_products(tx: &mut TenantTx, rows: &[ProductRow], now: DateTime<Utc>) -> Result<(), DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update products
         set name = r.name,
             description_source = case when products.description is distinct from r.description then null
                                  else products.description_source end,
             description = r.description, category_id = r.category, status = r.status, brand = r.brand,
             base_price_cents = r.base, compare_at_price_cents = r.was, cost_cents = r.cost, sku = r.sku,
             weight_kg = r.grams / 1000.0::double precision, seo = r.seo, tags = r.tags, option_names = r.options,
             version = products.version + 1, updated_at = $3
         from jsonb_to_recordset($2) as r(id uuid, name text, description text, category uuid, status text, brand text,
                                          base bigint, was bigint, cost bigint, sku text, grams bigint, seo jsonb, tags text[],
                                          options text[])
         where products.tenant_id = $1
           and products.id = r.id",
        tx.tenant(),
        json!(rows),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// New ones, without pieces: those come through the ledger.
pub(super) async fn add_variants(tx: &mut TenantTx, rows: &[VariantRow], now: DateTime<Utc>) -> Result<(), DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"insert into product_variants (tenant_id, id, product_id, name, sku, barcode, price_cents, compare_at_price_cents,
                                       cost_cents, low_stock_threshold, attributes, is_active, position, created_at, updated_at)
         select $1, r.id, r.product, r.name, r.sku, r.barcode, r.price, r.was, r.cost, r."limit", r.attributes,
                r.active, r.position, $3, $3
         from jsonb_to_recordset($2) as r(id uuid, product uuid, name text, sku text, barcode text, price bigint, was bigint,
                                          cost bigint, "limit" int, attributes jsonb, active boolean, position int)"#,
        tx.tenant(),
        json!(rows),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Everything of those that are there but their pieces.
pub(super) async fn change_variants(tx: &mut TenantTx, rows: &[VariantRow], now: DateTime<Utc>) -> Result<(), DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"update product_variants
         set name = r.name, sku = r.sku, barcode = r.barcode, price_cents = r.price, compare_at_price_cents = r.was,
             cost_cents = r.cost, low_stock_threshold = r."limit", attributes = r.attributes, is_active = r.active,
             position = r.position, version = product_variants.version + 1, updated_at = $3
         from jsonb_to_recordset($2) as r(id uuid, name text, sku text, barcode text, price bigint, was bigint, cost bigint,
                                          "limit" int, attributes jsonb, active boolean, position int)
         where product_variants.tenant_id = $1
           and product_variants.id = r.id"#,
        tx.tenant(),
        json!(rows),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn add_images(tx: &mut TenantTx, rows: &[ImageRow], now: DateTime<Utc>) -> Result<(), DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into product_images (tenant_id, id, product_id, variant_id, url, position, alt_text, media_key, width, height,
                                     widths, placeholder, source_url, created_at, updated_at)
         select $1, r.id, r.product, r.variant, r.url, r.position, r.alt, r.key, r.width, r.height, r.widths,
                nullif(r.placeholder, ''), r.source, $3, $3
         from jsonb_to_recordset($2) as r(id uuid, product uuid, variant uuid, url text, position int, alt text, key text, width int,
                                          height int, widths int[], placeholder text, source text)",
        tx.tenant(),
        json!(rows),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Makes pictures those of variants: variant, picture.
pub(super) async fn show_images(tx: &mut TenantTx, pairs: &[(Uuid, Uuid)], now: DateTime<Utc>) -> Result<(), DbError> {
    if pairs.is_empty() {
        return Ok(());
    }
    let (variants, images): (Vec<Uuid>, Vec<Uuid>) = pairs.iter().copied().unzip();
    sqlx::query!(
        "update product_variants
         set image_id = r.image, updated_at = $4
         from unnest($2::uuid[], $3::uuid[]) as r(variant, image)
         where product_variants.tenant_id = $1
           and product_variants.id = r.variant",
        tx.tenant(),
        &variants,
        &images,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Says of pictures what they show: picture, words.
pub(super) async fn describe_images(
    tx: &mut TenantTx,
    pairs: &[(Uuid, String)],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    if pairs.is_empty() {
        return Ok(());
    }
    let (images, words): (Vec<Uuid>, Vec<String>) = pairs.iter().cloned().unzip();
    sqlx::query!(
        "update product_images
         set alt_text = r.words, version = version + 1, updated_at = $4
         from unnest($2::uuid[], $3::text[]) as r(image, words)
         where product_images.tenant_id = $1
           and product_images.id = r.image",
        tx.tenant(),
        &images,
        &words,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
