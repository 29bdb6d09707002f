//! A person has seen what a file would do and lets it in.

use super::upload::require;
use crate::{ctx::Ctx, error::AppError, jobs::kinds::Job, kernel::id::ImportRunId};
use serde_json::json;

/// Twice is once: a run that has been started is left as it is.
pub async fn start(ctx: &Ctx, run: ImportRunId) -> Result<(), AppError> {
    require(ctx)?;
    let mut tx = ctx.tx().await?;
    let started = sqlx::query!(
        "update import_runs
         set status = 'waiting', rows_done = 0, created_count = 0, updated_count = 0, unchanged_count = 0, refused_count = 0,
             error_count = 0, note_count = 0, next_product = 0, next_picture = 0, problem = null, claim = null,
             claimed_until = null, updated_at = $3
         where tenant_id = $1
           and id = $2
           and status = 'checked'
           and file_key is not null",
        tx.tenant(),
        run.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if started.rows_affected() == 0 {
        let known = sqlx::query_scalar!(
            "select status from import_runs where tenant_id = $1 and id = $2",
            tx.tenant(),
            run.uuid()
        )
        .fetch_optional(tx.conn())
        .await?;
        return match known.as_deref() {
            None => Err(AppError::NotFound),
            Some("waiting" | "running" | "succeeded") => Ok(()),
            Some(_) => Err(AppError::ChangedMeanwhile),
        };
    }
    // The report of the try makes way for that of the import.
    sqlx::query!(
        "delete from import_notes
         where tenant_id = $1
           and run_id = $2",
        tx.tenant(),
        run.uuid()
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::RunImport(run), None, Some(&format!("import:{run}"))).await?;
    tx.audit(ctx.actor, "products_import_started", "import_runs", run.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(())
}
