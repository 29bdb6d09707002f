//! The merchant's M-Pesa account, opened for one call to the provider.

use super::providers::mpesa::{AccountKind, Credentials, Initiator};
use crate::{
    db::TenantTx,
    error::AppError,
    kernel::id::MpesaAccountId,
    vault::{Place, TenantKey},
};
use uuid::Uuid;

/// An account as it is stored.
pub(crate) struct SealedAccount {
    pub id: Uuid,
    pub environment: String,
    pub kind: String,
    pub short_code: String,
    pub till_number: Option<String>,
    pub consumer_key_sealed: Option<Vec<u8>>,
    pub consumer_secret_sealed: Option<Vec<u8>>,
    pub passkey_sealed: Option<Vec<u8>>,
    pub initiator_name: Option<String>,
    pub initiator_password_sealed: Option<Vec<u8>>,
    pub is_active: bool,
    pub version: i32,
}

impl SealedAccount {
    pub(crate) fn open(self, key: &TenantKey) -> Result<Credentials, AppError> {
        let row = self.id;
        let open = |column, sealed: Option<Vec<u8>>| match sealed {
            None => Ok(String::new()),
            Some(sealed) => key.open(Place { table: "mpesa_accounts", column, row }, &sealed).map_err(AppError::broken),
        };
        let initiator = match (self.initiator_name.filter(|name| !name.is_empty()), self.initiator_password_sealed) {
            (Some(name), sealed @ Some(_)) => {
                Some(Initiator { name, password: open("initiator_password_sealed", sealed)? })
            }
            _ => None,
        };
        Ok(Credentials {
            environment: self.environment,
            kind: AccountKind::parse(&self.kind).unwrap_or(AccountKind::Paybill),
            short_code: self.short_code,
            till_number: self.till_number,
            consumer_key: open("consumer_key_sealed", self.consumer_key_sealed)?,
            consumer_secret: open("consumer_secret_sealed", self.consumer_secret_sealed)?,
            passkey: open("passkey_sealed", self.passkey_sealed)?,
            initiator,
        })
    }
}

/// The account that prompts are sent with; none when the merchant has not set one up.
pub(crate) async fn find_credentials(tx: &mut TenantTx, key: &TenantKey) -> Result<Option<Credentials>, AppError> {
    let row = sqlx::query_as!(
        SealedAccount,
        "select id, environment, kind, short_code, till_number, consumer_key_sealed, consumer_secret_sealed,
                passkey_sealed, initiator_name, initiator_password_sealed, is_active, version
         from mpesa_accounts
         where tenant_id = $1
           and is_active",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| row.open(key)).transpose()
}

/// The account that a prompt was sent with, whatever is in use by now; where its number is not known, the one in use.
pub(crate) async fn find_credentials_of(
    tx: &mut TenantTx,
    key: &TenantKey,
    short_code: Option<&str>,
) -> Result<Option<Credentials>, AppError> {
    let row = sqlx::query_as!(
        SealedAccount,
        "select id, environment, kind, short_code, till_number, consumer_key_sealed, consumer_secret_sealed,
                passkey_sealed, initiator_name, initiator_password_sealed, is_active, version
         from mpesa_accounts
         where tenant_id = $1
           and (short_code = $2 or is_active)
         order by (short_code = $2) desc nulls last, is_active desc, proved_at desc nulls last, id
         limit 1",
        tx.tenant(),
        short_code
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| row.open(key)).transpose()
}

/// The account that took money, which alone can send it back.
pub(crate) struct Receiver {
    pub credentials: Credentials,
    /// Prompts are sent with it now; one that is not has no page in the settings any more.
    pub is_in_use: bool,
}

/// The account whose number the money came to, whatever is in use by now; where the number is not known, the one in use.
/// None when the merchant has no account of that number.
pub(crate) async fn find_receiver(
    tx: &mut TenantTx,
    key: &TenantKey,
    number: Option<&str>,
) -> Result<Option<Receiver>, AppError> {
    let row = sqlx::query_as!(
        SealedAccount,
        "select id, environment, kind, short_code, till_number, consumer_key_sealed, consumer_secret_sealed,
                passkey_sealed, initiator_name, initiator_password_sealed, is_active, version
         from mpesa_accounts
         where tenant_id = $1
           and case when $2::text is null then is_active else $2 in (short_code, till_number) end
         order by is_active desc, proved_at desc nulls last, id desc
         limit 1",
        tx.tenant(),
        number
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| {
        let is_in_use = row.is_active;
        row.open(key).map(|credentials| Receiver { credentials, is_in_use })
    })
    .transpose()
}

/// The account that is being set up, or else the one in use; locked, since it is about to be changed or tried.
pub(crate) async fn lock_latest(tx: &mut TenantTx) -> Result<Option<SealedAccount>, AppError> {
    Ok(sqlx::query_as!(
        SealedAccount,
        "select id, environment, kind, short_code, till_number, consumer_key_sealed, consumer_secret_sealed,
                passkey_sealed, initiator_name, initiator_password_sealed, is_active, version
         from mpesa_accounts
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

pub(crate) async fn find_account(tx: &mut TenantTx, id: MpesaAccountId) -> Result<Option<SealedAccount>, AppError> {
    Ok(sqlx::query_as!(
        SealedAccount,
        "select id, environment, kind, short_code, till_number, consumer_key_sealed, consumer_secret_sealed,
                passkey_sealed, initiator_name, initiator_password_sealed, is_active, version
         from mpesa_accounts
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}
