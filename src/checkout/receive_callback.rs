//! A provider's callback: kept as it came before it is acknowledged, read later by a job.

use super::locks::audit_payment;
use crate::{
    ctx::Platform,
    db::TenantTx,
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        id::{CallbackId, PaymentId},
        token::Token,
    },
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// What may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// On disk: say 200.
    Stored,
    /// Nobody gave this address out: say 404 and keep nothing.
    UnknownToken,
}

/// Who calls about what; decides under which purpose the address was given out and how the body is read later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// The answer to a prompt.
    Pay,
    /// M-Pesa asks whether it may take money that comes by itself. Answered at once, kept as evidence.
    C2bValidation,
    /// Money came by itself.
    C2bConfirmation,
    RefundResult,
    RefundTimeout,
    AskResult,
    AskTimeout,
    /// A part of the provider's own list.
    Pull,
    Card,
}

impl Call {
    pub const ALL: [Self; 9] = [
        Self::Pay,
        Self::C2bValidation,
        Self::C2bConfirmation,
        Self::RefundResult,
        Self::RefundTimeout,
        Self::AskResult,
        Self::AskTimeout,
        Self::Pull,
        Self::Card,
    ];

    /// The word of `hook_tokens.purpose`.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::C2bValidation | Self::C2bConfirmation => "c2b",
            Self::RefundResult | Self::RefundTimeout => "refund",
            Self::AskResult | Self::AskTimeout => "ask",
            Self::Pull => "pull",
            Self::Card => "card",
        }
    }
    /// The word of `mpesa_callbacks_raw.kind`.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Pay => "stk",
            Self::C2bValidation => "c2b_validation",
            Self::C2bConfirmation => "c2b_confirmation",
            Self::RefundResult => "refund_result",
            Self::RefundTimeout => "refund_timeout",
            Self::AskResult => "ask_result",
            Self::AskTimeout => "ask_timeout",
            Self::Pull => "pull",
            Self::Card => "card",
        }
    }
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.kind() == kind)
    }
    /// Whether there is something to do about it once it is stored.
    const fn is_read_later(self) -> bool {
        !matches!(self, Self::C2bValidation)
    }
}

/// Stores the body, whatever it is, and asks for it to be read. An error means that nothing was stored.
pub async fn receive_callback(
    platform: &Arc<Platform>,
    call: Call,
    token: &Token,
    body: &[u8],
    source_ip: &str,
) -> Result<Received, AppError> {
    let Some(hook) = platform.db.find_hook(&token.hash(), call.purpose()).await? else {
        return Ok(Received::UnknownToken);
    };
    let callback = CallbackId::mint();
    let text = String::from_utf8_lossy(body).replace('\0', "\u{fffd}");
    let mut tx = platform.db.tenant(hook.tenant).await?;
    sqlx::query!(
        "insert into mpesa_callbacks_raw (tenant_id, id, payment_id, subject_id, payload, kind, raw_body, source_ip, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tx.tenant(),
        callback.uuid(),
        (call == Call::Pay).then_some(hook.subject),
        hook.subject,
        payload(body),
        call.kind(),
        text,
        source_ip,
        platform.clock.now()
    )
    .execute(tx.conn())
    .await?;
    if call == Call::Pay {
        let facts = json!({ "callback": callback });
        audit_payment(&mut tx, PaymentId::from(hook.subject), "callback_received", facts).await?;
    }
    if call == Call::C2bConfirmation {
        note_heard(&mut tx, hook.subject, platform.clock.now()).await?;
    }
    if call.is_read_later() {
        tx.enqueue(&Job::SettleCallback(callback), None, None).await?;
    }
    tx.commit().await?;
    Ok(Received::Stored)
}

/// The account's addresses are heard of. Once a minute is enough to know, and keeps a rush off the one row.
async fn note_heard(tx: &mut TenantTx, account: Uuid, now: DateTime<Utc>) -> Result<(), AppError> {
    sqlx::query!(
        "update mpesa_accounts
         set c2b_heard_at = $3, updated_at = $3
         where tenant_id = $1
           and id = $2
           and (c2b_heard_at is null or c2b_heard_at < $3::timestamptz - interval '1 minute')",
        tx.tenant(),
        account,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The body as JSON; bytes that are none, or that the database cannot hold as such, are kept exactly, in base64.
fn payload(body: &[u8]) -> Value {
    // PostgreSQL's JSON has no character zero, escaped or not.
    let is_storable = !body.windows(6).any(|six| six.eq_ignore_ascii_case(b"\\u0000"));
    serde_json::from_slice(body)
        .ok()
        .filter(|_| is_storable)
        .unwrap_or_else(|| json!({ "not_json": { "base64": BASE64_STANDARD.encode(body) } }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_is_no_json_is_kept_to_the_byte() {
        assert_eq!(payload(b"{\"Body\":1}"), json!({ "Body": 1 }));
        for body in [
            &b"not json"[..],
            b"",
            b"\xff\xfe\x00",
            b"{\"a\":\"\xe9\"}",
            b"{\"a\":\"\\u0000\"}",
            b"{\"a\":\"\\ud800\"}",
        ] {
            let kept = payload(body);
            let bytes = BASE64_STANDARD.decode(kept["not_json"]["base64"].as_str().unwrap_or_default());
            assert_eq!(bytes.as_deref(), Ok(body), "{kept}");
        }
    }
}
