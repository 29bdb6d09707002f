//! What follows when prices of a product's variants were written: lists sort by its cheapest one.

use super::price_history;
use crate::{
    db::TenantTx,
    error::AppError,
    kernel::id::{ProductId, VariantId},
};
use chrono::{DateTime, Utc};

/// Called by every verb of the product editor that wrote prices, once, in its transaction and after the variants.
/// `variants` are those whose price is another one now, that are new, or that are sold now and were not, or the reverse.
pub(super) async fn prices_moved(
    tx: &mut TenantTx,
    product: ProductId,
    variants: &[VariantId],
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    price_history::note(tx, variants, now).await?;
    sqlx::query!(
        "update products p
         set base_price_cents = cheapest.price_cents,
             compare_at_price_cents = cheapest.compare_at_price_cents,
             cost_cents = cheapest.cost_cents,
             updated_at = $3
         from (
             select v.price_cents, v.compare_at_price_cents, v.cost_cents
             from product_variants v
             where v.tenant_id = $1
               and v.product_id = $2
               and v.is_active
             order by v.price_cents, v.position, v.id
             limit 1
         ) cheapest
         where p.tenant_id = $1
           and p.id = $2",
        tx.tenant(),
        product.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
