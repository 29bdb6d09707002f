//! A page of products with their variants and pictures, in the order in which they were made.

use crate::{db::TenantTx, error::AppError, kernel::id::StoreId};
use serde_json::Value;
use std::collections::HashSet;
use uuid::Uuid;

/// Products in memory at a time.
const PAGE: i64 = 100;
/// More forms and pictures than a page of products can have.
const MOST_ROWS: i64 = 100_000;
const MOST_CATEGORIES: i64 = 10_000;

#[derive(Debug)]
pub(super) struct Category {
    pub id: Uuid,
    pub parent: Option<Uuid>,
    pub name: String,
}

#[derive(Debug)]
pub(super) struct Product {
    pub id: Uuid,
    pub slug: String,
    pub status: String,
    pub name: String,
    pub description: Option<String>,
    pub brand: Option<String>,
    pub category: Option<Uuid>,
    pub tags: Vec<String>,
    pub seo: Value,
    pub grams: Option<i64>,
    pub option_names: Vec<String>,
    pub variants: Vec<Variant>,
    pub images: Vec<Image>,
}

#[derive(Debug)]
pub(super) struct Variant {
    pub product: Uuid,
    pub name: String,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price_cents: i64,
    pub was_cents: Option<i64>,
    pub cost_cents: Option<i64>,
    pub stock: i32,
    pub limit: i32,
    pub attributes: Value,
    pub is_active: bool,
    pub position: i32,
    pub image: Option<Uuid>,
}

impl Variant {
    /// Its choices are of these options and of no other.
    fn has_just(&self, option_names: &[String]) -> bool {
        self.attributes.as_object().is_some_and(|own| {
            own.len() == option_names.len() && option_names.iter().all(|name| own.contains_key(name))
        })
    }
    /// As an import compares them: in small letters.
    fn choices(&self, option_names: &[String]) -> Vec<String> {
        let choices = option_names.iter().map(|name| self.attributes.get(name).and_then(Value::as_str));
        choices.map(|choice| choice.unwrap_or_default().to_lowercase()).collect()
    }
}

#[derive(Debug)]
pub(super) struct Image {
    pub id: Uuid,
    pub product: Uuid,
    pub url: String,
    pub key: Option<String>,
    pub widths: Vec<i32>,
    pub alt: Option<String>,
}

pub(super) async fn expect_store(tx: &mut TenantTx, store: StoreId) -> Result<(), AppError> {
    let found =
        sqlx::query_scalar!("select id from stores where tenant_id = $1 and id = $2", tx.tenant(), store.uuid())
            .fetch_optional(tx.conn())
            .await?;
    found.map(|_| ()).ok_or(AppError::NotFound)
}

pub(super) async fn load_categories(tx: &mut TenantTx) -> Result<Vec<Category>, AppError> {
    Ok(sqlx::query_as!(
        Category,
        "select id, parent_id as parent, name
         from categories
         where tenant_id = $1
         order by id
         limit $2",
        tx.tenant(),
        MOST_CATEGORIES
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn load_page(
    tx: &mut TenantTx,
    store: StoreId,
    after: Option<Uuid>,
) -> Result<Vec<Product>, AppError> {
    let rows = sqlx::query!(
        r#"select id, slug, status, name, description, brand, category_id, tags, seo,
                  round(weight_kg * 1000)::bigint as grams, option_names
           from products
           where tenant_id = $1
             and store_id = $2
             and ($3::uuid is null or id > $3)
           order by id
           limit $4"#,
        tx.tenant(),
        store.uuid(),
        after,
        PAGE
    )
    .fetch_all(tx.conn())
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut variants = load_variants(tx, &ids).await?.into_iter().peekable();
    let mut images = load_images(tx, &ids).await?.into_iter().peekable();
    let products = rows.into_iter().map(|row| Product {
        variants: of_today(
            std::iter::from_fn(|| variants.next_if(|variant| variant.product == row.id)).collect(),
            &row.option_names,
        ),
        images: std::iter::from_fn(|| images.next_if(|image| image.product == row.id)).collect(),
        id: row.id,
        slug: row.slug,
        status: row.status,
        name: row.name,
        description: row.description,
        brand: row.brand,
        category: row.category_id,
        tags: row.tags,
        seo: row.seo,
        grams: row.grams,
        option_names: row.option_names,
    });
    Ok(products.collect())
}

/// Those that a file can tell apart by what may be chosen today: each that is sold, and of those that were switched off
/// only what has just these choices and is not sold under the same ones.
fn of_today(mut variants: Vec<Variant>, option_names: &[String]) -> Vec<Variant> {
    let sold = variants.iter().filter(|variant| variant.is_active);
    let mut known: HashSet<Vec<String>> = sold.map(|variant| variant.choices(option_names)).collect();
    variants.retain(|variant| {
        variant.is_active || (variant.has_just(option_names) && known.insert(variant.choices(option_names)))
    });
    variants
}

/// By product, then in their order.
async fn load_variants(tx: &mut TenantTx, products: &[Uuid]) -> Result<Vec<Variant>, AppError> {
    Ok(sqlx::query_as!(
        Variant,
        r#"select product_id as product, name, sku, barcode, price_cents, compare_at_price_cents as was_cents, cost_cents,
                  stock_quantity as stock, low_stock_threshold as "limit", attributes, is_active, position, image_id as image
           from product_variants
           where tenant_id = $1
             and product_id = any($2)
           order by product_id, position, id
           limit $3"#,
        tx.tenant(),
        products,
        MOST_ROWS
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn load_images(tx: &mut TenantTx, products: &[Uuid]) -> Result<Vec<Image>, AppError> {
    Ok(sqlx::query_as!(
        Image,
        "select id, product_id as product, url, media_key as key, widths, alt_text as alt
         from product_images
         where tenant_id = $1
           and product_id = any($2)
         order by product_id, position, id
         limit $3",
        tx.tenant(),
        products,
        MOST_ROWS
    )
    .fetch_all(tx.conn())
    .await?)
}
