//! A product's variants as they are stored, locked or not.

use super::grid::Cells;
use crate::{
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        currency::Currency,
        id::{ImageId, ProductId, VariantId},
        money::Money,
    },
};
use std::collections::BTreeMap;

/// More than any product has.
const MOST_READ: i64 = 1_000;

/// The product around them.
#[derive(Clone, Debug)]
pub(super) struct StoredProduct {
    pub name: String,
    pub version: i32,
    pub currency: Currency,
    pub option_names: Vec<String>,
    pub base_price_cents: i64,
}

#[derive(Clone, Debug)]
pub(super) struct StoredVariant {
    pub id: VariantId,
    pub version: i32,
    pub name: String,
    pub attributes: BTreeMap<String, serde_json::Value>,
    pub stock: i32,
    pub cells: Cells,
}

impl StoredVariant {
    /// What it is of an option.
    pub fn value(&self, option: &str) -> Option<&str> {
        self.attributes.get(option).and_then(serde_json::Value::as_str)
    }
}

pub(super) async fn find_product(tx: &mut TenantTx, id: ProductId) -> Result<StoredProduct, AppError> {
    let row = sqlx::query!(
        "select name, version, currency, option_names, base_price_cents
         from products
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let currency =
        Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("products.currency", &row.currency))?;
    Ok(StoredProduct {
        name: row.name,
        version: row.version,
        currency,
        option_names: row.option_names,
        base_price_cents: row.base_price_cents,
    })
}

/// In id order, like everybody who locks variants, and before their product.
pub(in crate::catalog) async fn lock_variants(tx: &mut TenantTx, product: ProductId) -> Result<(), AppError> {
    sqlx::query!(
        "select id
         from product_variants
         where tenant_id = $1
           and product_id = $2
         order by id
         limit $3
         for update",
        tx.tenant(),
        product.uuid(),
        MOST_READ
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}

/// All of them: those that are sold first, in their order.
pub(super) async fn list_variants(
    tx: &mut TenantTx,
    product: ProductId,
    currency: Currency,
) -> Result<Vec<StoredVariant>, AppError> {
    let rows = sqlx::query!(
        "select id, version, name, sku, barcode, price_cents, compare_at_price_cents, cost_cents, stock_quantity,
                low_stock_threshold, attributes, is_active, image_id
         from product_variants
         where tenant_id = $1
           and product_id = $2
         order by is_active desc, position, id
         limit $3",
        tx.tenant(),
        product.uuid(),
        MOST_READ
    )
    .fetch_all(tx.conn())
    .await?;
    let money = |cents: i64| Money::new(cents, currency);
    rows.into_iter()
        .map(|row| {
            let attributes = serde_json::from_value(row.attributes)
                .map_err(|fault| DbError::corrupt("product_variants.attributes", &fault))?;
            Ok(StoredVariant {
                id: row.id.into(),
                version: row.version,
                name: row.name,
                attributes,
                stock: row.stock_quantity,
                cells: Cells {
                    sku: row.sku,
                    barcode: row.barcode,
                    price: money(row.price_cents),
                    was: row.compare_at_price_cents.map(money),
                    cost: row.cost_cents.map(money),
                    limit: row.low_stock_threshold,
                    image: row.image_id.map(ImageId::from),
                    is_active: row.is_active,
                },
            })
        })
        .collect()
}

/// Raises the product's version when it is still at `version`, or whatever it is at.
pub(super) async fn raise_product(
    tx: &mut TenantTx,
    product: ProductId,
    version: Option<i32>,
    option_names: Option<&[String]>,
) -> Result<(), AppError> {
    let raised = sqlx::query!(
        "update products
         set option_names = coalesce($4, option_names), version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
           and ($3::int is null or version = $3)",
        tx.tenant(),
        product.uuid(),
        version,
        option_names
    )
    .execute(tx.conn())
    .await?;
    if raised.rows_affected() == 1 { Ok(()) } else { Err(AppError::ChangedMeanwhile) }
}
