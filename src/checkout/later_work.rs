//! What is to be done after an order was placed, asked for in the transaction that places it.

use crate::{
    db::{DbError, TenantTx},
    jobs::kinds::Job,
    kernel::id::{OrderId, PaymentId},
    mail::{kind::MailKind, outbox},
};
use chrono::{DateTime, TimeDelta, Utc};

/// A process that dies between commit and prompt leaves the prompt to the worker.
const PROMPT_BY_WORKER_AFTER: TimeDelta = TimeDelta::seconds(5);

/// For an order that is paid next: its end, and the prompt where there is one. One statement.
pub(super) async fn ask(
    tx: &mut TenantTx,
    order: OrderId,
    prompt: Option<PaymentId>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let end = (Job::ExpireOrder(order), expires_at, format!("expire:{order}"));
    let Some(payment) = prompt else { return tx.enqueue(&end.0, Some(end.1), Some(&end.2)).await };
    let prompt = (Job::RequestPrompt(payment), now + PROMPT_BY_WORKER_AFTER, format!("prompt:{payment}"));
    tx.enqueue_both(&end, &prompt).await
}

/// For one that waits, which is there by now: its end, and its buyer is told that the shop has it. One statement.
pub(super) async fn ask_and_tell(tx: &mut TenantTx, order: OrderId, expires_at: DateTime<Utc>) -> Result<(), DbError> {
    let end = (Job::ExpireOrder(order), expires_at, format!("expire:{order}"));
    outbox::tell_buyer_and(tx, MailKind::OrderPlaced, order, order.uuid(), Some(&end)).await
}
