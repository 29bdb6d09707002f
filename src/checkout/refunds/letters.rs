//! Mails to the buyer about a refund, asked for in the transaction that makes them necessary.

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{
        email::Email,
        id::{OrderId, RefundId},
        locale::Locale,
    },
    mail::{kind::MailKind, outbox},
};

/// Writes to whoever left an address with the order; others read it on the order's page.
pub(super) async fn post(
    tx: &mut TenantTx,
    order: Option<OrderId>,
    refund: RefundId,
    kind: MailKind,
) -> Result<(), AppError> {
    let Some(order) = order else { return Ok(()) };
    let row = sqlx::query!(
        "select customer_email, locale
         from orders
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(()) };
    if row.customer_email.as_deref().and_then(Email::parse).is_some() {
        let locale = Locale::parse(&row.locale).unwrap_or_default();
        outbox::post_to_buyer(tx, kind, locale, refund.uuid()).await?;
    }
    Ok(())
}
