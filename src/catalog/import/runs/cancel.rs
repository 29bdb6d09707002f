//! A person stops a run: at once when nobody works on it, else after the batch that is being written.

use super::upload::require;
use crate::{ctx::Ctx, error::AppError, kernel::id::ImportRunId};
use serde_json::json;

/// What is in stays in, whole. Twice is once, and one that has ended has ended.
pub async fn cancel(ctx: &Ctx, run: ImportRunId) -> Result<(), AppError> {
    require(ctx)?;
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let found = sqlx::query!(
        r#"select status, coalesce(claimed_until > $3, false) as "is_worked_on!", cancel_asked_at
         from import_runs
         where tenant_id = $1
           and id = $2
         for update"#,
        tx.tenant(),
        run.uuid(),
        now
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let is_over = matches!(found.status.as_str(), "succeeded" | "failed" | "cancelled" | "dry_run");
    if is_over || found.cancel_asked_at.is_some_and(|_| found.is_worked_on) {
        return Ok(());
    }
    let status = if found.is_worked_on { found.status } else { "cancelled".to_owned() };
    let is_ended = status == "cancelled";
    sqlx::query!(
        "update import_runs
         set status = $3, cancel_asked_at = $4, finished_at = case when $5 then $4 else finished_at end, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        run.uuid(),
        status,
        now,
        is_ended
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "products_import_cancelled", "import_runs", run.uuid(), json!({ "at_once": is_ended })).await?;
    tx.commit().await?;
    Ok(())
}
