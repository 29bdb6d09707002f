//! The job that gives a refund to a provider: claimed before it is sent, and never sent twice.

use super::{finish, locks::lock_refund, to_card, write::open_hook};
use crate::{
    checkout::locks::{audit_payment, note_call},
    ctx::{Ctx, Platform},
    db::{DbError, TenantTx},
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        currency::Currency,
        id::{PaymentId, RefundId, TenantId},
        money::Money,
    },
    payments::{
        account::{Receiver, find_receiver},
        providers::mpesa::{AskHooks, AskRefused},
        refund::{RefundFailure, RefundWay},
    },
    vault::Purpose,
};
use chrono::TimeDelta;
use serde_json::json;
use std::sync::Arc;

/// The provider's answer has come by then, or is asked for.
pub(super) const FIRST_CHECK: TimeDelta = TimeDelta::minutes(2);
/// When it could not be sent, it is tried again after this and ever longer.
const PAUSE: TimeDelta = TimeDelta::seconds(30);
/// So often it is tried to reach the provider before a person is told.
const MOST_TRIES: i32 = 12;

/// A refund that is this call's to send.
pub(super) struct Claimed {
    pub payment: PaymentId,
    pub amount: Money,
    /// Which try this is.
    pub attempts: i32,
    receipt: Option<String>,
    /// What the merchant reads in their statement.
    remarks: String,
    /// None for what goes back to a card.
    reversal: Option<Reversal>,
}

struct Reversal {
    /// None when the account that took the money is not the merchant's any more.
    receiver: Option<Receiver>,
    /// Where M-Pesa tells what became of it.
    hook: String,
}

/// Sends a refund that waits for it. Safe to call twice: only one call claims it, and what is claimed stays so until the
/// provider has said what became of it, or nothing has left this machine.
pub async fn send_refund(platform: &Arc<Platform>, tenant: TenantId, refund: RefundId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let Some(claimed) = claim(&ctx, refund).await? else { return Ok(()) };
    match &claimed.reversal {
        Some(line) => reverse(&ctx, refund, &claimed, line).await,
        None => to_card::send(&ctx, refund, &claimed).await,
    }
}

async fn reverse(ctx: &Ctx, refund: RefundId, claimed: &Claimed, line: &Reversal) -> Result<(), AppError> {
    let hook = &line.hook;
    let is_in_use = line.receiver.as_ref().is_some_and(|receiver| receiver.is_in_use);
    let account = line.receiver.as_ref().map(|receiver| &receiver.credentials);
    let Some((credentials, initiator)) = account
        .filter(|account| !account.consumer_key.is_empty() && !account.consumer_secret.is_empty())
        .and_then(|account| Some((account, account.initiator.as_ref()?)))
    else {
        return fail_by_keys(ctx, refund, is_in_use, RefundFailure::Settings).await;
    };
    let Some(receipt) = claimed.receipt.as_deref() else {
        return fail(ctx, refund, RefundFailure::UnknownPayment).await;
    };
    let (result_url, timeout_url) = (format!("{hook}/result"), format!("{hook}/timeout"));
    let hooks = AskHooks { result_url: &result_url, timeout_url: &timeout_url };
    let daraja = &ctx.platform.daraja;
    let sent = daraja.reverse(credentials, initiator, receipt, claimed.amount, hooks, &claimed.remarks).await;
    if let Err(refused) = &sent {
        note_call(ctx, claimed.payment, "reversal", refused.word()).await?;
    }
    match sent {
        Ok(taken) => accepted(ctx, refund, claimed.payment, &taken.originator_conversation_id).await,
        Err(refused @ (AskRefused::NotSent(_) | AskRefused::Busy)) => {
            un_claim(ctx, refund, claimed.attempts, &refused.to_string()).await
        }
        // It may be under way: it is asked about, and never sent again for that.
        Err(AskRefused::Unknown) => Ok(()),
        Err(refused) => {
            tracing::warn!(refund.id = %refund, error.message = %refused, "the provider refused to send money back");
            if matches!(refused, AskRefused::BadSettings(_)) {
                fail_by_keys(ctx, refund, is_in_use, RefundFailure::Settings).await
            } else {
                fail(ctx, refund, RefundFailure::Declined).await
            }
        }
    }
}

/// The account cannot send money. What is wrong with the one in use is `failure`, and mended in the settings; of a former
/// one nothing can be mended, so a person sends it and reads why.
pub(super) async fn fail_by_keys(
    ctx: &Ctx,
    refund: RefundId,
    is_in_use: bool,
    failure: RefundFailure,
) -> Result<(), AppError> {
    if is_in_use {
        return fail(ctx, refund, failure).await;
    }
    let mut tx = ctx.tx().await?;
    let locked = lock_refund(&mut tx, refund).await?;
    if locked.is_on_its_way() {
        finish::left_to_a_person(ctx, &mut tx, &locked, RefundFailure::AccountGone).await?;
        tx.commit().await?;
        tracing::warn!(refund.id = %refund, "the account that took the money cannot send it back; a person has to");
    }
    Ok(())
}

async fn claim(ctx: &Ctx, refund: RefundId) -> Result<Option<Claimed>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"with claimed as (
               update refunds
               set claimed_at = $3, next_check_at = $4, attempts = attempts + 1, provider_reference = null, updated_at = $3
               where tenant_id = $1
                 and id = $2
                 and status = 'pending'
                 and way in ('reversal', 'card')
                 and claimed_at is null
               returning payment_id, order_id, way, amount_cents, currency, attempts
           )
           select p.id as payment_id, p.mpesa_receipt, p.short_code, c.way as "way!", c.amount_cents as "amount_cents!", c.currency as "currency!",
                  c.attempts as "attempts!", o.order_number as "order_number?"
           from claimed c
           join payments p on p.tenant_id = $1 and p.id = c.payment_id
           left join orders o on o.tenant_id = $1 and o.id = c.order_id"#,
        tx.tenant(),
        refund.uuid(),
        now,
        now + FIRST_CHECK
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let currency = Currency::parse(&row.currency).ok_or_else(|| AppError::broken("a refund in no known currency"))?;
    let reversal = match RefundWay::parse(&row.way) {
        Some(RefundWay::Reversal) => Some(open_line(ctx, &mut tx, refund, row.short_code.as_deref()).await?),
        Some(RefundWay::Card) => None,
        _ => return Err(DbError::corrupt("refunds.way", &row.way).into()),
    };
    tx.enqueue(&Job::CheckRefund(refund), Some(now + FIRST_CHECK), Some(&format!("check-refund:{refund}"))).await?;
    tx.commit().await?;
    Ok(Some(Claimed {
        payment: row.payment_id.into(),
        receipt: row.mpesa_receipt,
        amount: Money::new(row.amount_cents, currency),
        remarks: row.order_number.map_or_else(|| "Refund".to_owned(), |number| format!("Refund {number}")),
        attempts: row.attempts,
        reversal,
    }))
}

/// `number` is what the money came to.
async fn open_line(ctx: &Ctx, tx: &mut TenantTx, refund: RefundId, number: Option<&str>) -> Result<Reversal, AppError> {
    let key = ctx.key(tx).await?;
    let receiver = find_receiver(tx, &key, number).await?;
    let hook = key.token(Purpose::RefundHook, refund.uuid());
    open_hook(ctx, tx, refund).await?;
    Ok(Reversal { receiver, hook: format!("{}/hooks/refund/{}", ctx.platform.base_url, hook.hex()) })
}

/// The provider has it. Its name for it stands in the payment's audit too, so that a late word about an earlier try is
/// known again.
async fn accepted(ctx: &Ctx, refund: RefundId, payment: PaymentId, conversation: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update refunds
         set provider_reference = $3, updated_at = $4
         where tenant_id = $1
           and id = $2
           and provider_reference is null",
        tx.tenant(),
        refund.uuid(),
        conversation,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    audit_payment(&mut tx, payment, "asked", json!({ "refund": refund, "conversation": conversation })).await?;
    Ok(tx.commit().await?)
}

/// Nothing has left this machine, so the claim is given back and the job tries again, until it has tried often.
pub(super) async fn un_claim(ctx: &Ctx, refund: RefundId, attempts: i32, why: &str) -> Result<(), AppError> {
    if attempts >= MOST_TRIES {
        return fail(ctx, refund, RefundFailure::NoAnswer).await;
    }
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update refunds
         set claimed_at = null, next_check_at = null, updated_at = $3
         where tenant_id = $1
           and id = $2
           and status = 'pending'
           and provider_reference is null",
        tx.tenant(),
        refund.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    let again = ctx.now() + PAUSE * attempts.max(1);
    tx.enqueue(&Job::SendRefund(refund), Some(again), Some(&format!("refund:{refund}"))).await?;
    tx.commit().await?;
    tracing::info!(refund.id = %refund, reason = why, "a refund was not sent and will be tried again");
    Ok(())
}

/// Nothing was sent, and trying again now would change nothing.
pub(super) async fn fail(ctx: &Ctx, refund: RefundId, failure: RefundFailure) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let locked = lock_refund(&mut tx, refund).await?;
    if locked.is_on_its_way() {
        finish::failed(ctx, &mut tx, &locked, failure).await?;
        tx.commit().await?;
        tracing::warn!(refund.id = %refund, failure = failure.as_str(), "a refund failed");
    }
    Ok(())
}
