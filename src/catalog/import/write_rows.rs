//! The statements that write a product's rows, each inside the product's one transaction.

use super::{draft::ProductDraft, stored::StoredProduct, variants::VariantDraft, write::Match};
use crate::{
    catalog::{media::StoredPicture, product::ProductStatus},
    db::TenantTx,
    error::AppError,
    kernel::{
        id::{CategoryId, ImageId, ProductId, StoreId, VariantId},
        money::Money,
        slug::Slug,
    },
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A product's columns as they shall be: the file's word where it has one, else what is there.
pub(super) struct WantedProduct {
    name: String,
    description: Option<String>,
    category: Option<Uuid>,
    status: String,
    brand: Option<String>,
    base_price_cents: i64,
    compare_at_price_cents: Option<i64>,
    cost_cents: Option<i64>,
    sku: Option<String>,
    grams: Option<i64>,
    seo: Value,
    tags: Vec<String>,
    option_names: Vec<String>,
}

pub(super) fn wanted_product(
    draft: &ProductDraft,
    existing: Option<&StoredProduct>,
    category: Option<Uuid>,
) -> WantedProduct {
    // The cheapest variant speaks for the product.
    let cheapest = draft.variants.iter().min_by_key(|variant| variant.price.minor());
    let status = draft.status.map_or_else(
        || existing.map_or_else(|| ProductStatus::Active.as_str().to_owned(), |product| product.status.clone()),
        |status| status.as_str().to_owned(),
    );
    WantedProduct {
        name: draft.name.clone(),
        description: draft
            .description_html
            .clone()
            .or_else(|| existing.and_then(|product| product.description.clone())),
        category,
        status,
        brand: draft.brand.clone().or_else(|| existing.and_then(|product| product.brand.clone())),
        base_price_cents: cheapest.map_or(0, |variant| variant.price.minor()),
        compare_at_price_cents: cheapest.and_then(|variant| variant.was).map(Money::minor),
        cost_cents: cheapest
            .and_then(|variant| variant.cost)
            .map(Money::minor)
            .or_else(|| existing.and_then(|product| product.cost_cents)),
        sku: draft
            .variants
            .iter()
            .find_map(|variant| variant.sku.clone())
            .or_else(|| existing.and_then(|product| product.sku.clone())),
        grams: draft.grams.or_else(|| existing.and_then(|product| product.grams)),
        seo: draft
            .seo
            .as_ref()
            .map_or_else(|| existing.map_or_else(|| json!({}), |product| product.seo.clone()), |seo| json!(seo)),
        tags: draft.tags.clone().unwrap_or_else(|| existing.map(|product| product.tags.clone()).unwrap_or_default()),
        option_names: draft.option_names.clone(),
    }
}

impl WantedProduct {
    /// In the form that is compared with what is stored.
    pub(super) fn as_stored(&self, product: &StoredProduct) -> StoredProduct {
        StoredProduct {
            id: product.id,
            store: product.store,
            name: self.name.clone(),
            description: self.description.clone(),
            category: self.category,
            status: self.status.clone(),
            brand: self.brand.clone(),
            base_price_cents: self.base_price_cents,
            compare_at_price_cents: self.compare_at_price_cents,
            cost_cents: self.cost_cents,
            sku: self.sku.clone(),
            grams: self.grams,
            seo: self.seo.clone(),
            tags: self.tags.clone(),
            option_names: self.option_names.clone(),
        }
    }
}

/// A variant's choices by name.
pub(super) fn attributes(names: &[String], values: &[String]) -> Value {
    Value::Object(names.iter().zip(values).map(|(name, value)| (name.clone(), json!(value))).collect::<Map<_, _>>())
}

/// A new category at the end of the list; `None` when its name gives no address.
pub(super) async fn add_category(tx: &mut TenantTx, name: &str) -> Result<Option<Uuid>, AppError> {
    let Some(slug) = Slug::from_name(name) else { return Ok(None) };
    let id = sqlx::query_scalar!(
        "insert into categories (tenant_id, id, name, slug, position)
         select $1, $2, $3, $4, coalesce(max(position), 0) + 1
         from categories
         where tenant_id = $1
         on conflict (tenant_id, slug) do update set updated_at = categories.updated_at
         returning id",
        tx.tenant(),
        CategoryId::mint().uuid(),
        name,
        slug.as_str()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Some(id))
}

pub(super) async fn add_product(
    tx: &mut TenantTx,
    store: StoreId,
    slug: &str,
    wanted: &WantedProduct,
    now: DateTime<Utc>,
) -> Result<Uuid, AppError> {
    let id = ProductId::mint().uuid();
    sqlx::query!(
        "insert into products (tenant_id, id, store_id, slug, name, description, category_id, status, brand, base_price_cents,
                               compare_at_price_cents, cost_cents, sku, weight_kg, seo, tags, option_names, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::bigint / 1000.0::double precision, $15, $16, $17, $18, $18)",
        tx.tenant(),
        id,
        store.uuid(),
        slug,
        wanted.name,
        wanted.description,
        wanted.category,
        wanted.status,
        wanted.brand,
        wanted.base_price_cents,
        wanted.compare_at_price_cents,
        wanted.cost_cents,
        wanted.sku,
        wanted.grams,
        wanted.seo,
        &wanted.tags,
        &wanted.option_names,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

pub(super) async fn change_product(
    tx: &mut TenantTx,
    id: Uuid,
    wanted: &WantedProduct,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update products
         set name = $3,
             description_source = case when description is distinct from $4 then null else description_source end,
             description = $4, category_id = $5, status = $6, brand = $7, base_price_cents = $8,
             compare_at_price_cents = $9, cost_cents = $10, sku = $11, weight_kg = $12::bigint / 1000.0::double precision,
             seo = $13, tags = $14, option_names = $15, version = version + 1, updated_at = $16
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id,
        wanted.name,
        wanted.description,
        wanted.category,
        wanted.status,
        wanted.brand,
        wanted.base_price_cents,
        wanted.compare_at_price_cents,
        wanted.cost_cents,
        wanted.sku,
        wanted.grams,
        wanted.seo,
        &wanted.tags,
        &wanted.option_names,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Adds the variant without stock, or changes the one that is there; true when anything is other than before.
pub(super) async fn write_variant(
    tx: &mut TenantTx,
    product: Uuid,
    option_names: &[String],
    draft: &VariantDraft,
    found: &Match<'_>,
    position: i32,
    now: DateTime<Utc>,
) -> Result<(Uuid, bool), AppError> {
    let name = draft.values.join(" / ");
    let attributes = attributes(option_names, &draft.values);
    let (price, was) = (draft.price.minor(), draft.was.map(Money::minor));
    let Some(stored) = found.existing else {
        let id = VariantId::mint().uuid();
        sqlx::query!(
            "insert into product_variants (tenant_id, id, product_id, name, sku, barcode, price_cents, compare_at_price_cents,
                                           cost_cents, attributes, position, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)",
            tx.tenant(),
            id,
            product,
            name,
            draft.sku,
            draft.barcode,
            price,
            was,
            draft.cost.map(Money::minor),
            attributes,
            position,
            now
        )
        .execute(tx.conn())
        .await?;
        return Ok((id, true));
    };
    let mut wanted = stored.clone();
    wanted.name = name;
    wanted.sku = draft.sku.clone().or(wanted.sku);
    wanted.barcode = draft.barcode.clone().or(wanted.barcode);
    wanted.price_cents = price;
    wanted.compare_at_price_cents = was;
    wanted.cost_cents = draft.cost.map(Money::minor).or(wanted.cost_cents);
    wanted.attributes = attributes;
    wanted.is_active = true;
    wanted.position = position;
    if wanted == *stored {
        return Ok((stored.id, false));
    }
    sqlx::query!(
        "update product_variants
         set name = $3, sku = $4, barcode = $5, price_cents = $6, compare_at_price_cents = $7, cost_cents = $8,
             attributes = $9, is_active = true, position = $10, version = version + 1, updated_at = $11
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        stored.id,
        wanted.name,
        wanted.sku,
        wanted.barcode,
        wanted.price_cents,
        wanted.compare_at_price_cents,
        wanted.cost_cents,
        wanted.attributes,
        wanted.position,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok((stored.id, true))
}

/// The total and its movement, by one statement.
pub(super) async fn move_stock(
    tx: &mut TenantTx,
    variant: Uuid,
    change: i32,
    is_first: bool,
    run: Uuid,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    sqlx::query!(
        "with moved as (
             update product_variants
             set stock_quantity = stock_quantity + $3, version = version + 1, updated_at = $6
             where tenant_id = $1
               and id = $2
             returning product_id, stock_quantity
         )
         insert into inventory_movements (tenant_id, product_id, variant_id, change, reason, reference_type, reference_id, note, balance_after, created_at, updated_at)
         select $1, moved.product_id, $2, $3, $4, 'import', $5, 'import', moved.stock_quantity, $6, $6
         from moved",
        tx.tenant(),
        variant,
        change,
        if is_first { "restock" } else { "adjustment" },
        run,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The product's pictures: key in the store, and id.
pub(super) async fn find_pictures(tx: &mut TenantTx, product: Uuid) -> Result<Vec<(String, Uuid)>, AppError> {
    let rows = sqlx::query!(
        r#"select media_key as "media_key!", id
           from product_images
           where tenant_id = $1
             and product_id = $2
             and media_key is not null
           limit 100"#,
        tx.tenant(),
        product
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.media_key, row.id)).collect())
}

pub(super) async fn add_picture(
    tx: &mut TenantTx,
    product: Uuid,
    variant: Option<Uuid>,
    stored: &StoredPicture,
    alt: &str,
    position: i32,
    now: DateTime<Utc>,
) -> Result<Uuid, AppError> {
    let id = ImageId::mint().uuid();
    let widths: Vec<i32> = stored.widths.iter().copied().map(i32::from).collect();
    sqlx::query!(
        "insert into product_images (tenant_id, id, product_id, variant_id, url, position, alt_text, media_key, width, height, widths, placeholder, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, nullif($12, ''), $13, $13)",
        tx.tenant(),
        id,
        product,
        variant,
        stored.url(),
        position,
        alt,
        stored.key,
        i32::from(stored.width),
        i32::from(stored.height),
        &widths,
        stored.placeholder,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// Makes a picture the one of these variants; true when it was not.
pub(super) async fn show_picture(
    tx: &mut TenantTx,
    image: Uuid,
    variants: &[Uuid],
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let done = sqlx::query!(
        "update product_variants
         set image_id = $2, updated_at = $4
         where tenant_id = $1
           and id = any($3)
           and image_id is distinct from $2",
        tx.tenant(),
        image,
        variants,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}
