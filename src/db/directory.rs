//! The few look-ups that happen before a tenant is known; each answers with ids only.

use super::{Db, DbError, TenantTx};
use crate::kernel::{
    email::Email,
    id::{AccountTokenId, InviteId, SessionId, StoreId, TenantId, UserId},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// How a shop is addressed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ShopHost {
    /// The label in front of the platform's own host.
    Subdomain(String),
    /// A merchant's own domain.
    Domain(String),
}

/// A provider's token leads to this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HookSubject {
    pub tenant: TenantId,
    pub subject: Uuid,
}

impl Db {
    /// Whose shop answers to a host.
    pub async fn find_shop(&self, host: &ShopHost) -> Result<Option<(TenantId, StoreId)>, DbError> {
        let (kind, name) = match host {
            ShopHost::Subdomain(name) => ("subdomain", name),
            ShopHost::Domain(name) => ("domain", name),
        };
        let row: Option<(Uuid, Uuid)> =
            sqlx::query_as("select tenant_id, store_id from directory_store_by_host($1, $2)")
                .bind(kind)
                .bind(name)
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.map(|(tenant, store)| (tenant.into(), store.into())))
    }

    /// Everybody with this address, in whichever tenants; twenty at most.
    pub async fn find_accounts(&self, email: &Email) -> Result<Vec<(TenantId, UserId)>, DbError> {
        let rows: Vec<(Uuid, Uuid)> =
            sqlx::query_as("select tenant_id, user_id from directory_users_by_email($1) limit 20")
                .bind(email.as_str())
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().map(|(tenant, user)| (tenant.into(), user.into())).collect())
    }

    /// Whose session has a token of this hash.
    pub async fn find_session(&self, token_hash: &[u8]) -> Result<Option<(TenantId, SessionId, UserId)>, DbError> {
        let row: Option<(Uuid, Uuid, Uuid)> =
            sqlx::query_as("select tenant_id, session_id, user_id from directory_session($1)")
                .bind(token_hash)
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.map(|(tenant, session, user)| (tenant.into(), session.into(), user.into())))
    }

    /// The open invite whose link has this hash, in hexadecimal.
    pub async fn find_invite(&self, token_hash: &str) -> Result<Option<(TenantId, InviteId)>, DbError> {
        let row: Option<(Uuid, Uuid)> = sqlx::query_as("select tenant_id, invite_id from directory_invite($1)")
            .bind(token_hash)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(tenant, invite)| (tenant.into(), invite.into())))
    }

    /// The account of a single-use token of that purpose, while it is unused and not over.
    pub async fn find_account_token(
        &self,
        token_hash: &[u8],
        purpose: &str,
    ) -> Result<Option<(TenantId, AccountTokenId, UserId)>, DbError> {
        let row: Option<(Uuid, Uuid, Uuid)> =
            sqlx::query_as("select tenant_id, token_id, user_id from directory_account_token($1, $2)")
                .bind(token_hash)
                .bind(purpose)
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.map(|(tenant, token, user)| (tenant.into(), token.into(), user.into())))
    }

    /// What a provider's token of this hash was given out for.
    pub async fn find_hook(&self, token_hash: &[u8], purpose: &str) -> Result<Option<HookSubject>, DbError> {
        let row: Option<(Uuid, Uuid)> = sqlx::query_as("select tenant_id, subject_id from directory_hook($1, $2)")
            .bind(token_hash)
            .bind(purpose)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(tenant, subject)| HookSubject { tenant: tenant.into(), subject }))
    }

    /// Every active tenant; the worker goes through them one at a time.
    pub async fn list_tenants(&self) -> Result<Vec<TenantId>, DbError> {
        let rows: Vec<Uuid> = sqlx::query_scalar("select directory_tenants()").fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(TenantId::from).collect())
    }

    /// Until when nobody may try again under this key; none when they may now.
    pub async fn sign_in_blocked_until(&self, key: &[u8]) -> Result<Option<DateTime<Utc>>, DbError> {
        Ok(sqlx::query_scalar("select sign_in_blocked_until($1)").bind(key).fetch_one(&self.pool).await?)
    }

    pub async fn note_sign_in_failure(&self, key: &[u8]) -> Result<(), DbError> {
        sqlx::query("select sign_in_failed($1)").bind(key).execute(&self.pool).await?;
        Ok(())
    }

    /// The same for an address, which many may share.
    pub async fn note_sign_in_failure_from(&self, key: &[u8]) -> Result<(), DbError> {
        sqlx::query("select sign_in_failed_from($1)").bind(key).execute(&self.pool).await?;
        Ok(())
    }

    pub async fn note_sign_in_success(&self, key: &[u8]) -> Result<(), DbError> {
        sqlx::query("select sign_in_succeeded($1)").bind(key).execute(&self.pool).await?;
        Ok(())
    }

    /// Makes the monthly partitions of `events` ahead of time.
    pub async fn make_event_partitions(&self, months_ahead: i32) -> Result<(), DbError> {
        sqlx::query("select ensure_event_partitions($1)").bind(months_ahead).execute(&self.pool).await?;
        Ok(())
    }

    /// Drops the months of `events` before the last so many and this one. By the worker's login. Answers how many went.
    pub async fn drop_event_partitions(&self, months_kept: i32) -> Result<i32, DbError> {
        Ok(sqlx::query_scalar("select drop_event_partitions($1)").bind(months_kept).fetch_one(&self.pool).await?)
    }
}

/// The brake on guessing for those who hold an account's row: tries follow each other, and count when this commits.
impl TenantTx {
    pub(crate) async fn sign_in_blocked_until(&mut self, key: &[u8]) -> Result<Option<DateTime<Utc>>, DbError> {
        Ok(sqlx::query_scalar("select sign_in_blocked_until($1)").bind(key).fetch_one(self.conn()).await?)
    }

    pub(crate) async fn note_sign_in_failure(&mut self, key: &[u8]) -> Result<(), DbError> {
        sqlx::query("select sign_in_failed($1)").bind(key).execute(self.conn()).await?;
        Ok(())
    }

    pub(crate) async fn note_sign_in_success(&mut self, key: &[u8]) -> Result<(), DbError> {
        sqlx::query("select sign_in_succeeded($1)").bind(key).execute(self.conn()).await?;
        Ok(())
    }
}
