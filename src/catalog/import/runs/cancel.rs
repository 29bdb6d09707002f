//! A person stops a run: at once when nobody works on it, else after the batch that is being written.

use super::upload::require;
use crate::{ctx::Ctx, db::TenantTx, error::AppError, kernel::id::ImportRunId};
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
    let was_tried = matches!(found.status.as_str(), "uploaded" | "checking" | "checked");
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
    if is_ended && was_tried {
        forget_try(&mut tx, run).await?;
    }
    tx.audit(ctx.actor, "products_import_cancelled", "import_runs", run.uuid(), json!({ "at_once": is_ended })).await?;
    tx.commit().await?;
    Ok(())
}

/// What a try counted was never brought in: a run that ends as one has come to nothing.
pub(super) async fn forget_try(tx: &mut TenantTx, run: ImportRunId) -> Result<(), AppError> {
    sqlx::query!(
        "update import_runs
         set rows_done = 0, created_count = 0, updated_count = 0, unchanged_count = 0, refused_count = 0
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        run.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
