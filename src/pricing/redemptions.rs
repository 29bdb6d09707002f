//! What becomes of an order's redemptions: used when it is paid or accepted, given back when it comes to nothing.
//!
//! The order is locked by the caller. A return also frees the places of rule and code.

use crate::{db::TenantTx, error::AppError, kernel::id::OrderId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

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
///
/// Rows are locked in the order in which placing does it: rules that can run out, codes that can, then the others.
pub(crate) async fn give_back(tx: &mut TenantTx, order: OrderId, now: DateTime<Utc>) -> Result<(), AppError> {
    let returned = sqlx::query!(
        "update price_rule_redemptions
         set given_back_at = $3, updated_at = $3
         where tenant_id = $1
           and order_id = $2
           and used_at is null
           and given_back_at is null
         returning rule_id, code_id",
        tx.tenant(),
        order.uuid(),
        now
    )
    .fetch_all(tx.conn())
    .await?;
    if returned.is_empty() {
        return Ok(());
    }
    let rules: Vec<Uuid> = returned.iter().map(|one| one.rule_id).collect();
    let codes: Vec<Uuid> = returned.iter().filter_map(|one| one.code_id).collect();
    sqlx::query!(
        "select id
         from price_rules
         where tenant_id = $1
           and id = any($2)
           and total_cap is not null
         order by id
         for no key update",
        tx.tenant(),
        &rules
    )
    .fetch_all(tx.conn())
    .await?;
    sqlx::query!(
        "with codes as (
             select k.id
             from price_rule_codes k
             where k.tenant_id = $1
               and k.id = any($2)
             order by k.most_uses is null, k.id
             for no key update
         )
         update price_rule_codes k
         set taken_count = greatest(k.taken_count - 1, 0), updated_at = $3
         from codes
         where k.tenant_id = $1
           and k.id = codes.id",
        tx.tenant(),
        &codes,
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "with rules as (
             select r.id
             from price_rules r
             where r.tenant_id = $1
               and r.id = any($2)
             order by r.id
             for no key update
         )
         update price_rules r
         set taken_count = greatest(r.taken_count - 1, 0), updated_at = $3
         from rules
         where r.tenant_id = $1
           and r.id = rules.id",
        tx.tenant(),
        &rules,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
