//! What the buyer is told about a refund, asked for in the transaction that makes them necessary.

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::id::{OrderId, RefundId},
    mail::{kind::MailKind, outbox},
};

/// Tells whoever can be reached; others read it on the order's page.
pub(super) async fn post(
    tx: &mut TenantTx,
    order: Option<OrderId>,
    refund: RefundId,
    kind: MailKind,
) -> Result<(), AppError> {
    let Some(order) = order else { return Ok(()) };
    outbox::tell_buyer(tx, kind, order, refund.uuid()).await?;
    Ok(())
}
