//! Whom a payer pays for, as a person has confirmed.

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::id::{CustomerId, PaymentId},
};
use chrono::{DateTime, Utc};

/// Learns from a person's decision whom the payer of this money pays for.
pub(super) async fn learn(
    tx: &mut TenantTx,
    payment: PaymentId,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into known_payers (tenant_id, payer_hash, customer_id, created_at, updated_at)
         select $1, p.payer_hash, $3, $4, $4
         from payments p
         where p.tenant_id = $1
           and p.id = $2
           and p.payer_hash is not null
         on conflict (tenant_id, payer_hash) do update
         set confirmed_count = case when known_payers.customer_id = excluded.customer_id then known_payers.confirmed_count + 1 else 1 end,
             customer_id = excluded.customer_id,
             updated_at = excluded.updated_at",
        tx.tenant(),
        payment.uuid(),
        customer.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The customer that a payer is known to pay for.
pub(crate) async fn find_known(tx: &mut TenantTx, payer_hash: &[u8]) -> Result<Option<CustomerId>, AppError> {
    let found = sqlx::query_scalar!(
        "select customer_id
         from known_payers
         where tenant_id = $1
           and payer_hash = $2",
        tx.tenant(),
        payer_hash
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(Into::into))
}
