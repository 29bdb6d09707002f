//! The import by the command line, in the foreground: the whole report in the end.

use super::{
    ImportFile, ImportOptions,
    engine::{Batch, Counts, Errand, Go, Keeper, Phase, bring_in, fetch_pictures},
    format::Format,
    index::index,
    report::{ImportRefusal, ImportReport, ImportRow, Outcome},
    text_file::TextFile,
    write::Run,
};
use crate::{
    catalog::media::MediaStore,
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{ImportRunId, StoreId},
    },
};
use chrono::TimeDelta;
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// Rows kept in `import_runs.report`; the person at the terminal sees all.
const KEPT_ROWS: usize = 10_000;
/// A run that has not moved for so long counts as gone.
const LEASE: TimeDelta = TimeDelta::minutes(2);

/// Brings a file of products into a store.
///
/// Products are written in batches, each product in whole or not at all. A refusal means that nothing was read in,
/// except `Stopped`, after which the products before are in and whole.
pub async fn import(
    ctx: &Ctx,
    store: StoreId,
    media: &MediaStore,
    file: ImportFile,
    options: ImportOptions,
) -> Result<ImportReport, ImportRefusal> {
    ctx.require(Permission::EditPrices)?;
    ctx.require(Permission::AdjustStock)?;
    ctx.require(Permission::EditProducts)?;
    check_store(ctx, store).await?;
    let ImportFile { name, source, folder } = file;
    let reading = options.reading.clone();
    let looking = tokio::task::spawn_blocking(move || {
        let file = TextFile::open(source)?;
        let index = index(&file, reading.as_ref())?;
        Ok::<_, ImportRefusal>((file, index))
    });
    let (file, index) = looking.await.map_err(AppError::broken)??;
    let format = index.layout.format.map_or("mapped", Format::as_str);
    let id = ImportRunId::mint().uuid();
    if !options.dry_run {
        open_run(ctx, store, id, &name, format, index.rows).await?;
    }
    let mut keeper = Collect {
        ctx: ctx.clone(),
        run: (!options.dry_run).then_some(id),
        total: index.rows,
        done: 0,
        progress: options.progress,
        rows: Vec::new(),
        counts: Counts::default(),
    };
    let errand = Errand {
        ctx: ctx.clone(),
        run: Run { id, store, by: ctx.actor.user().map(crate::kernel::id::UserId::uuid), dry_run: options.dry_run },
        media: media.clone(),
        folder,
        fetcher: options.fetcher.as_ref().map(super::Fetcher::afresh),
        file,
        index: Arc::new(index),
        rate: options.rate,
    };
    let mut brought = bring_in(&errand, &mut keeper, 0).await;
    if matches!(brought, Ok(Go::On)) {
        brought = fetch_pictures(&errand, &mut keeper, 0).await;
    }
    let Collect { rows, counts, .. } = keeper;
    let mut report = ImportReport {
        run: (!options.dry_run).then_some(id),
        dry_run: options.dry_run,
        rows,
        created: counts.created,
        updated: counts.updated,
        unchanged: counts.unchanged,
        refused: counts.refused,
    };
    report.put_in_order();
    if !options.dry_run {
        let status = match &brought {
            Ok(Go::On) => "succeeded",
            Ok(Go::Stop) => "cancelled",
            Err(_) => "failed",
        };
        close_run(ctx, id, status, &report).await?;
    }
    match brought? {
        Go::On => Ok(report),
        Go::Stop => Err(ImportRefusal::Cancelled),
    }
}

/// Collects everything for the report.
struct Collect {
    ctx: Ctx,
    run: Option<Uuid>,
    total: usize,
    done: usize,
    progress: Option<fn(usize, usize)>,
    rows: Vec<ImportRow>,
    counts: Counts,
}

impl Keeper for Collect {
    async fn keep(&mut self, tx: &mut TenantTx, batch: &Batch<'_>) -> Result<Go, DbError> {
        let Some(run) = self.run else { return Ok(Go::On) };
        let now = self.ctx.now();
        let done = sqlx::query!(
            "update import_runs
             set rows_done = rows_done + $3, claimed_until = $4, updated_at = $5
             where tenant_id = $1
               and id = $2
               and status = 'running'
               and cancel_asked_at is null",
            tx.tenant(),
            run,
            i32::try_from(batch.rows_done).unwrap_or(i32::MAX),
            now + LEASE,
            now
        )
        .execute(tx.conn())
        .await?;
        Ok(if done.rows_affected() == 1 { Go::On } else { Go::Stop })
    }

    fn kept(&mut self, batch: &Batch<'_>) {
        self.rows.extend_from_slice(batch.rows);
        self.counts += batch.counts;
        self.done += batch.rows_done;
        if let Some(tell) = self.progress.filter(|_| batch.phase == Phase::Products) {
            tell(self.done, self.total);
        }
    }
}

pub(super) async fn check_store(ctx: &Ctx, store: StoreId) -> Result<(), ImportRefusal> {
    let mut tx = ctx.tx().await?;
    let currency = sqlx::query_scalar!(
        "select default_currency
         from stores
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    match currency {
        None => Err(ImportRefusal::NoSuchStore),
        Some(code) if Currency::parse(&code) == Some(Currency::Kes) => Ok(()),
        Some(code) => Err(ImportRefusal::OtherCurrency(code)),
    }
}

async fn open_run(
    ctx: &Ctx,
    store: StoreId,
    id: Uuid,
    name: &str,
    format: &str,
    rows: usize,
) -> Result<(), ImportRefusal> {
    let mut tx = ctx.tx().await?;
    if is_busy(&mut tx, store, id, ctx.now()).await? {
        return Err(ImportRefusal::Busy);
    }
    sqlx::query!(
        "insert into import_runs (tenant_id, id, store_id, format, file_name, total_rows, claimed_until, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        tx.tenant(),
        id,
        store.uuid(),
        format,
        name,
        i32::try_from(rows).unwrap_or(i32::MAX),
        ctx.now() + LEASE,
        ctx.actor.user().map(crate::kernel::id::UserId::uuid)
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Is another file being brought into the store? Whoever asks next waits until this transaction ends.
pub(super) async fn is_busy(
    tx: &mut TenantTx,
    store: StoreId,
    but: Uuid,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<bool, DbError> {
    sqlx::query_scalar!(
        "select id
         from stores
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    // Runs of the command line that ended without a word.
    sqlx::query!(
        "update import_runs
         set status = 'failed', finished_at = $3, updated_at = $3
         where tenant_id = $1
           and store_id = $2
           and status = 'running'
           and file_key is null
           and claimed_until <= $3",
        tx.tenant(),
        store.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    let is_busy = sqlx::query_scalar!(
        r#"select exists (
             select from import_runs
             where tenant_id = $1
               and store_id = $2
               and id <> $3
               and status = 'running'
               and claimed_until > $4
         ) as "busy!""#,
        tx.tenant(),
        store.uuid(),
        but,
        now
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(is_busy)
}

async fn close_run(ctx: &Ctx, id: Uuid, status: &str, report: &ImportReport) -> Result<(), AppError> {
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let refused_rows = report.rows.iter().filter(|row| row.outcome == Outcome::Refused).count();
    let kept = &report.rows[..report.rows.len().min(KEPT_ROWS)];
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update import_runs
         set status = $3, row_count = $4, created_count = $5, updated_count = $6, error_count = $7, report = $8,
             unchanged_count = $9, refused_count = $10, claimed_until = null, finished_at = $11, updated_at = $11
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id,
        status,
        count(report.rows.len()),
        count(report.created),
        count(report.updated),
        count(refused_rows),
        json!(kept),
        count(report.unchanged),
        count(report.refused),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    let details = json!({ "status": status, "created": report.created, "updated": report.updated, "unchanged": report.unchanged, "refused": report.refused });
    tx.audit(ctx.actor, "products_imported", "import_runs", id, details).await?;
    tx.commit().await?;
    Ok(())
}
