//! Removes an uploaded file and its report when their time is over; what the run came to stays.

use crate::{
    catalog::media::MediaStore,
    ctx::{Ctx, Platform},
    error::AppError,
    kernel::{
        access::Actor,
        id::{ImportRunId, TenantId},
    },
};
use std::sync::Arc;

/// Twice is once.
pub async fn forget(
    platform: &Arc<Platform>,
    media: &MediaStore,
    tenant: TenantId,
    run: ImportRunId,
) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    // The file first: a row that names it brings this job back, a file that nobody names would lie there for ever.
    media.remove_private(&super::file_key(tenant, run)).await.map_err(AppError::broken)?;
    let mut tx = ctx.tx().await?;
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
         set file_key = null, head = '{}', note_count = 0, updated_at = $3,
             status = case when status in ('uploaded', 'checking', 'checked', 'waiting', 'running') then 'cancelled' else status end,
             finished_at = coalesce(finished_at, $3)
         where tenant_id = $1
           and id = $2
           and file_key is not null",
        tx.tenant(),
        run.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(())
}
