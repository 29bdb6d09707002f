//! A variant as its merchant sees it: price, stock, and the version an edit must name.

use crate::kernel::{id::VariantId, money::Money};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantRow {
    pub id: VariantId,
    pub name: String,
    pub sku: Option<String>,
    pub price: Money,
    /// In the house.
    pub stock: i32,
    /// Promised to orders that are being paid.
    pub held: i32,
    pub is_low: bool,
    /// Changes with every write; a form sends it back.
    pub version: i32,
}

#[cfg(feature = "ssr")]
mod load {
    use super::{VariantId, VariantRow};
    use crate::{
        db::{DbError, TenantTx},
        error::AppError,
        kernel::{currency::Currency, money::Money},
    };
    use chrono::{DateTime, Utc};

    /// One variant as it stands inside this transaction.
    pub(crate) async fn load_variant(
        tx: &mut TenantTx,
        id: VariantId,
        now: DateTime<Utc>,
    ) -> Result<VariantRow, AppError> {
        let row = sqlx::query!(
            r#"select v.name, v.sku, v.price_cents, p.currency, v.stock_quantity, v.low_stock_threshold, v.version,
                      (select held.pieces::int from pieces_held($1, v.id, $3) as held (pieces)) as "held!"
               from product_variants v
               join products p on p.tenant_id = $1 and p.id = v.product_id
               where v.tenant_id = $1
                 and v.id = $2"#,
            tx.tenant(),
            id.uuid(),
            now
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(AppError::NotFound)?;
        let currency =
            Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("products.currency", &row.currency))?;
        Ok(VariantRow {
            id,
            name: row.name,
            sku: row.sku,
            price: Money::new(row.price_cents, currency),
            stock: row.stock_quantity,
            held: row.held,
            is_low: row.stock_quantity - row.held <= row.low_stock_threshold,
            version: row.version,
        })
    }
}

#[cfg(feature = "ssr")]
pub(crate) use load::load_variant;
