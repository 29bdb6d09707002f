//! Staff correct the stock: goods came in, or a count says otherwise. Locks the variant.

use super::stock_form::AdjustReason;
use crate::{
    catalog::variant::{VariantRow, load_variant},
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::VariantId,
    },
    tenancy::catalogue_version,
};
use serde_json::json;
use uuid::Uuid;

/// Moves the stock by `change` pieces and answers the row as it is then.
///
/// Refused with what may be taken out when less would be left than is promised to shoppers.
/// `version`, when given, must still be the variant's.
pub async fn adjust_stock(
    ctx: &Ctx,
    variant: VariantId,
    version: Option<i32>,
    change: i32,
    reason: AdjustReason,
    note: Option<&str>,
) -> Result<VariantRow, AppError> {
    ctx.require(Permission::AdjustStock)?;
    if change == 0 {
        return Err(AppError::Invalid(FieldErrors::one("change", FieldProblem::NotAWholeNumber)));
    }
    if reason == AdjustReason::Restock && change < 0 {
        return Err(AppError::Invalid(FieldErrors::one("change", FieldProblem::TooLow)));
    }
    let mut tx = ctx.tx().await?;
    let now = ctx.now();
    if !lock_variant(&mut tx, variant).await? {
        return Err(AppError::NotFound);
    }
    let before = load_variant(&mut tx, variant, now).await?;
    if version.is_some_and(|version| version != before.version) {
        return Err(AppError::ChangedMeanwhile);
    }
    let after = before
        .stock
        .checked_add(change)
        .ok_or_else(|| AppError::Invalid(FieldErrors::one("change", FieldProblem::TooHigh)))?;
    if change < 0 && after < before.held.max(0) {
        let left = u32::try_from(before.stock - before.held).unwrap_or(0);
        return Err(AppError::Refused(Refusal::ShortStock { left }));
    }
    move_stock(&mut tx, variant, change, reason, note, ctx.actor.user().map(crate::kernel::id::UserId::uuid)).await?;
    let details = json!({ "change": change, "reason": reason.as_str(), "balance_after": after });
    tx.audit(ctx.actor, "stock_adjusted", "product_variants", variant.uuid(), details).await?;
    let row = load_variant(&mut tx, variant, now).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(row)
}

async fn lock_variant(tx: &mut TenantTx, variant: VariantId) -> Result<bool, AppError> {
    let found = sqlx::query_scalar!(
        "select id
         from product_variants
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        variant.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.is_some())
}

/// The total and its movement, by one statement.
async fn move_stock(
    tx: &mut TenantTx,
    variant: VariantId,
    change: i32,
    reason: AdjustReason,
    note: Option<&str>,
    by: Option<Uuid>,
) -> Result<(), AppError> {
    sqlx::query!(
        "with moved as (
             update product_variants
             set stock_quantity = stock_quantity + $3, version = version + 1, updated_at = now()
             where tenant_id = $1
               and id = $2
             returning product_id, stock_quantity
         )
         insert into inventory_movements (tenant_id, product_id, variant_id, change, reason, note, balance_after, created_by)
         select $1, moved.product_id, $2, $3, $4, $5, moved.stock_quantity, $6
         from moved",
        tx.tenant(),
        variant.uuid(),
        change,
        reason.as_str(),
        note,
        by
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
