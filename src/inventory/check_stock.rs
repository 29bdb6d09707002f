//! The nightly check: does each ledger add up to the number shown, and does every hold still have its order?
//!
//! What it finds is logged once and shown to the merchant. It mends nothing: a difference is somebody's mistake, and
//! who made it should be known before it is gone.

use super::low_stock::{Due, due};
use crate::{ctx::Ctx, db::TenantTx, error::AppError, kernel::access::Permission};
use serde::Serialize;
use uuid::Uuid;

/// Variants of one statement.
const AT_ONCE: i64 = 1_000;
/// More differences than anybody reads; the rest is found when these are mended.
const MOST_FAULTS: usize = 500;
/// Checked from this hour of the merchant's day.
const HOUR: i32 = 2;

/// A difference, by variant and kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Fault {
    variant_id: Uuid,
    kind: String,
    shown: i32,
    reckoned: i32,
}

/// Checks once a night. True when it was this call that did.
pub async fn check_tonight(ctx: &Ctx) -> Result<bool, AppError> {
    let mut tx = ctx.tx().await?;
    let is_due = matches!(due(&mut tx, "check", HOUR, ctx.now()).await?, Some(Due { .. }));
    // Noted before: a night that fails is not tried every hour, and `duka job run check_stock` is there.
    tx.commit().await?;
    if is_due {
        check(ctx).await?;
    }
    Ok(is_due)
}

/// Checks every variant of the tenant now. Answers how many differences stand.
pub async fn check(ctx: &Ctx) -> Result<usize, AppError> {
    ctx.require(Permission::AdjustStock)?;
    let mut faults: Vec<Fault> = Vec::new();
    let mut after = Uuid::nil();
    loop {
        let mut tx = ctx.tx().await?;
        let (some, last) = check_ledgers(&mut tx, after).await?;
        faults.extend(some);
        match last {
            Some(last) if faults.len() < MOST_FAULTS => after = last,
            _ => break,
        }
    }
    let mut tx = ctx.tx().await?;
    faults.extend(check_holds(&mut tx, ctx).await?);
    faults.truncate(MOST_FAULTS);
    note(&mut tx, ctx, &faults).await?;
    tx.commit().await?;
    Ok(faults.len())
}

/// The ledgers of the variants after this one, and the last of them.
///
/// The balances need no order of time: in a ledger without a gap every line begins where another ended, the first at
/// none and the last at what is shown. So each number is as often a beginning as an end, but for those two.
async fn check_ledgers(tx: &mut TenantTx, after: Uuid) -> Result<(Vec<Fault>, Option<Uuid>), AppError> {
    let rows = sqlx::query!(
        r#"with part as (
               select v.id, v.stock_quantity
               from product_variants v
               where v.tenant_id = $1
                 and v.id > $2
               order by v.id
               limit $3
           ), ends as (
               select m.variant_id, m.balance_after as number, 1 as side
               from inventory_movements m
               join part on part.id = m.variant_id
               where m.tenant_id = $1
               union all
               select m.variant_id, m.balance_after - m.change, -1
               from inventory_movements m
               join part on part.id = m.variant_id
               where m.tenant_id = $1
               union all
               select part.id, 0, 1
               from part
               union all
               select part.id, part.stock_quantity, -1
               from part
           ), gaps as (
               select odd.variant_id
               from (
                   select ends.variant_id
                   from ends
                   where not exists (
                       -- lines of before balances were written cannot be followed
                       select 1
                       from inventory_movements m
                       where m.tenant_id = $1
                         and m.variant_id = ends.variant_id
                         and m.balance_after is null
                   )
                   group by ends.variant_id, ends.number
                   having sum(ends.side) <> 0
               ) odd
               group by odd.variant_id
           )
           select part.id as "id!", part.stock_quantity as "stock!",
                  (select coalesce(sum(m.change), 0)::int
                   from inventory_movements m
                   where m.tenant_id = $1
                     and m.variant_id = part.id) as "sum!",
                  gaps.variant_id is not null as "has_gap!"
           from part
           left join gaps on gaps.variant_id = part.id
           order by part.id"#,
        tx.tenant(),
        after,
        AT_ONCE
    )
    .fetch_all(tx.conn())
    .await?;
    let last = rows.last().map(|row| row.id);
    let faults = rows
        .into_iter()
        .filter_map(|row| {
            let kind = if row.sum != row.stock {
                "sum"
            } else if row.has_gap {
                "chain"
            } else {
                return None;
            };
            Some(Fault { variant_id: row.id, kind: kind.to_owned(), shown: row.stock, reckoned: row.sum })
        })
        .collect();
    Ok((faults, last))
}

/// Holds that nobody ended although their order is over, or has been waited for a day too long.
async fn check_holds(tx: &mut TenantTx, ctx: &Ctx) -> Result<Vec<Fault>, AppError> {
    Ok(sqlx::query_as!(
        Fault,
        r#"select h.variant_id, 'hold' as "kind!", sum(h.quantity)::int as "shown!", 0 as "reckoned!"
           from stock_holds h
           join orders o on o.tenant_id = $1 and o.id = h.order_id
           where h.tenant_id = $1
             and h.released_at is null
             and h.converted_at is null
             and (o.status not in ('pending', 'awaiting_payment') or h.expires_at < $2::timestamptz - interval '1 day')
           group by h.variant_id
           order by h.variant_id
           limit 500"#,
        tx.tenant(),
        ctx.now()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Keeps what is new, with a line in the log for each; forgets what is no more.
async fn note(tx: &mut TenantTx, ctx: &Ctx, faults: &[Fault]) -> Result<(), AppError> {
    let found = serde_json::to_value(faults).map_err(AppError::broken)?;
    sqlx::query!(
        "delete from stock_faults f
         where f.tenant_id = $1
           and not exists (
               select 1
               from jsonb_to_recordset($2) as r (variant_id uuid, kind text)
               where r.variant_id = f.variant_id
                 and r.kind = f.kind
           )",
        tx.tenant(),
        found
    )
    .execute(tx.conn())
    .await?;
    let new = sqlx::query!(
        "insert into stock_faults (tenant_id, variant_id, kind, shown, reckoned)
         select $1, r.variant_id, r.kind, r.shown, r.reckoned
         from jsonb_to_recordset($2) as r (variant_id uuid, kind text, shown int, reckoned int)
         on conflict (tenant_id, variant_id, kind) do nothing
         returning variant_id, kind, shown, reckoned",
        tx.tenant(),
        found
    )
    .fetch_all(tx.conn())
    .await?;
    for fault in new {
        tracing::error!(
            tenant.id = %ctx.tenant,
            variant.id = %fault.variant_id,
            fault.kind = fault.kind,
            stock.shown = fault.shown,
            stock.reckoned = fault.reckoned,
            "the stock and its ledger differ"
        );
    }
    Ok(())
}
