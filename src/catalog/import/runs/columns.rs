//! A person says what the columns of an unknown file are; then it is tried.

use super::{Head, upload::require};
use crate::{
    catalog::import::{ImportRefusal, Mapping, Reading, format::Layout},
    ctx::Ctx,
    db::DbError,
    error::AppError,
    jobs::kinds::Job,
    kernel::id::ImportRunId,
};
use csv::StringRecord;
use serde_json::json;

/// Refused in words when name and price are not among them, or one is said twice.
pub async fn say_columns(ctx: &Ctx, run: ImportRunId, mapping: Mapping) -> Result<Result<(), ImportRefusal>, AppError> {
    require(ctx)?;
    let mut tx = ctx.tx().await?;
    let head = sqlx::query_scalar!(
        "select head
         from import_runs
         where tenant_id = $1
           and id = $2
           and status in ('uploaded', 'checked', 'failed')
           and file_key is not null
         for update",
        tx.tenant(),
        run.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let head: Head = serde_json::from_value(head).map_err(|fault| DbError::corrupt("import_runs.head", &fault))?;
    let columns: StringRecord = head.columns.iter().map(String::as_str).collect::<Vec<_>>().into();
    let reading = Reading::Mapped(mapping);
    if let Err(refusal) = Layout::find(&columns, Some(&reading)) {
        return Ok(Err(refusal));
    }
    sqlx::query!(
        "delete from import_notes
         where tenant_id = $1
           and run_id = $2",
        tx.tenant(),
        run.uuid()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update import_runs
         set status = 'checking', format = 'mapped', reading = $3, rows_done = 0, created_count = 0, updated_count = 0,
             unchanged_count = 0, refused_count = 0, error_count = 0, note_count = 0, next_product = 0, next_picture = 0,
             checked = null, problem = null, finished_at = null, cancel_asked_at = null, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        run.uuid(),
        json!(reading),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::RunImport(run), None, Some(&format!("import:{run}"))).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
