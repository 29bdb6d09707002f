//! What became of a prompt: reads stored callbacks, asks the provider, and settles.
//!
//! A callback is unsigned, so a success is believed only when the provider confirms it; silence is
//! settled by asking, soon at first and then ever less often.

use super::{
    land_money::{Arrived, Payer, ReceivedBy, find_receipt, land_beside},
    locks::audit_payment,
    read_callback::close_callback,
    settle_payment::{MISMATCH, Source, Verdict, end_mismatched, settle},
    watched::{Watched, Word, ask, confirm, receipts_told, watch},
};
use crate::{
    ctx::{Ctx, Platform},
    error::{AppError, Refusal},
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        id::{CallbackId, PaymentId, TenantId},
        money::Money,
    },
    payments::{
        matching::payer_key,
        providers::mpesa::{PayerNumber, QueryAnswer, StkCallback, outcome::StkOutcome, read_stk_callback},
        status::PaymentStatus,
    },
};
use chrono::TimeDelta;
use serde_json::json;
use std::sync::Arc;

/// After this long without an answer the shopper is free to try again.
const PATIENCE: TimeDelta = TimeDelta::seconds(150);
/// Late money is looked for this long.
const LOOK_FOR: TimeDelta = TimeDelta::hours(24);

/// When to ask next, by the time since the prompt was sent; none when it is time to stop.
fn next_check(age: TimeDelta) -> Option<TimeDelta> {
    let (second, minute) = (TimeDelta::seconds(1), TimeDelta::minutes(1));
    Some(match age {
        age if age < second * 90 => second * 7,
        age if age < PATIENCE => second * 20,
        age if age < minute * 5 => minute * 3,
        age if age < minute * 15 => minute * 10,
        age if age < minute * 60 => minute * 45,
        age if age < minute * 360 => minute * 300,
        age if age < LOOK_FOR => LOOK_FOR - age,
        _ => return None,
    })
}

/// Reads what M-Pesa said of a prompt. Repeats, late ones and forged ones are all welcome.
pub(super) async fn read_prompt_answer(
    ctx: &Ctx,
    callback: CallbackId,
    payment: PaymentId,
    body: &str,
) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let watched = watch(ctx, &mut tx, payment).await?;
    drop(tx);
    let said = match read_stk_callback(body.as_bytes()) {
        Ok(said) => said,
        Err(fault) => {
            tracing::warn!(payment.id = %payment, error.message = %fault, "a callback that cannot be read was put aside");
            return close(ctx, callback, payment, "malformed", false).await;
        }
    };
    if watched.checkout_request_id.as_deref().is_some_and(|known| known != said.checkout_request_id) {
        return close(ctx, callback, payment, "wrong_reference", false).await;
    }
    if watched.is_over() {
        return told_after_the_end(ctx, callback, &watched, &said).await;
    }
    match StkOutcome::from_code(&said.result_code) {
        StkOutcome::Paid => paid_says_callback(ctx, callback, &watched, said).await,
        outcome if outcome.is_final_failure() => {
            let verdict = Verdict {
                checkout_request_id: Some(said.checkout_request_id),
                ..Verdict::failed(outcome, Source::Callback)
            };
            settle(ctx, payment, verdict).await?;
            close(ctx, callback, payment, "settled", true).await
        }
        // A code that decides nothing: the provider is asked in its own time.
        _ => close(ctx, callback, payment, "undecided", false).await,
    }
}

async fn paid_says_callback(
    ctx: &Ctx,
    callback: CallbackId,
    watched: &Watched,
    said: StkCallback,
) -> Result<(), AppError> {
    if said.amount_cents != Some(watched.amount_cents) {
        put_aside(ctx, watched.id, said.amount_cents).await?;
        return close(ctx, callback, watched.id, MISMATCH, false).await;
    }
    match confirm(ctx, watched, &said.checkout_request_id).await? {
        Word::Paid => {
            let verdict = Verdict {
                outcome: StkOutcome::Paid,
                source: Source::Callback,
                receipt: said.receipt,
                checkout_request_id: Some(said.checkout_request_id),
            };
            settle(ctx, watched.id, verdict).await?;
            close(ctx, callback, watched.id, "settled", true).await
        }
        // The provider denies it: nothing is fulfilled, and it is asked again later.
        Word::Denied(result_code) => {
            tracing::warn!(payment.id = %watched.id, result.code = %result_code, "a callback says paid and the provider does not");
            ask_again(ctx, watched.id, TimeDelta::seconds(7)).await?;
            close(ctx, callback, watched.id, "not_confirmed", false).await
        }
        Word::NoAccount => close(ctx, callback, watched.id, "no_account", false).await,
    }
}

/// A callback about a prompt that is settled: it may bring the receipt, or one beside the receipt that is known.
async fn told_after_the_end(
    ctx: &Ctx,
    callback: CallbackId,
    watched: &Watched,
    said: &StkCallback,
) -> Result<(), AppError> {
    let brought = said.receipt.clone().filter(|_| watched.is_paid_by(said));
    let is_second = |brought: &str| match watched.receipt.as_deref() {
        Some(known) => known != brought,
        None => watched.gave_way(),
    };
    if let Some(receipt) = brought.as_deref().filter(|brought| is_second(brought)) {
        return take_second(ctx, callback, watched, said, receipt).await;
    }
    let verdict =
        Verdict { outcome: StkOutcome::Paid, source: Source::Callback, receipt: brought, checkout_request_id: None };
    settle(ctx, watched.id, verdict).await?;
    close(ctx, callback, watched.id, "repeated", true).await
}

/// Two receipts for one prompt: money paid by hand was taken for the prompt's while it was open, and then its PIN was
/// entered. What the prompt brought is money of its own, for the same order. A prompt brings one receipt, so a callback
/// that follows another one with a receipt is not believed.
async fn take_second(
    ctx: &Ctx,
    callback: CallbackId,
    watched: &Watched,
    said: &StkCallback,
    receipt: &str,
) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let is_known = find_receipt(&mut tx, Some(receipt)).await?.is_some();
    drop(tx);
    if is_known {
        return close(ctx, callback, watched.id, "repeated", true).await;
    }
    if receipts_told(ctx, watched).await?.first().is_some_and(|first| first != receipt) {
        tracing::warn!(payment.id = %watched.id, "a second callback names another receipt");
        return close(ctx, callback, watched.id, "not_confirmed", false).await;
    }
    match confirm(ctx, watched, &said.checkout_request_id).await? {
        Word::Paid => {}
        Word::Denied(_) => return close(ctx, callback, watched.id, "not_confirmed", false).await,
        Word::NoAccount => return close(ctx, callback, watched.id, "no_account", false).await,
    }
    let arrived = Arrived {
        method: if watched.method == "mpesa_till" { ReceivedBy::MpesaTill } else { ReceivedBy::MpesaPaybill },
        source: Source::Callback,
        receipt: Some(receipt.to_owned()),
        amount: Money::kes(watched.amount_cents),
        order: watched.order,
        short_code: watched.short_code.clone(),
        typed_account: None,
        payer: Payer {
            hash: watched.phone.clone().map(|phone| payer_key(&PayerNumber::Whole(phone), "")),
            name: None,
            phone: watched.phone.clone(),
        },
        at: said.paid_at.unwrap_or_else(|| ctx.now()),
    };
    match land_beside(ctx, arrived).await {
        Ok(_) => close(ctx, callback, watched.id, "landed", true).await,
        // It paid for something at another merchant's, who has the same paybill.
        Err(AppError::Refused(Refusal::ReceiptUsed)) => close(ctx, callback, watched.id, "receipt_used", false).await,
        Err(fault) => Err(fault),
    }
}

/// Asks the provider about one payment; asks for itself again while nothing is decided.
pub async fn check_payment(platform: &Arc<Platform>, tenant: TenantId, payment: PaymentId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let mut tx = ctx.tx().await?;
    let watched = watch(&ctx, &mut tx, payment).await?;
    drop(tx);
    let Some(claimed_at) = watched.claimed_at.filter(|_| !watched.is_over()) else { return Ok(()) };
    let is_mismatched = watched.is_mismatched();
    if is_mismatched && watched.status == PaymentStatus::Failed {
        return Ok(());
    }
    let age = ctx.now() - claimed_at;
    let answer = match (&watched.credentials, &watched.checkout_request_id) {
        (Some(credentials), Some(id)) => ask(&ctx, payment, credentials, id).await?.unwrap_or(QueryAnswer::NoAnswer),
        _ => QueryAnswer::NoAnswer,
    };
    if let QueryAnswer::Done { result_code, .. } = &answer {
        match StkOutcome::from_code(result_code) {
            // It tells no sum, so it says nothing against the callback that named another one.
            StkOutcome::Paid if is_mismatched => {}
            StkOutcome::Paid => {
                let verdict = Verdict {
                    outcome: StkOutcome::Paid,
                    source: Source::Query,
                    receipt: receipt_of_callback(&ctx, &watched).await?,
                    checkout_request_id: None,
                };
                settle(&ctx, payment, verdict).await?;
                return Ok(());
            }
            // The provider has been seen to say failed for money that came: twice, or late, is believed.
            outcome
                if outcome.is_final_failure()
                    && (watched.last_code.as_deref() == Some(result_code) || age >= PATIENCE) =>
            {
                settle(&ctx, payment, Verdict::failed(outcome, Source::Query)).await?;
            }
            _ => note_code(&ctx, payment, result_code).await?,
        }
    }
    if age >= PATIENCE && is_mismatched {
        // The shopper is free to try again; what was asked for still wins when a callback or the list brings it.
        end_mismatched(&ctx, payment, Source::Query).await?;
        return Ok(());
    }
    if age >= PATIENCE {
        settle(&ctx, payment, Verdict::failed(StkOutcome::NoAnswer, Source::Query)).await?;
    }
    match next_check(age) {
        Some(pause) => ask_again(&ctx, payment, pause).await,
        None => Ok(()),
    }
}

/// A receipt that a matching callback brought while the provider could not confirm it yet.
async fn receipt_of_callback(ctx: &Ctx, watched: &Watched) -> Result<Option<String>, AppError> {
    if watched.checkout_request_id.is_none() {
        return Ok(None);
    }
    Ok(receipts_told(ctx, watched).await?.into_iter().next())
}

async fn note_code(ctx: &Ctx, payment: PaymentId, code: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update payments set result_code = $3, updated_at = now() where tenant_id = $1 and id = $2",
        tx.tenant(),
        payment.uuid(),
        code
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn put_aside(ctx: &Ctx, payment: PaymentId, said_cents: Option<i64>) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update payments
         set failure_reason = 'amount_mismatch', paid_amount_cents = $3, next_check_at = null, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status in ('initiated', 'pending', 'failed')",
        tx.tenant(),
        payment.uuid(),
        said_cents
    )
    .execute(tx.conn())
    .await?;
    audit_payment(&mut tx, payment, "mismatched", json!({ "said_cents": said_cents })).await?;
    tx.commit().await?;
    Ok(())
}

async fn ask_again(ctx: &Ctx, payment: PaymentId, pause: TimeDelta) -> Result<(), AppError> {
    let at = ctx.now() + pause;
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update payments set next_check_at = $3, check_count = check_count + 1, updated_at = now() where tenant_id = $1 and id = $2",
        tx.tenant(),
        payment.uuid(),
        at
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::CheckPayment(payment), Some(at), Some(&format!("check:{payment}"))).await?;
    tx.commit().await?;
    Ok(())
}

async fn close(
    ctx: &Ctx,
    callback: CallbackId,
    payment: PaymentId,
    outcome: &str,
    is_confirmed: bool,
) -> Result<(), AppError> {
    close_callback(ctx, callback, Some(payment), outcome, is_confirmed).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_asked_about_often_at_first_and_given_up_after_a_day() {
        let at = |seconds| next_check(TimeDelta::seconds(seconds)).map(|pause| pause.num_seconds());
        assert_eq!(at(12), Some(7));
        assert_eq!(at(89), Some(7));
        assert_eq!(at(90), Some(20));
        assert_eq!(at(150), Some(180));
        assert_eq!(at(600), Some(600));
        assert_eq!(at(3_000), Some(2_700));
        assert_eq!(at(7_200), Some(18_000));
        assert_eq!(at(80_000), Some(6_400));
        assert_eq!(at(86_400), None);
    }
}
