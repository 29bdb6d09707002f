//! What providers told us, read by a job after it was stored: each kind has its reader, and each is closed with a word.

use super::{
    card::read_card_event,
    check_payment::read_prompt_answer,
    close::read_pulled,
    land_c2b::land_notice,
    parcels::read_parcel_event,
    read_answer::{read_answer, read_timeout},
    receive_callback::Call,
    refunds::result::{read_refund_result, read_refund_timeout},
};
use crate::{
    ctx::{Ctx, Platform},
    customers::record_consent::note_stop,
    db::DbError,
    error::AppError,
    kernel::{
        access::Actor,
        id::{CallbackId, DeliveryPartnerId, MpesaAccountId, PaymentId, QuestionId, RefundId, TenantId},
    },
    mail::{providers::africastalking::read_report, sms_report},
};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// How long a report of a text message may be ahead of our own note that it was taken.
const REPORTS_OVERTAKE: TimeDelta = TimeDelta::minutes(1);

/// Reads one stored call and does what it asks for. One that was read is left alone, so it may be asked for again.
pub async fn settle_callback(platform: &Arc<Platform>, tenant: TenantId, callback: CallbackId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select kind, payment_id, subject_id, raw_body, processed_at, received_at
         from mpesa_callbacks_raw
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        callback.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    drop(tx);
    let Some(row) = row.filter(|row| row.processed_at.is_none()) else { return Ok(()) };
    let call = Call::of_kind(&row.kind).ok_or_else(|| DbError::corrupt("mpesa_callbacks_raw.kind", &row.kind))?;
    let Some((subject, body)) = row.subject_id.or(row.payment_id).zip(row.raw_body) else { return Ok(()) };
    match call {
        Call::Pay => read_prompt_answer(&ctx, callback, PaymentId::from(subject), &body).await,
        Call::C2bConfirmation => land_notice(&ctx, callback, MpesaAccountId::from(subject), &body).await,
        Call::Card => read_card_event(&ctx, callback, &body).await,
        Call::Delivery => read_parcel_event(&ctx, callback, DeliveryPartnerId::from(subject), &body).await,
        Call::Pull => read_pulled(&ctx, callback, &body).await,
        Call::RefundResult => read_refund_result(&ctx, callback, RefundId::from(subject), &body).await,
        Call::RefundTimeout => read_refund_timeout(&ctx, callback, RefundId::from(subject)).await,
        Call::AskResult => read_answer(&ctx, callback, QuestionId::from(subject), &body).await,
        Call::AskTimeout => read_timeout(&ctx, callback).await,
        Call::Sms => read_sms_report(&ctx, callback, &body, row.received_at).await,
        Call::C2bValidation => close_callback(&ctx, callback, None, "unread", false).await,
    }
}

/// Notes what became of a text message. A report may overtake our own note of the provider's number: it is read again.
async fn read_sms_report(
    ctx: &Ctx,
    callback: CallbackId,
    body: &str,
    received_at: DateTime<Utc>,
) -> Result<(), AppError> {
    let Some(report) = read_report(body) else { return close_callback(ctx, callback, None, "unread", false).await };
    let is_ours = sms_report::note(ctx, &report).await?;
    if !is_ours && ctx.now() - received_at < REPORTS_OVERTAKE {
        return Err(AppError::TryAgain { retry_after_seconds: 5 });
    }
    if let Some(phone) = report.said_stop.as_ref().filter(|_| is_ours) {
        note_stop(ctx, phone).await?;
    }
    close_callback(ctx, callback, None, if is_ours { "noted" } else { "unknown" }, false).await
}

/// Notes what became of a call; `is_confirmed` when the provider stood by it.
pub(super) async fn close_callback(
    ctx: &Ctx,
    callback: CallbackId,
    payment: Option<PaymentId>,
    outcome: &str,
    is_confirmed: bool,
) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update mpesa_callbacks_raw
         set processed_at = $3, outcome = $4, validated = $5, payment_id = coalesce($6, payment_id), updated_at = $3
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        callback.uuid(),
        ctx.now(),
        outcome,
        is_confirmed,
        payment.map(PaymentId::uuid)
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(())
}
