//! The merchant's M-Pesa account, opened for one call to the provider.

use super::providers::mpesa::{AccountKind, Credentials, Initiator};
use crate::{
    db::TenantTx,
    error::AppError,
    kernel::id::MpesaAccountId,
    vault::{Place, TenantKey},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// So long after it stepped back, or was last told of money, an account is still asked: people pay to a number they know.
const FORMER_FOR: TimeDelta = TimeDelta::days(90);
/// Former accounts that are asked, the last first.
const MOST_FORMER: i64 = 3;

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

/// An account that was in use before.
pub(crate) struct Former {
    pub id: MpesaAccountId,
    pub credentials: Credentials,
}

/// The accounts before the one in use that can be asked still, the last first; of a number whose keys have changed only the
/// newest, and none of the number in use.
pub(crate) async fn list_former(
    tx: &mut TenantTx,
    key: &TenantKey,
    now: DateTime<Utc>,
) -> Result<Vec<Former>, AppError> {
    let rows = sqlx::query_as!(
        SealedAccount,
        "select a.id, a.environment, a.kind, a.short_code, a.till_number, a.consumer_key_sealed, a.consumer_secret_sealed,
                a.passkey_sealed, a.initiator_name, a.initiator_password_sealed, a.is_active, a.version
         from mpesa_accounts a
         where a.tenant_id = $1
           and not a.is_active
           and a.proved_at is not null
           and a.updated_at > $2
           and a.consumer_key_sealed is not null
           and a.consumer_secret_sealed is not null
           and not exists (
               select
               from mpesa_accounts l
               where l.tenant_id = $1
                 and coalesce(l.till_number, l.short_code) = coalesce(a.till_number, a.short_code)
                 and (l.is_active or l.proved_at is not null and (l.updated_at, l.id) > (a.updated_at, a.id))
           )
         order by a.updated_at desc, a.id desc
         limit $3",
        tx.tenant(),
        now - FORMER_FOR,
        MOST_FORMER
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(|row| Ok(Former { id: row.id.into(), credentials: row.open(key)? })).collect()
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
