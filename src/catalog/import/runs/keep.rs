//! Keeps how far a run is and what is to be told, in the transaction of each batch.

use super::{claim::LEASE, is_refusal};
use crate::{
    catalog::import::{
        engine::{Batch, Go, Keeper, Phase},
        report::ImportRow,
    },
    ctx::Ctx,
    db::{DbError, TenantTx},
    kernel::id::ImportRunId,
};
use serde_json::{Value, json};

/// Lines of one report.
pub(super) const MOST_NOTES: i32 = 20_000;

pub(super) struct Progress {
    pub ctx: Ctx,
    pub run: ImportRunId,
    pub claim: String,
    pub notes: i32,
}

impl Keeper for Progress {
    async fn keep(&mut self, tx: &mut TenantTx, batch: &Batch<'_>) -> Result<Go, DbError> {
        let lines = lines(batch.rows, MOST_NOTES.saturating_sub(self.notes));
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        let now = self.ctx.now();
        let refused = batch.rows.iter().filter(|row| is_refusal(row.outcome)).count();
        let (product, picture) = match batch.phase {
            Phase::Products => (Some(count(batch.next)), None),
            Phase::Pictures => (None, Some(count(batch.next))),
        };
        let done = sqlx::query!(
            "update import_runs
             set rows_done = rows_done + $4, created_count = created_count + $5, updated_count = updated_count + $6,
                 unchanged_count = unchanged_count + $7, refused_count = refused_count + $8, error_count = error_count + $9,
                 note_count = note_count + $10, next_product = coalesce($11, next_product),
                 next_picture = coalesce($12, next_picture), claimed_until = $13, updated_at = $14
             where tenant_id = $1
               and id = $2
               and claim = $3
               and status in ('checking', 'running')
               and cancel_asked_at is null",
            tx.tenant(),
            self.run.uuid(),
            self.claim,
            count(batch.rows_done),
            count(batch.counts.created),
            count(batch.counts.updated),
            count(batch.counts.unchanged),
            count(batch.counts.refused),
            count(refused),
            count(lines.len()),
            product,
            picture,
            now + LEASE,
            now
        )
        .execute(tx.conn())
        .await?;
        if done.rows_affected() == 0 {
            return Ok(Go::Stop);
        }
        if !lines.is_empty() {
            sqlx::query!(
                r#"insert into import_notes (tenant_id, run_id, line, handle, column_name, says, wrong, remark, is_refusal, created_at, updated_at)
                 select $1, $2, r.line, r.handle, r."column", r.says, r.wrong, r.remark, r.refusal, $4, $4
                 from jsonb_to_recordset($3) as r(line int, handle text, "column" text, says text, wrong text, remark jsonb, refusal boolean)"#,
                tx.tenant(),
                self.run.uuid(),
                json!(lines),
                now
            )
            .execute(tx.conn())
            .await?;
        }
        Ok(Go::On)
    }

    fn kept(&mut self, batch: &Batch<'_>) {
        let more = batch.rows.iter().map(|row| row.messages.len()).sum::<usize>();
        self.notes = self.notes.saturating_add(i32::try_from(more).unwrap_or(i32::MAX));
    }
}

/// At most so many.
fn lines(rows: &[ImportRow], most: i32) -> Vec<Value> {
    let most = usize::try_from(most).unwrap_or(0);
    let of_row = |row: &ImportRow| {
        let (line, handle, refusal) = (row.line, row.handle.clone(), is_refusal(row.outcome));
        let lines = row.messages.iter().map(move |message| {
            json!({
                "line": line, "handle": handle, "column": message.column, "says": message.says, "wrong": message.text,
                "remark": message.remark, "refusal": refusal
            })
        });
        lines.collect::<Vec<_>>()
    };
    rows.iter().flat_map(of_row).take(most).collect()
}
