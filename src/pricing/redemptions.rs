//! What becomes of an order's redemptions: used when it is paid or accepted, given back when it comes to nothing.
//!
//! The order is locked by the caller. A return also frees the places of rule and code, in id order.

use crate::{db::TenantTx, error::AppError, kernel::id::OrderId};
use chrono::{DateTime, Utc};

/// The order is paid, or accepted. What was given back before is used all the same: the money is there. So a customer has
/// had a rule whose redemption was not given back or was used; only the index that lets each hold one place looks at the
/// first alone, since late money may meet the place of a second order and must not fail by it.
pub(crate) async fn use_up(tx: &mut TenantTx, order: OrderId, now: DateTime<Utc>) -> Result<(), AppError> {
    sqlx::query!(
        "update price_rule_redemptions
         set used_at = $3, updated_at = $3
         where tenant_id = $1
           and order_id = $2
           and used_at is null",
        tx.tenant(),
        order.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The order came to nothing: others may have its places. Twice is once; what was used stays so.
pub(crate) async fn give_back(tx: &mut TenantTx, order: OrderId, now: DateTime<Utc>) -> Result<(), AppError> {
    sqlx::query!(
        "with returned as (
             update price_rule_redemptions
             set given_back_at = $3, updated_at = $3
             where tenant_id = $1
               and order_id = $2
               and used_at is null
               and given_back_at is null
             returning rule_id, code_id
         ), rules as (
             select r.id
             from price_rules r
             where r.tenant_id = $1
               and r.id in (select returned.rule_id from returned)
             order by r.id
             for no key update
         ), freed as (
             update price_rules r
             set taken_count = greatest(r.taken_count - 1, 0), updated_at = $3
             from rules
             where r.tenant_id = $1
               and r.id = rules.id
         ), codes as (
             select k.id
             from price_rule_codes k
             where k.tenant_id = $1
               and k.id in (select returned.code_id from returned)
             order by k.id
             for no key update
         )
         update price_rule_codes k
         set taken_count = greatest(k.taken_count - 1, 0), updated_at = $3
         from codes
         where k.tenant_id = $1
           and k.id = codes.id",
        tx.tenant(),
        order.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
