//! The number that tells cached shop pages from today's.

use crate::db::{DbError, TenantTx};

/// Raises it in the transaction that changes what a shop page shows. This locks the tenant's row
/// until the end, so it comes last.
pub(crate) async fn raise(tx: &mut TenantTx) -> Result<(), DbError> {
    sqlx::query!(
        "update tenants
         set catalogue_version = catalogue_version + 1, updated_at = now()
         where id = $1",
        tx.tenant()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
