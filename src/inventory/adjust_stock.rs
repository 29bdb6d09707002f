//! Staff correct the stock: goods came in, or a count says otherwise. Locks the variant.

use super::stock_form::{AdjustReason, Amount};
use crate::{
    catalog::{
        stock_ledger::{self, Move},
        variant::{VariantRow, load_variant},
    },
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{MovementId, VariantId},
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// A correction of one variant.
#[derive(Clone, Debug)]
pub struct Adjustment {
    pub variant: VariantId,
    /// When given, it must still be the variant's.
    pub version: Option<i32>,
    /// The line it becomes, named by the form: the same form twice is one line.
    pub movement: Option<MovementId>,
    pub amount: Amount,
    pub reason: AdjustReason,
    pub note: Option<String>,
}

/// Moves the stock by `change` pieces and answers the row as it is then.
pub async fn adjust_stock(
    ctx: &Ctx,
    variant: VariantId,
    version: Option<i32>,
    change: i32,
    reason: AdjustReason,
    note: Option<&str>,
) -> Result<VariantRow, AppError> {
    let note = note.map(str::to_owned);
    let amount = Amount::Change(change);
    adjust(ctx, &Adjustment { variant, version, movement: None, amount, reason, note }).await
}

/// Makes the correction and answers the row as it is then.
///
/// Refused with what may be taken out when less would be left than is promised to shoppers.
pub async fn adjust(ctx: &Ctx, wanted: &Adjustment) -> Result<VariantRow, AppError> {
    ctx.require(Permission::AdjustStock)?;
    let refuse = |problem| AppError::Invalid(FieldErrors::one(wanted.amount.field(), problem));
    match wanted.amount {
        Amount::Change(0) => return Err(refuse(FieldProblem::NotAWholeNumber)),
        Amount::Change(change) if wanted.reason == AdjustReason::Restock && change < 0 => {
            return Err(refuse(FieldProblem::TooLow));
        }
        Amount::Counted(pieces) if pieces < 0 => return Err(refuse(FieldProblem::TooLow)),
        _ => {}
    }
    let mut tx = ctx.tx().await?;
    let now = ctx.now();
    if !lock_variant(&mut tx, wanted.variant).await? {
        return Err(AppError::NotFound);
    }
    let before = load_variant(&mut tx, wanted.variant, now).await?;
    if let Some(movement) = wanted.movement
        && let Some(of) = find_line(&mut tx, movement).await?
    {
        return if of == wanted.variant { Ok(before) } else { Err(AppError::NotFound) };
    }
    if wanted.version.is_some_and(|version| version != before.version) {
        return Err(AppError::ChangedMeanwhile);
    }
    let change = match wanted.amount {
        Amount::Change(change) => change,
        Amount::Counted(pieces) => pieces - before.stock,
    };
    if change == 0 {
        return Ok(before);
    }
    let after = before
        .stock
        .checked_add(change)
        .filter(|after| *after <= Amount::MOST)
        .ok_or_else(|| refuse(FieldProblem::TooHigh))?;
    if change < 0 && after < before.held.max(0) {
        let left = u32::try_from(before.stock - before.held).unwrap_or(0);
        return Err(AppError::Refused(Refusal::ShortStock { left }));
    }
    let line = Move::of(wanted.variant.uuid(), change, wanted.reason.as_str())
        .by(ctx.actor.user())
        .with_note(wanted.note.as_deref());
    let line = match wanted.movement {
        Some(movement) => line.named(movement.uuid()),
        None => line,
    };
    stock_ledger::write(&mut tx, &[line], true).await?;
    let details = json!({ "change": change, "reason": wanted.reason.as_str(), "balance_after": after });
    tx.audit(ctx.actor, "stock_adjusted", "product_variants", wanted.variant.uuid(), details).await?;
    let row = load_variant(&mut tx, wanted.variant, now).await?;
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

/// The variant of a line that stands in the ledger already.
async fn find_line(tx: &mut TenantTx, movement: MovementId) -> Result<Option<VariantId>, AppError> {
    let found = sqlx::query_scalar!(
        "select variant_id
         from inventory_movements
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        movement.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(VariantId::from))
}
