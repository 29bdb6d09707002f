//! What each variant cost from when: noted by whoever writes prices, in the same transaction.

use crate::{
    db::{DbError, TenantTx},
    kernel::id::VariantId,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Adds a row for each of these variants whose price is another than its last one noted. Call it after the prices
/// are written; one statement, safe to repeat. Two changes of one moment are one.
pub async fn note(tx: &mut TenantTx, variants: &[VariantId], now: DateTime<Utc>) -> Result<(), DbError> {
    let variants: Vec<Uuid> = variants.iter().map(|variant| variant.uuid()).collect();
    sqlx::query!(
        "insert into price_history (tenant_id, variant_id, price_cents, starts_at)
         select $1, v.id, v.price_cents, $3
         from product_variants v
         left join lateral (
             select h.price_cents
             from price_history h
             where h.tenant_id = $1
               and h.variant_id = v.id
             order by h.starts_at desc
             limit 1
         ) last on true
         where v.tenant_id = $1
           and v.id = any($2)
           and last.price_cents is distinct from v.price_cents
         on conflict (tenant_id, variant_id, starts_at) do update
         set price_cents = excluded.price_cents, updated_at = now()",
        tx.tenant(),
        &variants,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
