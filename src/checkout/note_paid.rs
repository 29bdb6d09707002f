//! What follows once, when an order is paid in full: its receipt, what its buyer is told, and the end of what was expected.

use super::locks::LockedOrder;
use crate::{
    db::TenantTx,
    error::AppError,
    mail::{kind::MailKind, outbox},
    orders::receipts,
};
use chrono::{DateTime, Utc};

/// The last step before the commit that pays an order: the receipt's number makes the tenant's other orders wait.
pub(super) async fn note_paid(tx: &mut TenantTx, order: &LockedOrder, now: DateTime<Utc>) -> Result<(), AppError> {
    sqlx::query!(
        "update payments
         set status = 'failed', failure_reason = 'paid_otherwise', completed_at = $3, updated_at = $3
         where tenant_id = $1
           and order_id = $2
           and status = 'initiated'
           and method in ('cod', 'manual')",
        tx.tenant(),
        order.id.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    if receipts::issue(tx, order.id, now).await? {
        outbox::tell_buyer(tx, MailKind::OrderPaid, order.id, order.id.uuid()).await?;
    }
    Ok(())
}
