//! The merchant's M-Pesa account, opened for one call to the provider.

use super::providers::mpesa::{AccountKind, Credentials};
use crate::{
    db::TenantTx,
    error::AppError,
    vault::{Place, TenantKey},
};

/// The account that prompts are sent with; none when the merchant has not set one up.
pub(crate) async fn find_credentials(tx: &mut TenantTx, key: &TenantKey) -> Result<Option<Credentials>, AppError> {
    let row = sqlx::query!(
        "select id, environment, kind, short_code, till_number, consumer_key_sealed, consumer_secret_sealed, passkey_sealed
         from mpesa_accounts
         where tenant_id = $1
           and is_active",
        tx.tenant()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let open = |column, sealed: Option<Vec<u8>>| match sealed {
        None => Ok(String::new()),
        Some(sealed) => {
            key.open(Place { table: "mpesa_accounts", column, row: row.id }, &sealed).map_err(AppError::broken)
        }
    };
    Ok(Some(Credentials {
        environment: row.environment,
        kind: if row.kind == "till" { AccountKind::Till } else { AccountKind::Paybill },
        short_code: row.short_code,
        till_number: row.till_number,
        consumer_key: open("consumer_key_sealed", row.consumer_key_sealed)?,
        consumer_secret: open("consumer_secret_sealed", row.consumer_secret_sealed)?,
        passkey: open("passkey_sealed", row.passkey_sealed)?,
    }))
}
