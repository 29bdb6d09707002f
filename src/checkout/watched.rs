//! A prompt as its checks see it, and the one question to the provider whether it was paid.

use super::{
    locks::note_call,
    settle_payment::{MISMATCH, PAID_OTHERWISE},
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        id::{OrderId, PaymentId},
        phone::Phone,
    },
    payments::{
        account::find_credentials_of,
        providers::mpesa::{
            Credentials, QueryAnswer, QueryFailed, StkCallback, outcome::StkOutcome, read_stk_callback,
        },
        status::PaymentStatus,
    },
};
use chrono::{DateTime, Utc};

pub(super) struct Watched {
    pub id: PaymentId,
    pub order: Option<OrderId>,
    pub method: String,
    pub short_code: Option<String>,
    pub phone: Option<Phone>,
    pub status: PaymentStatus,
    pub amount_cents: i64,
    pub receipt: Option<String>,
    pub checkout_request_id: Option<String>,
    pub claimed_at: Option<DateTime<Utc>>,
    pub last_code: Option<String>,
    failure: Option<String>,
    /// Of the account that it was sent with.
    pub credentials: Option<Credentials>,
}

impl Watched {
    /// Nothing more is learnt of it by asking.
    pub fn is_over(&self) -> bool {
        self.status == PaymentStatus::Succeeded || self.gave_way()
    }
    /// Its money stands as a payment of its own.
    pub fn gave_way(&self) -> bool {
        self.status == PaymentStatus::Failed && self.failure.as_deref() == Some(PAID_OTHERWISE)
    }
    /// A callback named another sum, which no question can confirm.
    pub fn is_mismatched(&self) -> bool {
        self.status != PaymentStatus::Succeeded && self.failure.as_deref() == Some(MISMATCH)
    }
    /// Whether a callback is about this prompt and the sum that was asked for.
    pub fn is_paid_by(&self, said: &StkCallback) -> bool {
        said.amount_cents == Some(self.amount_cents)
            && self.checkout_request_id.as_deref().is_none_or(|known| known == said.checkout_request_id)
            && StkOutcome::from_code(&said.result_code) == StkOutcome::Paid
    }
}

pub(super) async fn watch(ctx: &Ctx, tx: &mut TenantTx, payment: PaymentId) -> Result<Watched, AppError> {
    let row = sqlx::query!(
        "select order_id, method, short_code, phone, status, amount_cents, mpesa_receipt, checkout_request_id, claimed_at,
                result_code, failure_reason
         from payments
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let key = ctx.key(tx).await?;
    Ok(Watched {
        id: payment,
        order: row.order_id.map(OrderId::from),
        credentials: find_credentials_of(tx, &key, row.short_code.as_deref()).await?,
        method: row.method,
        short_code: row.short_code,
        phone: row.phone.as_deref().and_then(Phone::parse),
        status: PaymentStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("payments.status", &row.status))?,
        amount_cents: row.amount_cents,
        receipt: row.mpesa_receipt,
        checkout_request_id: row.checkout_request_id,
        claimed_at: row.claimed_at,
        last_code: row.result_code,
        failure: row.failure_reason,
    })
}

/// Whether the provider stands by a success that a callback tells of.
pub(super) enum Word {
    Paid,
    /// It says something else, with this code.
    Denied(String),
    /// There is no account to ask with.
    NoAccount,
}

/// Asks the provider. While it does not say, [`AppError::TryAgain`]: the queue brings the callback again.
pub(super) async fn confirm(ctx: &Ctx, watched: &Watched, checkout_request_id: &str) -> Result<Word, AppError> {
    let Some(credentials) = &watched.credentials else { return Ok(Word::NoAccount) };
    match ask(ctx, watched.id, credentials, checkout_request_id).await? {
        Ok(QueryAnswer::Done { result_code, .. }) if StkOutcome::from_code(&result_code) == StkOutcome::Paid => {
            Ok(Word::Paid)
        }
        Ok(QueryAnswer::Done { result_code, .. }) => Ok(Word::Denied(result_code)),
        Ok(QueryAnswer::Open | QueryAnswer::NoAnswer) => Err(AppError::TryAgain { retry_after_seconds: 3 }),
        Err(fault) => {
            tracing::warn!(payment.id = %watched.id, error.message = %fault, "the provider could not confirm a callback yet");
            Err(AppError::TryAgain { retry_after_seconds: 5 })
        }
    }
}

/// Asks the provider where a prompt stands; the question and its answer stand in the payment's audit.
pub(super) async fn ask(
    ctx: &Ctx,
    payment: PaymentId,
    credentials: &Credentials,
    checkout_request_id: &str,
) -> Result<Result<QueryAnswer, QueryFailed>, AppError> {
    let answer = ctx.platform.daraja.query(credentials, checkout_request_id, ctx.now()).await;
    let word = match &answer {
        Ok(QueryAnswer::Done { result_code, .. }) => result_code.as_str(),
        Ok(QueryAnswer::Open) => "open",
        Ok(QueryAnswer::NoAnswer) => "no_answer",
        Err(failed) => failed.word(),
    };
    note_call(ctx, payment, "query", word).await?;
    Ok(answer)
}

/// The receipts that callbacks brought for this prompt and its sum, the first first.
pub(super) async fn receipts_told(ctx: &Ctx, watched: &Watched) -> Result<Vec<String>, AppError> {
    let mut tx = ctx.tx().await?;
    let bodies = sqlx::query_scalar!(
        r#"select raw_body as "raw_body!"
           from mpesa_callbacks_raw
           where tenant_id = $1
             and payment_id = $2
             and raw_body is not null
           order by received_at
           limit 20"#,
        tx.tenant(),
        watched.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(bodies
        .iter()
        .filter_map(|body| read_stk_callback(body.as_bytes()).ok())
        .filter(|said| watched.is_paid_by(said))
        .filter_map(|said| said.receipt)
        .collect())
}
