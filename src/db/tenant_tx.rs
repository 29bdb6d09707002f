//! A transaction that has already stepped into one tenant.

use super::DbError;
use crate::{ctx::Origin, jobs::kinds::Job, kernel::id::TenantId};
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

/// Every statement on tenant data runs through one of these. It is never held while somebody
/// outside is waited for; dropping it undoes everything.
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    tenant: TenantId,
    /// From where it was asked for; the audit log writes it down.
    pub(super) origin: Origin,
    has_made_key: bool,
}

impl TenantTx {
    pub(super) fn inside(tx: Transaction<'static, Postgres>, tenant: TenantId) -> Self {
        Self { tx, tenant, origin: Origin::default(), has_made_key: false }
    }

    /// Says from where it is asked for.
    #[must_use]
    pub(crate) fn by(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    pub(crate) const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The tenant, for `tenant_id = $1` in every statement.
    pub(crate) fn tenant(&self) -> Uuid {
        self.tenant.uuid()
    }

    pub const fn tenant_id(&self) -> TenantId {
        self.tenant
    }

    /// The tenant's key was made in here: until the commit it may still be undone, so nobody else may rely on it.
    pub(crate) const fn note_made_key(&mut self) {
        self.has_made_key = true;
    }

    pub(crate) const fn has_made_key(&self) -> bool {
        self.has_made_key
    }

    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Asks for work to be done after this transaction, by it being committed.
    /// `run_at` none is at once, by the database's clock. A key replaces a waiting job of the same key.
    pub async fn enqueue(
        &mut self,
        job: &Job,
        run_at: Option<DateTime<Utc>>,
        key: Option<&str>,
    ) -> Result<(), DbError> {
        let body = serde_json::to_value(job.body()).map_err(|fault| DbError::corrupt("job", &fault))?;
        sqlx::query("select enqueue_job($1, $2, $3, $4)")
            .bind(job.kind())
            .bind(body)
            .bind(run_at)
            .bind(key)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Two at once, each with when and its key: one statement.
    pub(crate) async fn enqueue_both(
        &mut self,
        one: &(Job, DateTime<Utc>, String),
        other: &(Job, DateTime<Utc>, String),
    ) -> Result<(), DbError> {
        let body = |job: Job| serde_json::to_value(job.body()).map_err(|fault| DbError::corrupt("job", &fault));
        sqlx::query("select enqueue_job($1, $2, $3, $4), enqueue_job($5, $6, $7, $8)")
            .bind(one.0.kind())
            .bind(body(one.0)?)
            .bind(one.1)
            .bind(&one.2)
            .bind(other.0.kind())
            .bind(body(other.0)?)
            .bind(other.1)
            .bind(&other.2)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Plans every statement of this transaction anew. Plans are made once and kept (decision 0025), which is wrong for
    /// work that grows the tables it reads by thousands of rows before anybody has counted them.
    pub(crate) async fn plan_as_it_grows(&mut self) -> Result<(), DbError> {
        sqlx::query("set local plan_cache_mode = 'force_custom_plan'").execute(self.conn()).await?;
        Ok(())
    }

    /// Keeps what was done; dropped without it, all of it is undone.
    pub async fn commit(self) -> Result<(), DbError> {
        self.tx.commit().await?;
        Ok(())
    }
}
