//! A file comes from a browser: kept under no address, looked at, and tried at once when its columns are known.

use super::{
    super::index::head,
    super::text_file::{MOST_BYTES, OwnFile, TextFile},
    Head, file_key,
};
use crate::{
    catalog::{
        import::{Format, ImportRefusal, Rate, Reading, Source, run::check_store},
        media::{MediaStore, PrivateUpload},
    },
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Permission,
        id::{ImportRunId, StoreId, UserId},
    },
};
use chrono::TimeDelta;
use serde_json::json;

/// Files are kept for so long, so that a person can look again.
const KEPT: TimeDelta = TimeDelta::days(30);
/// Files of one merchant at a time; for the next one the oldest that nobody works on goes.
const MOST_FILES: i64 = 50;
const LONGEST_NAME: usize = 200;

/// Why a file was not kept; nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadRefusal {
    File(ImportRefusal),
    /// So many are worked on already.
    TooManyFiles,
    NotARate,
    App(AppError),
}

impl<E: Into<AppError>> From<E> for UploadRefusal {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

/// A file on its way.
#[derive(Debug)]
pub struct Upload {
    run: ImportRunId,
    key: String,
    file: PrivateUpload,
}

/// Makes room for a file; nothing is written down before it is here.
pub async fn begin_upload(ctx: &Ctx, media: &MediaStore) -> Result<Upload, AppError> {
    require(ctx)?;
    let run = ImportRunId::mint();
    let key = file_key(ctx.tenant, run);
    let file = media.begin_private(&key).await.map_err(AppError::broken)?;
    Ok(Upload { run, key, file })
}

pub(super) fn require(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Permission::EditPrices)?;
    ctx.require(Permission::AdjustStock)?;
    ctx.require(Permission::EditProducts)
}

impl Upload {
    /// The next bytes. After a refusal there is nothing to go on with.
    pub async fn add(&mut self, bytes: &[u8]) -> Result<(), UploadRefusal> {
        if self.file.size() + bytes.len() as u64 > MOST_BYTES {
            return Err(UploadRefusal::File(ImportRefusal::TooLarge));
        }
        self.file.add(bytes).await.map_err(|fault| UploadRefusal::App(AppError::broken(fault)))
    }

    /// Takes away what has come.
    pub async fn give_up(self) {
        self.file.give_up().await;
    }

    /// The file is here. It is tried at once when its columns are known; otherwise a person says what they are.
    pub async fn finish(
        self,
        ctx: &Ctx,
        media: &MediaStore,
        store: StoreId,
        name: &str,
        said: Option<Format>,
        rate: &str,
    ) -> Result<ImportRunId, UploadRefusal> {
        let Self { run, key, file } = self;
        let size = file.finish().await.map_err(AppError::broken)?;
        let kept = keep(ctx, media, store, run, &key, name, said, rate, size).await;
        if kept.is_err() {
            media.remove_private(&key).await.map_err(AppError::broken)?;
        }
        kept.map(|()| run)
    }
}

/// Asks for the oldest file that nobody works on to be removed, behind those that were asked for before and still lie.
async fn make_room(tx: &mut TenantTx, asked_before: i64) -> Result<(), UploadRefusal> {
    let oldest = sqlx::query_scalar!(
        "select id
         from import_runs
         where tenant_id = $1
           and file_key is not null
           and status not in ('checking', 'waiting', 'running')
         order by created_at, id
         offset $2
         limit 1",
        tx.tenant(),
        asked_before
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(oldest) = oldest.map(ImportRunId::from) else { return Err(UploadRefusal::TooManyFiles) };
    tx.enqueue(&Job::ForgetImport(oldest), None, Some(&format!("import:{oldest}:room"))).await?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "what the form said and what came of the file, once")]
async fn keep(
    ctx: &Ctx,
    media: &MediaStore,
    store: StoreId,
    run: ImportRunId,
    key: &str,
    name: &str,
    said: Option<Format>,
    rate: &str,
    size: u64,
) -> Result<(), UploadRefusal> {
    require(ctx)?;
    let rate = Some(rate.trim()).filter(|rate| !rate.is_empty());
    if rate.is_some_and(|rate| Rate::parse(rate).is_none()) {
        return Err(UploadRefusal::NotARate);
    }
    check_store(ctx, store).await.map_err(UploadRefusal::File)?;
    let own = OwnFile::new();
    media.copy_private(key, own.path()).await.map_err(AppError::broken)?;
    let looking = tokio::task::spawn_blocking(move || {
        let file = TextFile::open(Source::Path(own.path().to_owned()))?;
        head(&file)
    });
    let found = looking.await.map_err(AppError::broken)?.map_err(UploadRefusal::File)?;
    let format = said.or(found.format);
    let reading = format.map(Reading::Format);
    let now = ctx.now();
    let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let mut tx = ctx.tx().await?;
    let kept = sqlx::query_scalar!(
        r#"select count(*) as "count!"
         from import_runs
         where tenant_id = $1
           and file_key is not null"#,
        tx.tenant()
    )
    .fetch_one(tx.conn())
    .await?;
    if kept >= MOST_FILES {
        make_room(&mut tx, kept - MOST_FILES).await?;
    }
    sqlx::query!(
        "insert into import_runs (tenant_id, id, store_id, format, file_name, status, file_key, file_size, head, reading, rate,
                                  created_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)",
        tx.tenant(),
        run.uuid(),
        store.uuid(),
        format.map_or("mapped", Format::as_str),
        name,
        if reading.is_some() { "checking" } else { "uploaded" },
        key,
        i64::try_from(size).unwrap_or(i64::MAX),
        json!(Head { columns: found.columns, rows: found.rows }),
        reading.as_ref().map(|reading| json!(reading)),
        rate,
        ctx.actor.user().map(UserId::uuid),
        now
    )
    .execute(tx.conn())
    .await?;
    if reading.is_some() {
        tx.enqueue(&Job::RunImport(run), None, Some(&format!("import:{run}"))).await?;
    }
    tx.enqueue(&Job::ForgetImport(run), Some(now + KEPT), None).await?;
    tx.audit(ctx.actor, "products_file_uploaded", "import_runs", run.uuid(), json!({ "bytes": size })).await?;
    tx.commit().await?;
    Ok(())
}
