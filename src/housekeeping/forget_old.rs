//! Takes away one merchant's rows whose time is over, some at a time, so that nobody waits for it.

use super::kept::{KEPT, Kept};
use crate::{ctx::Ctx, error::AppError, kernel::access::Actor};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::AssertSqlSafe;

/// Rows of one statement.
const AT_ONCE: u64 = 1_000;
/// Statements for one table in one round; what is left goes with the next.
const MOST_TIMES: usize = 20;
/// Done in these hours of the merchant's night, each time that it is looked: an hour that was slept through is not missed.
const FROM_HOUR: i32 = 2;
const TO_HOUR: i32 = 5;

/// The same as [`forget_old`] when it is night there. Answers how many rows are gone, none by day.
pub async fn forget_tonight(ctx: &Ctx) -> Result<Option<u64>, AppError> {
    let mut tx = ctx.tx().await?;
    let is_night = sqlx::query_scalar!(
        r#"select extract(hour from $2::timestamptz at time zone t.timezone)::int between $3 and $4 as "is_night!"
           from tenants t
           where t.id = $1"#,
        tx.tenant(),
        ctx.now(),
        FROM_HOUR,
        TO_HOUR
    )
    .fetch_one(tx.conn())
    .await?;
    drop(tx);
    if is_night { forget_old(ctx).await.map(Some) } else { Ok(None) }
}

/// Takes away what is kept no longer, now. Answers how many rows. Where one table fails the others are done all the same,
/// and the first fault is the answer. By the program alone, with the worker's login.
pub async fn forget_old(ctx: &Ctx) -> Result<u64, AppError> {
    if ctx.actor != Actor::Program {
        return Err(AppError::NotPermitted);
    }
    let mut gone = 0;
    let mut fault = None;
    for kept in &KEPT {
        let before = ctx.now() - TimeDelta::days(kept.days);
        for _ in 0..MOST_TIMES {
            match forget_some(ctx, kept, before).await {
                Ok(rows) => {
                    gone += rows;
                    if rows < AT_ONCE {
                        break;
                    }
                }
                Err(error) => {
                    fault = fault.or(Some(error));
                    break;
                }
            }
        }
    }
    fault.map_or(Ok(gone), Err)
}

/// The names are this program's own, and none of them is typed by anybody.
async fn forget_some(ctx: &Ctx, kept: &Kept, before: DateTime<Utc>) -> Result<u64, AppError> {
    let Kept { table, since, only_if, .. } = *kept;
    let only_if = if only_if.is_empty() { "true" } else { only_if };
    let statement = format!(
        "delete from {table} gone
         where gone.tenant_id = $1
           and gone.id in (
               select t.id
               from {table} t
               where t.tenant_id = $1
                 and {since} < $2
                 and {only_if}
               order by {since}
               limit $3
           )"
    );
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query(AssertSqlSafe(statement))
        .bind(tx.tenant())
        .bind(before)
        .bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
        .execute(tx.conn())
        .await?
        .rows_affected();
    tx.commit().await?;
    Ok(rows)
}
