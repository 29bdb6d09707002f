//! Ends a count: its differences become movements in one transaction, or it is put away. Locks the count, then the goods.

use crate::{
    catalog::stock_ledger::{self, Move},
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    inventory::holds::count_held,
    kernel::{
        access::Permission,
        id::{StockCountId, UserId, VariantId},
    },
    tenancy::catalogue_version,
};
use serde_json::json;
use uuid::Uuid;

/// A line that cannot be applied: fewer would be left than none, or than is promised to shoppers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InTheWay {
    pub variant: VariantId,
    /// The product, with the variant where it has a name.
    pub name: String,
    /// What the stock would be.
    pub after: i32,
    pub held: i64,
}

/// Why nothing was applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotApplied {
    /// These lines must be counted again, or their orders closed. At most 50 are named.
    #[error("{} lines are in the way", .0.len())]
    InTheWay(Vec<InTheWay>),
    /// Nothing was counted yet.
    #[error("nothing is counted")]
    Empty,
    /// It was put away.
    #[error("the count was cancelled")]
    Cancelled,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<crate::db::DbError> for NotApplied {
    fn from(fault: crate::db::DbError) -> Self {
        Self::App(fault.into())
    }
}

impl From<sqlx::Error> for NotApplied {
    fn from(fault: sqlx::Error) -> Self {
        Self::App(fault.into())
    }
}

/// Makes a movement of every difference, all with this note, and answers how many. A second time does nothing.
pub async fn apply(ctx: &Ctx, count: StockCountId, note: Option<&str>) -> Result<usize, NotApplied> {
    ctx.require(Permission::AdjustStock)?;
    let mut tx = ctx.tx().await?;
    match lock_count(&mut tx, count).await?.as_str() {
        "applied" => return Ok(0),
        "cancelled" => return Err(NotApplied::Cancelled),
        _ => {}
    }
    let lines = sqlx::query!(
        r#"select v.id, v.stock_quantity, l.counted - l.stock_then as "change!",
                  concat_ws(', ', p.name, nullif(v.name, '')) as "name!"
           from stock_count_lines l
           join product_variants v on v.tenant_id = $1 and v.id = l.variant_id
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where l.tenant_id = $1
             and l.count_id = $2
             and l.counted is not null
           order by v.id
           for update of v"#,
        tx.tenant(),
        count.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    if lines.is_empty() {
        return Err(NotApplied::Empty);
    }
    let fewer: Vec<Uuid> = lines.iter().filter(|line| line.change < 0).map(|line| line.id).collect();
    let held = count_held(&mut tx, &fewer, None, ctx.now()).await?;
    let in_the_way: Vec<InTheWay> = lines
        .iter()
        .filter(|line| line.change < 0)
        .filter_map(|line| {
            let variant = VariantId::from(line.id);
            let (after, held) = (line.stock_quantity + line.change, held.get(&variant).copied().unwrap_or(0));
            (i64::from(after) < held).then(|| InTheWay { variant, name: line.name.clone(), after, held })
        })
        .take(50)
        .collect();
    if !in_the_way.is_empty() {
        return Err(NotApplied::InTheWay(in_the_way));
    }
    let moves: Vec<Move> = lines
        .iter()
        .filter(|line| line.change != 0)
        .map(|line| Move::counted(line.id.into(), line.change, count, ctx.actor.user()).with_note(note))
        .collect();
    stock_ledger::write(&mut tx, &moves, true).await?;
    end_count(ctx, &mut tx, count, "applied", note).await?;
    let details = json!({ "counted": lines.len(), "differences": moves.len() });
    tx.audit(ctx.actor, "stock_count_applied", "stock_counts", count.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(moves.len())
}

/// Puts a count away; what was entered stays to be looked at. One that was applied cannot be.
pub async fn cancel(ctx: &Ctx, count: StockCountId) -> Result<(), AppError> {
    ctx.require(Permission::AdjustStock)?;
    let mut tx = ctx.tx().await?;
    match lock_count(&mut tx, count).await?.as_str() {
        "cancelled" => return Ok(()),
        "applied" => return Err(AppError::Refused(crate::error::Refusal::CountEnded)),
        _ => {}
    }
    end_count(ctx, &mut tx, count, "cancelled", None).await?;
    tx.audit(ctx.actor, "stock_count_cancelled", "stock_counts", count.uuid(), json!({})).await?;
    Ok(tx.commit().await?)
}

async fn lock_count(tx: &mut TenantTx, count: StockCountId) -> Result<String, AppError> {
    sqlx::query_scalar!(
        "select status
         from stock_counts
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        count.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)
}

async fn end_count(
    ctx: &Ctx,
    tx: &mut TenantTx,
    count: StockCountId,
    status: &str,
    note: Option<&str>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update stock_counts
         set status = $3, note = $4, ended_by = $5, ended_at = $6, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'open'",
        tx.tenant(),
        count.uuid(),
        status,
        note,
        ctx.actor.user().map(UserId::uuid),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
