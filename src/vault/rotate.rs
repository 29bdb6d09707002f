//! Another master key in the place of the one before: every tenant's key is wrapped again, none of them changes.

use super::{MasterKey, open, seal};
use crate::{db::Db, error::AppError};
use uuid::Uuid;

/// Shared among those who make keys, so that they only wait for a rotation and never for each other.
pub(super) const WAIT_FOR_ROTATION: &str = "select pg_advisory_xact_lock_shared(hashtext('duka master key'))";
const KEEP_OTHERS_OUT: &str = "select pg_advisory_xact_lock(hashtext('duka master key'))";
/// Keys wrapped between two commits.
const BATCH: usize = 200;

/// What a rotation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// Tenants' keys in all, suspended tenants' too.
    pub tenants: usize,
    /// Of them wrapped again by this run.
    pub wrapped: usize,
}

/// Why it cannot be done; what was wrapped before stays as it is, and opens.
#[derive(Debug, thiserror::Error)]
pub enum NotRotated {
    /// Neither key opens a tenant's key.
    #[error("{0} tenants' keys are wrapped by a master key that is neither of the two: nothing more was changed")]
    UnknownKey(usize),
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<sqlx::Error> for NotRotated {
    fn from(error: sqlx::Error) -> Self {
        Self::App(crate::db::DbError::from(error).into())
    }
}

/// Wraps every tenant's key with `new`. `operator` is a login that sees all tenants. Stopped halfway, some keys are
/// wrapped by one and some by the other, each says by which, and the next run does the rest.
pub async fn rotate(operator: &Db, old: &[MasterKey], new: &MasterKey) -> Result<Rotated, NotRotated> {
    let mut wrapped = 0;
    loop {
        let mut tx = operator.everywhere().await.map_err(AppError::from)?;
        sqlx::query("set local lock_timeout = '30s'").execute(&mut *tx).await?;
        sqlx::query(KEEP_OTHERS_OUT).execute(&mut *tx).await?;
        let rows: Vec<(Uuid, Vec<u8>, String)> = sqlx::query_as(
            "select tenant_id, wrapped_key, master_key_id
             from tenant_keys
             where master_key_id <> $1
             order by tenant_id
             for update",
        )
        .bind(new.id())
        .fetch_all(&mut *tx)
        .await?;
        if rows.is_empty() {
            let tenants: i64 = sqlx::query_scalar("select count(*) from tenant_keys").fetch_one(&mut *tx).await?;
            // Said aloud, so that nobody waits for the lock until the connection is used again.
            tx.commit().await?;
            return Ok(Rotated { tenants: usize::try_from(tenants).unwrap_or(0), wrapped });
        }
        let opened: Vec<(Uuid, Option<Vec<u8>>, String)> = rows
            .into_iter()
            .map(|(tenant, sealed, id)| {
                let key = [old, std::slice::from_ref(new)]
                    .concat()
                    .iter()
                    .filter(|master| id.is_empty() || master.id() == id)
                    .find_map(|master| open(&master.0, tenant.as_bytes(), &sealed).ok());
                (tenant, key, id)
            })
            .collect();
        let unknown = opened.iter().filter(|(_, key, _)| key.is_none()).count();
        if unknown > 0 {
            tx.rollback().await?;
            return Err(NotRotated::UnknownKey(unknown));
        }
        for (tenant, key, id) in opened.iter().take(BATCH) {
            let Some(key) = key else { continue };
            sqlx::query(
                "update tenant_keys
                 set wrapped_key = $3, master_key_id = $4, updated_at = now()
                 where tenant_id = $1
                   and master_key_id = $2",
            )
            .bind(tenant)
            .bind(id)
            .bind(seal(&new.0, tenant.as_bytes(), key))
            .bind(new.id())
            .execute(&mut *tx)
            .await?;
            wrapped += 1;
        }
        tx.commit().await?;
    }
}

/// How many tenants' keys none of these master keys has wrapped.
pub async fn strangers(operator: &Db, known: &[MasterKey]) -> Result<i64, AppError> {
    let ids: Vec<String> = known.iter().map(MasterKey::id).chain([String::new()]).collect();
    let mut tx = operator.everywhere().await?;
    Ok(sqlx::query_scalar("select count(*) from tenant_keys where master_key_id <> all ($1)")
        .bind(ids)
        .fetch_one(&mut *tx)
        .await?)
}
