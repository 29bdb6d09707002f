//! A provider's callback: kept as it came before it is acknowledged, read later by a job.

use super::locks::audit_payment;
use crate::{
    ctx::Platform,
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        id::{CallbackId, PaymentId},
        token::Token,
    },
};
use serde_json::{Value, json};
use std::sync::Arc;

/// What may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// On disk: say 200.
    Stored,
    /// Nobody gave this address out: say 404 and keep nothing.
    UnknownToken,
}

/// Stores the body, whatever it is, and asks for it to be read. An error means that nothing was stored.
pub async fn receive_callback(
    platform: &Arc<Platform>,
    token: &Token,
    body: &[u8],
    source_ip: &str,
) -> Result<Received, AppError> {
    let Some(hook) = platform.db.find_hook(&token.hash(), "pay").await? else {
        return Ok(Received::UnknownToken);
    };
    let payment = PaymentId::from(hook.subject);
    let callback = CallbackId::mint();
    let text = String::from_utf8_lossy(body).replace('\0', "\u{fffd}");
    let payload: Option<Value> = serde_json::from_str(&text).ok();
    let mut tx = platform.db.tenant(hook.tenant).await?;
    sqlx::query!(
        "insert into mpesa_callbacks_raw (tenant_id, id, payment_id, payload, kind, raw_body, source_ip, received_at)
         values ($1, $2, $3, $4, 'stk', $5, $6, $7)",
        tx.tenant(),
        callback.uuid(),
        payment.uuid(),
        payload,
        text,
        source_ip,
        platform.clock.now()
    )
    .execute(tx.conn())
    .await?;
    audit_payment(&mut tx, payment, "callback_received", json!({ "callback": callback })).await?;
    tx.enqueue(&Job::SettleCallback(callback), None, None).await?;
    tx.commit().await?;
    Ok(Received::Stored)
}
