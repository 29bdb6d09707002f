//! Somebody enters what they counted: each line with the stock of that moment.

use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        id::{StockCountId, UserId, VariantId},
    },
};
use uuid::Uuid;

/// What one field said: before, as the page showed it, and now. None is an empty field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub variant: VariantId,
    pub seen: Option<i32>,
    pub counted: Option<i32>,
}

/// What became of a page of entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    pub saved: usize,
    /// Somebody else counted these meanwhile, and came to something else: their numbers stand.
    pub met: Vec<VariantId>,
}

/// Writes what changed since the page was shown. Entries that are as they were are left alone, so a page that is sent
/// twice, or by somebody who counted another part of it, changes nothing of theirs.
pub async fn enter(ctx: &Ctx, count: StockCountId, entries: &[Entry]) -> Result<Entered, AppError> {
    ctx.require(Permission::AdjustStock)?;
    let mut tx = ctx.tx().await?;
    // Shared: several may enter at once, and nobody while it is applied.
    let status = sqlx::query_scalar!(
        "select status
         from stock_counts
         where tenant_id = $1
           and id = $2
         for key share",
        tx.tenant(),
        count.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let changed: Vec<&Entry> = entries.iter().filter(|entry| entry.counted != entry.seen).collect();
    let variants: Vec<Uuid> = changed.iter().map(|entry| entry.variant.uuid()).collect();
    let seen: Vec<Option<i32>> = changed.iter().map(|entry| entry.seen).collect();
    let counted: Vec<Option<i32>> = changed.iter().map(|entry| entry.counted).collect();
    if status != "open" {
        // A page that is sent again after it was applied says nothing new.
        let stands = stored(&mut tx, count, &variants).await?;
        let is_known = changed.iter().all(|e| stands.contains(&(e.variant.uuid(), e.counted)));
        return if is_known { Ok(Entered::default()) } else { Err(AppError::Refused(Refusal::CountEnded)) };
    }
    let saved = sqlx::query_scalar!(
        "update stock_count_lines l
         set counted = entry.counted,
             stock_then = case when entry.counted is null then null else v.stock_quantity end,
             counted_at = case when entry.counted is null then null else $6::timestamptz end,
             counted_by = case when entry.counted is null then null else $7::uuid end,
             updated_at = now()
         from unnest($3::uuid[], $4::int[], $5::int[]) as entry (variant_id, seen, counted)
         join product_variants v on v.tenant_id = $1 and v.id = entry.variant_id
         where l.tenant_id = $1
           and l.count_id = $2
           and l.variant_id = entry.variant_id
           and l.counted is not distinct from entry.seen
         returning l.variant_id",
        tx.tenant(),
        count.uuid(),
        &variants,
        &seen as &[Option<i32>],
        &counted as &[Option<i32>],
        ctx.now(),
        ctx.actor.user().map(UserId::uuid)
    )
    .fetch_all(tx.conn())
    .await?;
    // What is not saved was counted by somebody meanwhile; to the same number is no quarrel.
    let left: Vec<Uuid> = variants.iter().copied().filter(|variant| !saved.contains(variant)).collect();
    let now = stored(&mut tx, count, &left).await?;
    if now.len() < left.len() {
        return Err(AppError::NotFound);
    }
    let met = now
        .iter()
        .filter(|(variant, counted)| changed.iter().any(|e| e.variant.uuid() == *variant && e.counted != *counted))
        .map(|(variant, _)| (*variant).into())
        .collect();
    tx.commit().await?;
    Ok(Entered { saved: saved.len(), met })
}

/// What these lines say now.
async fn stored(
    tx: &mut TenantTx,
    count: StockCountId,
    variants: &[Uuid],
) -> Result<Vec<(Uuid, Option<i32>)>, AppError> {
    let rows = sqlx::query!(
        "select variant_id, counted
         from stock_count_lines
         where tenant_id = $1
           and count_id = $2
           and variant_id = any($3)",
        tx.tenant(),
        count.uuid(),
        variants
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row.counted)).collect())
}
