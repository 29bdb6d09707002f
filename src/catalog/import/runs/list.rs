//! Runs as their pages show them.

use super::{ImportNote, ImportRun, RunStatus, Sums, keep::MOST_NOTES};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        id::{ImportRunId, StoreId},
    },
};
use chrono::NaiveDateTime;
use serde_json::Value;
use uuid::Uuid;

/// Runs on the list.
const LISTED: i64 = 30;

struct Row {
    id: Uuid,
    file_name: String,
    status: String,
    reading: Option<Value>,
    rate: Option<String>,
    head: Value,
    total_rows: i32,
    rows_done: i32,
    created_count: i32,
    updated_count: i32,
    unchanged_count: i32,
    refused_count: i32,
    checked: Option<Value>,
    problem: Option<Value>,
    note_count: i32,
    is_stopping: bool,
    is_file_kept: bool,
    created_at: NaiveDateTime,
}

impl Row {
    fn read(self) -> Result<ImportRun, DbError> {
        let corrupt = |fault: serde_json::Error| DbError::corrupt("import_runs", &fault);
        Ok(ImportRun {
            id: self.id.into(),
            file_name: self.file_name,
            // A try of the command line, from before tries were kept otherwise.
            status: RunStatus::parse(&self.status).unwrap_or(RunStatus::Succeeded),
            reading: self.reading.map(serde_json::from_value).transpose().map_err(corrupt)?,
            rate: self.rate,
            head: serde_json::from_value(self.head).unwrap_or_default(),
            total_rows: self.total_rows,
            rows_done: self.rows_done,
            sums: Sums {
                created: self.created_count,
                updated: self.updated_count,
                unchanged: self.unchanged_count,
                refused: self.refused_count,
            },
            checked: self.checked.map(serde_json::from_value).transpose().map_err(corrupt)?,
            problem: self.problem.map(serde_json::from_value).transpose().map_err(corrupt)?,
            note_count: self.note_count,
            is_stopping: self.is_stopping,
            is_file_kept: self.is_file_kept,
            created_at: self.created_at.into(),
        })
    }
}

/// The store's newest runs.
pub async fn list(ctx: &Ctx, store: StoreId) -> Result<Vec<ImportRun>, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select id, file_name, status, reading, rate, '{}'::jsonb as "head!", total_rows, rows_done, created_count, updated_count,
                  unchanged_count, refused_count, checked, problem, note_count,
                  cancel_asked_at is not null as "is_stopping!", file_key is not null as "is_file_kept!",
                  (created_at at time zone (select timezone from tenants where id = $1)) as "created_at!"
           from import_runs
           where tenant_id = $1
             and store_id = $2
           order by import_runs.created_at desc, id desc
           limit $3"#,
        tx.tenant(),
        store.uuid(),
        LISTED
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(|row| row.read().map_err(AppError::from)).collect()
}

/// One run.
pub async fn load(ctx: &Ctx, run: ImportRunId) -> Result<ImportRun, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    Ok(find(&mut tx, run).await?.ok_or(AppError::NotFound)?.read()?)
}

async fn find(tx: &mut TenantTx, run: ImportRunId) -> Result<Option<Row>, AppError> {
    Ok(sqlx::query_as!(
        Row,
        r#"select id, file_name, status, reading, rate, head, total_rows, rows_done, created_count, updated_count,
                  unchanged_count, refused_count, checked, problem, note_count,
                  cancel_asked_at is not null as "is_stopping!", file_key is not null as "is_file_kept!",
                  (created_at at time zone (select timezone from tenants where id = $1)) as "created_at!"
           from import_runs
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        run.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

struct NoteRow {
    line: i32,
    handle: String,
    column: String,
    says: String,
    wrong: String,
    remark: Option<Value>,
    is_refusal: bool,
}

impl NoteRow {
    fn read(self) -> ImportNote {
        let Self { line, handle, column, says, wrong, remark, is_refusal } = self;
        // One that only a newer version knows is told as it was written.
        let remark = remark.and_then(|remark| serde_json::from_value(remark).ok());
        ImportNote { line, handle, column, says, wrong, remark, is_refusal }
    }
}

/// The report, in the order of the file; at most `most` lines, refusals first when there are more.
pub async fn notes(ctx: &Ctx, run: ImportRunId, most: u32) -> Result<Vec<ImportNote>, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    if find(&mut tx, run).await?.is_none() {
        return Err(AppError::NotFound);
    }
    let rows = sqlx::query_as!(
        NoteRow,
        r#"select line, handle, column_name as "column", says, wrong, remark, is_refusal
           from import_notes
           where tenant_id = $1
             and run_id = $2
           order by is_refusal desc, line, id
           limit $3"#,
        tx.tenant(),
        run.uuid(),
        i64::from(most).min(i64::from(MOST_NOTES))
    )
    .fetch_all(tx.conn())
    .await?;
    let mut notes: Vec<ImportNote> = rows.into_iter().map(NoteRow::read).collect();
    // What is said of one row in an order that stays the same.
    notes.sort_by(|one, other| (one.line, &one.column, &one.wrong).cmp(&(other.line, &other.column, &other.wrong)));
    Ok(notes)
}
