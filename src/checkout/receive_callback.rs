//! A provider's callback: kept as it came before it is acknowledged, read later by a job.

use super::locks::audit_payment;
use crate::{
    ctx::{Ctx, Platform},
    db::TenantTx,
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        id::{CallbackId, PaymentId, TenantId},
        outside_json,
        token::Token,
    },
    mail::providers::africastalking::fields as form_fields,
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
    /// What became of a text message.
    Sms,
    /// A delivery partner tells of a parcel.
    Delivery,
}

impl Call {
    pub const ALL: [Self; 11] = [
        Self::Pay,
        Self::C2bValidation,
        Self::C2bConfirmation,
        Self::RefundResult,
        Self::RefundTimeout,
        Self::AskResult,
        Self::AskTimeout,
        Self::Pull,
        Self::Card,
        Self::Sms,
        Self::Delivery,
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
            Self::Sms => "sms",
            Self::Delivery => "delivery",
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
            Self::Sms => "sms",
            Self::Delivery => "delivery",
        }
    }
    /// The call that a word of `mpesa_callbacks_raw.kind` stands for.
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.kind() == kind)
    }
    /// Whether there is something to do about it once it is stored.
    const fn is_read_later(self) -> bool {
        !matches!(self, Self::C2bValidation)
    }
}

/// A call as it came, before anybody has looked whom it is for. Prints nothing of what it says.
#[derive(Clone, PartialEq, Eq)]
pub struct Heard {
    /// Given when it came: however often and from wherever it is stored, it is stored once.
    pub id: CallbackId,
    pub call: Call,
    pub token_hash: Vec<u8>,
    pub body: Vec<u8>,
    /// The caller's address.
    pub source: String,
    pub at: DateTime<Utc>,
}

impl std::fmt::Debug for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Heard").field("id", &self.id).field("call", &self.call).finish_non_exhaustive()
    }
}

impl Heard {
    /// A call that comes just now.
    pub fn now(platform: &Platform, call: Call, token: &Token, body: &[u8], source: &str) -> Self {
        Self {
            id: CallbackId::mint(),
            call,
            token_hash: token.hash(),
            body: body.to_vec(),
            source: source.to_owned(),
            at: platform.clock.now(),
        }
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
    Ok(match keep(platform, &Heard::now(platform, call, token, body, source_ip)).await? {
        Some(_) => Received::Stored,
        None => Received::UnknownToken,
    })
}

/// A call that is in the database.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    pub callback: CallbackId,
    pub tenant: TenantId,
    /// What its address was given out for.
    pub subject: Uuid,
}

/// Stores what was heard, once however often it is called; none for an address that nobody gave out. An error means that
/// nobody knows whether it is stored.
pub async fn keep(platform: &Arc<Platform>, heard: &Heard) -> Result<Option<Kept>, AppError> {
    let Heard { id: callback, call, ref body, .. } = *heard;
    let Some(hook) = platform.db.find_hook(&heard.token_hash, call.purpose()).await? else { return Ok(None) };
    let kept = Some(Kept { callback, tenant: hook.tenant, subject: hook.subject });
    let text = String::from_utf8_lossy(body).replace('\0', "\u{fffd}");
    let mut tx = platform.db.tenant(hook.tenant).await?;
    let stored = sqlx::query!(
        "insert into mpesa_callbacks_raw (tenant_id, id, payment_id, subject_id, payload, kind, raw_body, source_ip, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (tenant_id, id) do nothing",
        tx.tenant(),
        callback.uuid(),
        (call == Call::Pay).then_some(hook.subject),
        hook.subject,
        if call == Call::Sms { form_as_json(&text) } else { as_json(body) },
        call.kind(),
        text,
        heard.source,
        heard.at
    )
    .execute(tx.conn())
    .await?;
    if stored.rows_affected() == 0 {
        return Ok(kept);
    }
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
    Ok(kept)
}

/// Stored calls that nobody has read to the end, oldest first, after this one: to be read again.
pub async fn list_open(ctx: &Ctx, after: Option<CallbackId>) -> Result<Vec<CallbackId>, AppError> {
    let mut tx = ctx.tx().await?;
    let open = sqlx::query_scalar!(
        "select id
         from mpesa_callbacks_raw
         where tenant_id = $1
           and processed_at is null
           and kind <> 'c2b_validation'
           and ($2::uuid is null or id > $2)
         order by id
         limit 500",
        tx.tenant(),
        after.map(CallbackId::uuid)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(open.into_iter().map(CallbackId::from).collect())
}

/// The addresses of the account's number are heard of, also when its keys have changed since they were given out. Once a
/// minute is enough to know, and keeps a rush off the one row.
async fn note_heard(tx: &mut TenantTx, account: Uuid, now: DateTime<Utc>) -> Result<(), AppError> {
    sqlx::query!(
        "update mpesa_accounts
         set c2b_heard_at = $3, updated_at = $3
         where tenant_id = $1
           and coalesce(till_number, short_code) = (select coalesce(k.till_number, k.short_code)
                                                    from mpesa_accounts k
                                                    where k.tenant_id = $1
                                                      and k.id = $2)
           and (c2b_heard_at is null or c2b_heard_at < $3::timestamptz - interval '1 minute')",
        tx.tenant(),
        account,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The body as JSON; bytes that are none, that nobody here would read or that the database cannot hold as such, are kept
/// exactly, in base64.
pub(super) fn as_json(body: &[u8]) -> Value {
    // PostgreSQL's JSON has no character zero, escaped or not.
    let is_storable = !body.windows(6).any(|six| six.eq_ignore_ascii_case(b"\\u0000"));
    outside_json::read(body)
        .filter(|_| is_storable)
        .unwrap_or_else(|| json!({ "not_json": { "base64": BASE64_STANDARD.encode(body) } }))
}

/// A form as JSON, so that a phone in it can be found and blotted out.
fn form_as_json(text: &str) -> Value {
    let fields = form_fields(text).into_iter().map(|(name, value)| (name, value.replace('\0', "\u{fffd}").into()));
    Value::Object(fields.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_is_no_json_is_kept_to_the_byte() {
        assert_eq!(as_json(b"{\"Body\":1}"), json!({ "Body": 1 }));
        for body in [
            &b"not json"[..],
            b"",
            b"\xff\xfe\x00",
            b"{\"a\":\"\xe9\"}",
            b"{\"a\":\"\\u0000\"}",
            b"{\"a\":\"\\ud800\"}",
        ] {
            let kept = as_json(body);
            let bytes = BASE64_STANDARD.decode(kept["not_json"]["base64"].as_str().unwrap_or_default());
            assert_eq!(bytes.as_deref(), Ok(body), "{kept}");
        }
    }
}
