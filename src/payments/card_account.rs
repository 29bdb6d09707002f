//! The merchant's card account, opened for one call to the provider.

use super::providers::paystack::{CardCredentials, CardEnvironment};
use crate::{
    db::{DbError, TenantTx},
    error::AppError,
    kernel::id::CardAccountId,
    vault::{Place, TenantKey},
};
use uuid::Uuid;

/// Accounts whose keys may have signed an event: the one in use, and those before it.
const MOST_KEYS: i64 = 5;

/// An account as it is stored.
pub(crate) struct SealedCardAccount {
    pub id: Uuid,
    pub environment: String,
    pub secret_key_sealed: Option<Vec<u8>>,
    pub is_active: bool,
    pub version: i32,
}

/// An account that can be used for a call.
#[derive(Clone, Debug)]
pub struct CardAccount {
    pub id: CardAccountId,
    pub credentials: CardCredentials,
}

impl SealedCardAccount {
    /// Where its key is sealed to.
    pub(crate) const fn place(row: Uuid) -> Place {
        Place { table: "card_accounts", column: "secret_key_sealed", row }
    }

    /// None while it has no key.
    pub(crate) fn open(self, key: &TenantKey) -> Result<Option<CardAccount>, AppError> {
        let Some(sealed) = self.secret_key_sealed else { return Ok(None) };
        let environment = CardEnvironment::parse(&self.environment)
            .ok_or_else(|| AppError::from(DbError::corrupt("card_accounts.environment", &self.environment)))?;
        let secret_key = key.open(Self::place(self.id), &sealed).map_err(AppError::broken)?;
        Ok(Some(CardAccount { id: self.id.into(), credentials: CardCredentials { environment, secret_key } }))
    }
}

/// The account that shoppers pay to; none when the merchant takes no cards.
pub(crate) async fn find_in_use(tx: &mut TenantTx, key: &TenantKey) -> Result<Option<CardAccount>, AppError> {
    let row = sqlx::query_as!(
        SealedCardAccount,
        "select id, environment, secret_key_sealed, is_active, version
         from card_accounts
         where tenant_id = $1
           and is_active",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map_or(Ok(None), |row| row.open(key))
}

/// The account that a payment was asked for with, in use or not.
pub(crate) async fn find_account(
    tx: &mut TenantTx,
    key: &TenantKey,
    id: CardAccountId,
) -> Result<Option<CardAccount>, AppError> {
    let row = sqlx::query_as!(
        SealedCardAccount,
        "select id, environment, secret_key_sealed, is_active, version
         from card_accounts
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map_or(Ok(None), |row| row.open(key))
}

/// The keys that may have signed an event for this merchant, the one in use first.
pub(crate) async fn list_keys(tx: &mut TenantTx, key: &TenantKey) -> Result<Vec<CardAccount>, AppError> {
    let rows = sqlx::query_as!(
        SealedCardAccount,
        "select id, environment, secret_key_sealed, is_active, version
         from card_accounts
         where tenant_id = $1
           and secret_key_sealed is not null
         order by is_active desc, updated_at desc, id
         limit $2",
        tx.tenant(),
        MOST_KEYS
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().filter_map(|row| row.open(key).transpose()).collect()
}

/// The account that is being set up, or else the one in use; locked, since it is about to be changed or tried.
pub(crate) async fn lock_latest(tx: &mut TenantTx) -> Result<Option<SealedCardAccount>, AppError> {
    Ok(sqlx::query_as!(
        SealedCardAccount,
        "select id, environment, secret_key_sealed, is_active, version
         from card_accounts
         where tenant_id = $1
           and (is_active or proved_at is null)
         order by is_active, id
         limit 1
         for update",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?)
}
