//! The provider's events: signed or nothing, kept as they came before they are acknowledged, read later by a job.

use super::{
    super::{
        close::gaps::{self, Gap, GapKind},
        locks::audit_payment,
        read_callback::close_callback,
        receive_callback::{Call, Received, receive_callback},
        refunds::to_card::ask_about_refunds,
        settle_payment::Source,
    },
    ask::{Heard, ask},
};
use crate::{
    ctx::{Ctx, Platform},
    error::AppError,
    kernel::{
        access::Actor,
        id::{CallbackId, CardAccountId, PaymentId},
        token::Token,
    },
    payments::{
        card_account::list_keys,
        providers::paystack::{CardEvent, is_signed, read_event},
    },
};
use chrono::TimeDelta;
use serde_json::json;
use std::sync::Arc;

/// What may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventReceived {
    /// On disk: say 200.
    Stored,
    /// Nobody gave this address out: say 404 and keep nothing.
    UnknownToken,
    /// Not signed with this merchant's key: say 401 and keep nothing.
    NotSigned,
}

/// Checks the signature over the bytes as they came and stores them. An error means that nothing was stored.
pub async fn receive_event(
    platform: &Arc<Platform>,
    token: &Token,
    body: &[u8],
    signature: &str,
    source_ip: &str,
) -> Result<EventReceived, AppError> {
    let Some(hook) = platform.db.find_hook(&token.hash(), Call::Card.purpose()).await? else {
        return Ok(EventReceived::UnknownToken);
    };
    let ctx = Ctx::new(platform.clone(), hook.tenant, Actor::Program);
    let mut tx = ctx.tx().await?;
    let key = ctx.key(&mut tx).await?;
    // After a change of keys events come signed with either; the address stays.
    let signer = list_keys(&mut tx, &key)
        .await?
        .into_iter()
        .find(|account| is_signed(&account.credentials.secret_key, body, signature));
    let Some(signer) = signer else { return Ok(EventReceived::NotSigned) };
    note_heard(&ctx, &mut tx, signer.id).await?;
    tx.commit().await?;
    Ok(match receive_callback(platform, Call::Card, token, body, source_ip).await? {
        Received::Stored => EventReceived::Stored,
        Received::UnknownToken => EventReceived::UnknownToken,
    })
}

/// The light on the merchant's page. To the hour, so that a rush of events does not queue for one row.
async fn note_heard(ctx: &Ctx, tx: &mut crate::db::TenantTx, account: CardAccountId) -> Result<(), AppError> {
    sqlx::query!(
        "update card_accounts
         set heard_at = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and (heard_at is null or heard_at < $4)",
        tx.tenant(),
        account.uuid(),
        ctx.now(),
        ctx.now() - TimeDelta::hours(1)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Reads one stored event. Repeats, late ones and ones about nothing are all welcome.
pub(in crate::checkout) async fn read_card_event(ctx: &Ctx, event: CallbackId, body: &str) -> Result<(), AppError> {
    let (reference, is_refund) = match read_event(body.as_bytes()) {
        Ok(CardEvent::Charge { reference }) => (reference, false),
        Ok(CardEvent::Refund(refund)) => (refund.reference, true),
        Ok(CardEvent::Dispute { reference }) => return note_dispute(ctx, event, &reference).await,
        Ok(CardEvent::Other(word)) => {
            tracing::info!(event.word = %word, "an event of the card provider was kept");
            return close(ctx, event, None, "not_for_us").await;
        }
        Err(fault) => {
            tracing::warn!(error.message = %fault, "an event of the card provider that cannot be read was put aside");
            return close(ctx, event, None, "malformed").await;
        }
    };
    // Only this merchant's own: a reference of somebody else's is nothing here.
    let Some(payment) = find_payment(ctx, &reference).await? else {
        return close(ctx, event, None, "unknown_reference").await;
    };
    if is_refund {
        ask_about_refunds(ctx, payment).await?;
        return close(ctx, event, Some(payment), "settled").await;
    }
    match ask(ctx, payment, Source::Callback).await? {
        Heard::Over | Heard::Failed => close(ctx, event, Some(payment), "settled").await,
        // The event says paid and the provider does not: nothing is fulfilled, and the clock asks again.
        Heard::Open => close(ctx, event, Some(payment), "not_confirmed").await,
        // Not confirmed yet; the queue brings this event again.
        Heard::NotReached => Err(AppError::TryAgain { retry_after_seconds: 5 }),
    }
}

/// The buyer's bank asks for money that we count as paid: a person has to answer it, in the provider's own pages, so it
/// stands among the gaps until they have.
async fn note_dispute(ctx: &Ctx, event: CallbackId, reference: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let paid = sqlx::query!(
        r#"select id, coalesce(paid_amount_cents, amount_cents) as "cents!"
           from payments
           where tenant_id = $1
             and provider_reference = $2
             and method = 'card'
             and status = 'succeeded'"#,
        tx.tenant(),
        reference
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(paid) = paid else {
        drop(tx);
        return close(ctx, event, None, "unknown_reference").await;
    };
    let payment = PaymentId::from(paid.id);
    let gap = Gap {
        kind: GapKind::Disputed,
        receipt: reference,
        payment: Some(payment),
        ours_cents: Some(paid.cents),
        listed_cents: None,
        at: ctx.now(),
    };
    gaps::note(&mut tx, &gap).await?;
    tx.commit().await?;
    tracing::warn!(payment.id = %payment, "a card's bank asks for money back; a person has to answer");
    close(ctx, event, Some(payment), "disputed").await
}

async fn find_payment(ctx: &Ctx, reference: &str) -> Result<Option<PaymentId>, AppError> {
    let mut tx = ctx.tx().await?;
    let found = sqlx::query_scalar!(
        "select id
         from payments
         where tenant_id = $1
           and provider_reference = $2
           and method = 'card'",
        tx.tenant(),
        reference
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(PaymentId::from))
}

async fn close(ctx: &Ctx, event: CallbackId, payment: Option<PaymentId>, outcome: &str) -> Result<(), AppError> {
    if let Some(payment) = payment {
        let mut tx = ctx.tx().await?;
        audit_payment(&mut tx, payment, "callback_received", json!({ "callback": event, "outcome": outcome })).await?;
        tx.commit().await?;
    }
    close_callback(ctx, event, payment, outcome, outcome == "settled").await
}
