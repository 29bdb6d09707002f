//! What follows once, when an order is paid in full: its receipt, the mail to its buyer, and the end of what was expected.

use super::locks::LockedOrder;
use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{email::Email, locale::Locale},
    mail::{kind::MailKind, outbox},
    orders::receipts,
};
use chrono::{DateTime, Utc};

/// The last step before the commit that pays an order: the receipt's number makes the tenant's other orders wait.
pub(super) async fn note_paid(tx: &mut TenantTx, order: &LockedOrder, now: DateTime<Utc>) -> Result<(), AppError> {
    let buyer = sqlx::query!(
        r#"with expected as (
               update payments
               set status = 'failed', failure_reason = 'paid_otherwise', completed_at = $3, updated_at = $3
               where tenant_id = $1
                 and order_id = $2
                 and status = 'initiated'
                 and method in ('cod', 'manual')
           )
           select customer_email, locale
           from orders
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        order.id.uuid(),
        now
    )
    .fetch_one(tx.conn())
    .await?;
    let has_address = buyer.customer_email.as_deref().is_some_and(|email| Email::parse(email).is_some());
    if receipts::issue(tx, order.id, now).await? && has_address {
        let locale = Locale::parse(&buyer.locale).unwrap_or_default();
        outbox::post_to_buyer(tx, MailKind::OrderPaid, locale, order.id.uuid()).await?;
    }
    Ok(())
}
