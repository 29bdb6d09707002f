//! Who works on a run: one at a time, and one run of a store at a time; whoever is silent for a while counts as gone.

use super::super::run::is_busy;
use crate::{
    catalog::import::Reading,
    ctx::{Ctx, Platform},
    db::DbError,
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        id::{ImportRunId, StoreId, TenantId},
        token::Token,
    },
};
use chrono::TimeDelta;
use std::sync::Arc;
use uuid::Uuid;

/// Each batch renews it.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Until somebody looks again whether the other is done.
const PAUSE: TimeDelta = TimeDelta::seconds(10);

pub(super) struct Claimed {
    pub claim: String,
    pub store: StoreId,
    pub key: String,
    pub reading: Option<Reading>,
    pub rate: Option<String>,
    pub is_try: bool,
    pub next_product: usize,
    pub next_picture: usize,
    pub notes: i32,
    pub by: Option<Uuid>,
}

/// The run to work on; none when it is over, or somebody else's turn comes first. Then a later job looks again.
pub(super) async fn claim(ctx: &Ctx, run: ImportRunId) -> Result<Option<Claimed>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let store = sqlx::query_scalar!(
        "select store_id from import_runs where tenant_id = $1 and id = $2",
        tx.tenant(),
        run.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(store) = store.map(StoreId::from) else { return Ok(None) };
    // Locks the store: two that wait for it look one after the other.
    let is_busy = is_busy(&mut tx, store, run.uuid(), now).await?;
    let found = sqlx::query!(
        r#"select status, file_key, reading, rate, next_product, next_picture, note_count, created_by,
                  coalesce(claimed_until > $3, false) as "is_worked_on!"
         from import_runs
         where tenant_id = $1
           and id = $2
         for update"#,
        tx.tenant(),
        run.uuid(),
        now
    )
    .fetch_one(tx.conn())
    .await?;
    let is_try = found.status == "checking";
    let (true, Some(key)) = (matches!(found.status.as_str(), "checking" | "waiting" | "running"), found.file_key)
    else {
        return Ok(None);
    };
    if found.is_worked_on || (is_busy && !is_try) {
        tx.enqueue(&Job::RunImport(run), Some(now + PAUSE), Some(&format!("import:{run}:again"))).await?;
        tx.commit().await?;
        return Ok(None);
    }
    // Random, so that whoever worked on it before is told from whoever does now.
    let claim = Token::random().hex()[..32].to_owned();
    sqlx::query!(
        "update import_runs
         set status = case when status = 'waiting' then 'running' else status end, claim = $3, claimed_until = $4, updated_at = $5
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        run.uuid(),
        claim,
        now + LEASE,
        now
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    let reading = found.reading.map(serde_json::from_value).transpose();
    let count = |n: i32| usize::try_from(n).unwrap_or(0);
    Ok(Some(Claimed {
        claim,
        store,
        key,
        reading: reading.map_err(|fault| DbError::corrupt("import_runs.reading", &fault))?,
        rate: found.rate,
        is_try,
        next_product: count(found.next_product),
        next_picture: count(found.next_picture),
        notes: found.note_count,
        by: found.created_by,
    }))
}

/// All hands are full: the run is looked at again in a while.
pub async fn put_off(platform: &Arc<Platform>, tenant: TenantId, run: ImportRunId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let mut tx = ctx.tx().await?;
    tx.enqueue(&Job::RunImport(run), Some(ctx.now() + PAUSE), Some(&format!("import:{run}:again"))).await?;
    tx.commit().await?;
    Ok(())
}
