//! The worker's part of a run: takes it up where it is, brings in batch after batch, and ends it.

use super::{
    super::{
        engine::{Errand, Go, bring_in, fetch_pictures},
        index::{Index, index},
        text_file::{OwnFile, TextFile},
        write::Run,
    },
    cancel::forget_try,
    claim::{Claimed, claim},
    keep::Progress,
};
use crate::{
    catalog::{
        import::{Fetcher, ImportRefusal, Rate, Source},
        media::MediaStore,
    },
    ctx::{Ctx, Platform},
    error::AppError,
    kernel::{
        access::Actor,
        id::{ImportRunId, TenantId},
    },
};
use serde_json::json;
use std::sync::Arc;

/// Safe to run twice and after a stop anywhere: what is over stays so, what is another's stays theirs, and what is
/// half done goes on behind the last batch that was committed.
pub async fn perform(
    platform: &Arc<Platform>,
    media: &MediaStore,
    fetcher: &Fetcher,
    tenant: TenantId,
    run: ImportRunId,
) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let Some(claimed) = claim(&ctx, run).await? else { return Ok(()) };
    match carry_on(&ctx, media, fetcher, run, &claimed).await {
        Ok(Go::On) => finish(&ctx, run, &claimed).await,
        Ok(Go::Stop) => stop(&ctx, run, &claimed).await,
        Err(ImportRefusal::Stopped(fault)) => {
            release(&ctx, run, &claimed).await?;
            Err(fault)
        }
        Err(refusal) => fail(&ctx, run, &claimed, &refusal).await,
    }
}

async fn carry_on(
    ctx: &Ctx,
    media: &MediaStore,
    fetcher: &Fetcher,
    run: ImportRunId,
    claimed: &Claimed,
) -> Result<Go, ImportRefusal> {
    let own = OwnFile::new();
    if !media.copy_private(&claimed.key, own.path()).await.map_err(AppError::broken)? {
        return Err(ImportRefusal::Unreadable);
    }
    let (path, reading) = (own.path().to_owned(), claimed.reading.clone());
    let looking = tokio::task::spawn_blocking(move || {
        let file = TextFile::open(Source::Path(path))?;
        let index = index(&file, reading.as_ref())?;
        Ok::<(TextFile, Index), ImportRefusal>((file, index))
    });
    let (file, index) = looking.await.map_err(AppError::broken)??;
    note_size(ctx, run, claimed, index.rows).await?;
    let errand = Errand {
        ctx: ctx.clone(),
        run: Run { id: run.uuid(), store: claimed.store, by: claimed.by, dry_run: claimed.is_try },
        media: media.clone(),
        folder: None,
        fetcher: Some(fetcher.afresh()),
        file,
        index: Arc::new(index),
        rate: claimed.rate.as_deref().and_then(Rate::parse),
    };
    let mut progress = Progress { ctx: ctx.clone(), run, claim: claimed.claim.clone(), notes: claimed.notes };
    let go = bring_in(&errand, &mut progress, claimed.next_product).await?;
    // Read until here.
    let go = if go == Go::On { fetch_pictures(&errand, &mut progress, claimed.next_picture).await? } else { go };
    drop(own);
    Ok(go)
}

async fn note_size(ctx: &Ctx, run: ImportRunId, claimed: &Claimed, rows: usize) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update import_runs
         set total_rows = $4, row_count = $4, updated_at = $5
         where tenant_id = $1
           and id = $2
           and claim = $3",
        tx.tenant(),
        run.uuid(),
        claimed.claim,
        i32::try_from(rows).unwrap_or(i32::MAX),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn finish(ctx: &Ctx, run: ImportRunId, claimed: &Claimed) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let sums = sqlx::query!(
        "update import_runs
         set status = case when status = 'checking' then 'checked' else 'succeeded' end,
             checked = case when status = 'checking'
                            then jsonb_build_object('created', created_count, 'updated', updated_count,
                                                    'unchanged', unchanged_count, 'refused', refused_count)
                            else checked end,
             finished_at = case when status = 'checking' then null else $4::timestamptz end,
             claim = null, claimed_until = null, updated_at = $4
         where tenant_id = $1
           and id = $2
           and claim = $3
           and status in ('checking', 'running')
         returning created_count, updated_count, unchanged_count, refused_count",
        tx.tenant(),
        run.uuid(),
        claimed.claim,
        ctx.now()
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(sums) = sums.filter(|_| !claimed.is_try) {
        let details = json!({ "status": "succeeded", "created": sums.created_count, "updated": sums.updated_count, "unchanged": sums.unchanged_count, "refused": sums.refused_count });
        tx.audit(ctx.actor, "products_imported", "import_runs", run.uuid(), details).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Somebody asked for the end; or somebody else has taken the run over, and then it is none of ours.
async fn stop(ctx: &Ctx, run: ImportRunId, claimed: &Claimed) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let ended = sqlx::query!(
        "update import_runs
         set status = 'cancelled', finished_at = $4, claim = null, claimed_until = null, updated_at = $4
         where tenant_id = $1
           and id = $2
           and claim = $3
           and cancel_asked_at is not null",
        tx.tenant(),
        run.uuid(),
        claimed.claim,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if claimed.is_try && ended.rows_affected() > 0 {
        forget_try(&mut tx, run).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A passing fault: the job comes again and need not wait for the claim to end.
async fn release(ctx: &Ctx, run: ImportRunId, claimed: &Claimed) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update import_runs
         set claim = null, claimed_until = null, updated_at = $4
         where tenant_id = $1
           and id = $2
           and claim = $3",
        tx.tenant(),
        run.uuid(),
        claimed.claim,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn fail(ctx: &Ctx, run: ImportRunId, claimed: &Claimed, refusal: &ImportRefusal) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update import_runs
         set status = 'failed', problem = $4, finished_at = $5, claim = null, claimed_until = null, updated_at = $5
         where tenant_id = $1
           and id = $2
           and claim = $3",
        tx.tenant(),
        run.uuid(),
        claimed.claim,
        json!(refusal),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(())
}
