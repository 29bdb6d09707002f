//! Money that goes back to a card: asked of the card provider under a key of ours, and followed by what it says then.
//!
//! As with payments its events are only reasons to ask it, and success beats failure in any order.

use super::{
    finish,
    locks::{LockedRefund, lock_refund},
    result::{note_sent_after_all, settle_sent},
    send::{Claimed, fail, un_claim},
};
use crate::{
    checkout::locks::note_call,
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::id::{CardAccountId, PaymentId, RefundId},
    payments::{
        card_account::find_account,
        providers::paystack::{CardCredentials, CardRefund, RefundRefused, RefundStatus as Word},
        refund::{RefundFailure, RefundStatus, RefundWay},
    },
};

/// What became of a refund by the provider's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundMoved {
    Processed,
    Failed,
    /// It is on its way, had ended before, or is none of ours.
    Unchanged,
}

/// What a refund of a payment by card is asked for with.
struct Charged {
    /// Of the account that the payment was made through, in use or not.
    credentials: CardCredentials,
    /// The provider's name for the payment.
    reference: String,
}

/// The key of a try: the provider has none of its own for repeats, and a try that failed is not the next one.
fn key_of(refund: RefundId, attempt: i32) -> String {
    format!("{refund}:{attempt}")
}

/// Gives a claimed refund to the provider. Whoever is not sure that it was taken leaves it claimed: it is asked about.
pub(super) async fn send(ctx: &Ctx, refund: RefundId, claimed: &Claimed) -> Result<(), AppError> {
    let Some(charged) = find_charge(ctx, claimed.payment).await? else {
        return fail(ctx, refund, RefundFailure::UnknownPayment).await;
    };
    let key = key_of(refund, claimed.attempts);
    let answer = ctx.platform.paystack.refund(&charged.credentials, &charged.reference, claimed.amount, &key).await;
    note_call(ctx, claimed.payment, "refund", answer.as_ref().map_or_else(RefundRefused::word, |_| "taken")).await?;
    match answer {
        Ok(said) => card_refund_said(ctx, claimed.payment, &said).await.map(|_| ()),
        Err(refused @ RefundRefused::NotSent(_)) => un_claim(ctx, refund, claimed.attempts, &refused.to_string()).await,
        Err(RefundRefused::Unknown) => Ok(()),
        Err(refused) => {
            tracing::warn!(refund.id = %refund, error.message = %refused, "the card provider refused to give money back");
            let failure = if matches!(refused, RefundRefused::BadSettings(_)) {
                RefundFailure::Settings
            } else {
                RefundFailure::Declined
            };
            fail(ctx, refund, failure).await
        }
    }
}

/// None for a payment that is no card's, or that never reached the provider.
async fn find_charge(ctx: &Ctx, payment: PaymentId) -> Result<Option<Charged>, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select provider_reference, card_account_id
         from payments
         where tenant_id = $1
           and id = $2
           and method = 'card'",
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some((reference, account)) = row.and_then(|row| row.provider_reference.zip(row.card_account_id)) else {
        return Ok(None);
    };
    let key = ctx.key(&mut tx).await?;
    let account = find_account(&mut tx, &key, CardAccountId::from(account)).await?;
    Ok(account.map(|account| Charged { credentials: account.credentials, reference }))
}

/// Asks the provider about every refund of a payment and follows its answers.
pub async fn ask_about_refunds(ctx: &Ctx, payment: PaymentId) -> Result<(), AppError> {
    let Some(charged) = find_charge(ctx, payment).await? else { return Ok(()) };
    let said = ctx.platform.paystack.refunds_of(&charged.credentials, &charged.reference).await.map_err(|failed| {
        tracing::warn!(payment.id = %payment, error.message = %failed, "the card provider could not be asked about refunds");
        AppError::TryAgain { retry_after_seconds: 5 }
    })?;
    for refund in &said {
        card_refund_said(ctx, payment, refund).await?;
    }
    Ok(())
}

/// Moves the refund of ours that the provider means, once: by its number, or by the key it was asked for under.
pub async fn card_refund_said(ctx: &Ctx, payment: PaymentId, said: &CardRefund) -> Result<RefundMoved, AppError> {
    let mut tx = ctx.tx().await?;
    let Some(refund) = find(&mut tx, payment, said).await? else { return Ok(RefundMoved::Unchanged) };
    let locked = lock_refund(&mut tx, refund).await?;
    remember(ctx, &mut tx, &locked, said).await?;
    let failure = match said.status {
        Word::Processed if said.amount_cents.is_none_or(|cents| cents == locked.amount.minor()) => {
            // Another try of ours went through before: the buyer has it twice.
            if locked.status == RefundStatus::Processed
                && locked.way == RefundWay::Card
                && locked.provider_reference.as_ref() != Some(&said.id)
            {
                note_sent_after_all(ctx, tx, &locked).await?;
                return Ok(RefundMoved::Unchanged);
            }
            return Ok(match settle_sent(ctx, tx, locked, RefundWay::Card, None).await? {
                "settled" => RefundMoved::Processed,
                _ => RefundMoved::Unchanged,
            });
        }
        Word::Processed => RefundFailure::CardOtherSum,
        Word::Failed => RefundFailure::CardFailed,
        Word::NeedsAttention => RefundFailure::CardNeedsAttention,
        Word::Pending => {
            tx.commit().await?;
            return Ok(RefundMoved::Unchanged);
        }
    };
    // What is not on its way now was another try's.
    if !locked.is_on_its_way() {
        return Ok(RefundMoved::Unchanged);
    }
    finish::failed(ctx, &mut tx, &locked, failure).await?;
    tx.commit().await?;
    tracing::warn!(refund.id = %refund, failure = failure.as_str(), "a card refund failed");
    Ok(RefundMoved::Failed)
}

/// By the provider's number, or by the key of the present try; money that has left also by the key of one before.
async fn find(tx: &mut TenantTx, payment: PaymentId, said: &CardRefund) -> Result<Option<RefundId>, AppError> {
    let found = sqlx::query_scalar!(
        "select id
         from refunds
         where tenant_id = $1
           and payment_id = $2
           and (provider_reference = $3
                or provider_reference is null and $4 = id::text || ':' || attempts
                or $5 and split_part($4, ':', 1) = id::text)
         order by provider_reference = $3 desc nulls last
         limit 1",
        tx.tenant(),
        payment.uuid(),
        said.id,
        said.our_key,
        said.status == Word::Processed
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(RefundId::from))
}

/// Keeps the provider's number, by which its next word is known.
async fn remember(ctx: &Ctx, tx: &mut TenantTx, refund: &LockedRefund, said: &CardRefund) -> Result<(), AppError> {
    sqlx::query!(
        "update refunds
         set provider_reference = $3, updated_at = $4
         where tenant_id = $1
           and id = $2
           and provider_reference is null",
        tx.tenant(),
        refund.id.uuid(),
        said.id,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
