//! The import itself: reads the file, takes the pictures, writes the products, keeps the report.

use super::{
    ImportFile, ImportOptions,
    draft::{Drafts, ProductDraft, draft_products},
    notes::Notes,
    pictures,
    report::{ImportRefusal, ImportReport, Outcome},
    table::Table,
    write::{Run, write_product},
};
use crate::{
    catalog::media::{MediaStore, StoredPicture},
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, currency::Currency, id::StoreId},
};
use serde_json::json;
use std::path::Path;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Rows kept in `import_runs.report`; the person at the terminal sees all.
const KEPT_ROWS: usize = 10_000;
/// Two transactions that met are run again this often.
const TRIES: u32 = 3;
/// Products whose pictures are prepared ahead of their turn.
const AHEAD: usize = 24;

/// Brings a file of products into a store.
///
/// Each product is one transaction: in whole or not at all. A refusal means that nothing was read in, except
/// `Stopped`, after which the products before are in and whole.
pub async fn import(
    ctx: &Ctx,
    store: StoreId,
    media: &MediaStore,
    file: ImportFile,
    options: ImportOptions,
) -> Result<ImportReport, ImportRefusal> {
    ctx.require(Permission::EditPrices)?;
    ctx.require(Permission::AdjustStock)?;
    check_store(ctx, store).await?;
    let ImportFile { name, bytes, folder } = file;
    let drafted =
        tokio::task::spawn_blocking(move || Table::read(&bytes).map(|table| draft_products(&table, options.rate)));
    let Drafts { mut notes, products, refused } = drafted.await.map_err(AppError::broken)??;
    let run = Run { id: open_run(ctx, store, &name, options.dry_run).await?, store, dry_run: options.dry_run };
    let mut counts = Counts { refused, ..Counts::default() };
    let brought = bring_in(ctx, &run, media, folder.as_deref(), &products, &mut notes, &mut counts).await;
    let report = ImportReport {
        run: (!options.dry_run).then_some(run.id),
        dry_run: options.dry_run,
        rows: notes.rows,
        created: counts.created,
        updated: counts.updated,
        unchanged: counts.unchanged,
        refused: counts.refused,
    };
    if !options.dry_run {
        let status = if brought.is_ok() { "succeeded" } else { "failed" };
        close_run(ctx, run.id, status, &report).await?;
    }
    brought?;
    Ok(report)
}

#[derive(Default)]
struct Counts {
    created: usize,
    updated: usize,
    unchanged: usize,
    refused: usize,
}

async fn check_store(ctx: &Ctx, store: StoreId) -> Result<(), ImportRefusal> {
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

type Pictures = Vec<Option<StoredPicture>>;

/// Pictures are prepared for several products at a time, products written one after the other.
async fn bring_in(
    ctx: &Ctx,
    run: &Run,
    media: &MediaStore,
    folder: Option<&Path>,
    products: &[ProductDraft],
    notes: &mut Notes,
    counts: &mut Counts,
) -> Result<(), AppError> {
    for some in products.chunks(AHEAD) {
        let pictures = take_pictures(ctx, run, media, folder, some, notes).await?;
        for (draft, pictures) in some.iter().zip(pictures) {
            let mut tries = 0;
            let written = loop {
                tries += 1;
                match write_product(ctx, run, draft, &pictures).await {
                    Err(AppError::TryAgain { .. }) if tries < TRIES => {}
                    other => break other?,
                }
            };
            let is_refused = written.outcome == Outcome::Refused;
            for (row, message) in written.messages {
                if is_refused { notes.refuse(row, message) } else { notes.note(row, message) }
            }
            match written.outcome {
                Outcome::Created => counts.created += 1,
                Outcome::Updated => counts.updated += 1,
                Outcome::Unchanged | Outcome::Noted => counts.unchanged += 1,
                Outcome::Refused => counts.refused += 1,
            }
            if !notes.settle_refused(&draft.rows) {
                let gave: Vec<usize> =
                    draft.rows.iter().copied().filter(|row| gave_something(draft, &pictures, *row)).collect();
                notes.settle(&gave, written.outcome);
            }
        }
    }
    Ok(())
}

/// A variant, or a picture that was taken.
fn gave_something(draft: &ProductDraft, pictures: &Pictures, row: usize) -> bool {
    draft.variants.iter().any(|variant| variant.row == row)
        || draft.pictures.iter().zip(pictures).any(|(picture, taken)| picture.row == row && taken.is_some())
}

async fn take_pictures(
    ctx: &Ctx,
    run: &Run,
    media: &MediaStore,
    folder: Option<&Path>,
    products: &[ProductDraft],
    notes: &mut Notes,
) -> Result<Vec<Pictures>, AppError> {
    let mut taken: Vec<Pictures> = products.iter().map(|draft| vec![None; draft.pictures.len()]).collect();
    let mut work = JoinSet::new();
    for (product, draft) in products.iter().enumerate() {
        for (index, picture) in draft.pictures.iter().cloned().enumerate() {
            let (media, folder, tenant, dry_run) = (media.clone(), folder.map(Path::to_owned), ctx.tenant, run.dry_run);
            work.spawn(async move {
                (product, index, pictures::take(&media, tenant, folder.as_deref(), &picture, dry_run).await)
            });
        }
    }
    let mut remarks = Vec::new();
    while let Some(done) = work.join_next().await {
        let (product, index, answer) = done.map_err(AppError::broken)?;
        match answer.map_err(AppError::broken)? {
            Ok(stored) => taken[product][index] = Some(stored),
            Err(remark) => remarks.push((products[product].pictures[index].row, index, remark)),
        }
    }
    // In the order of the file, whichever was done first.
    remarks.sort_by_key(|(row, index, _)| (*row, *index));
    for (row, _, remark) in remarks {
        notes.note(row, remark);
    }
    Ok(taken)
}

async fn open_run(ctx: &Ctx, store: StoreId, name: &str, dry_run: bool) -> Result<Uuid, AppError> {
    let id = crate::kernel::id::ImportRunId::mint().uuid();
    if dry_run {
        return Ok(id);
    }
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "insert into import_runs (tenant_id, id, store_id, format, file_name)
         values ($1, $2, $3, 'shopify', $4)",
        tx.tenant(),
        id,
        store.uuid(),
        name
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(id)
}

async fn close_run(ctx: &Ctx, id: Uuid, status: &str, report: &ImportReport) -> Result<(), AppError> {
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let refused_rows = report.rows.iter().filter(|row| row.outcome == Outcome::Refused).count();
    let kept = &report.rows[..report.rows.len().min(KEPT_ROWS)];
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update import_runs
         set status = $3, row_count = $4, created_count = $5, updated_count = $6, error_count = $7, report = $8, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id,
        status,
        count(report.rows.len()),
        count(report.created),
        count(report.updated),
        count(refused_rows),
        json!(kept)
    )
    .execute(tx.conn())
    .await?;
    let details = json!({ "status": status, "created": report.created, "updated": report.updated, "unchanged": report.unchanged, "refused": report.refused });
    tx.audit(ctx.actor, "products_imported", "import_runs", id, details).await?;
    tx.commit().await?;
    Ok(())
}
