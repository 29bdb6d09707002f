//! What the provider says became of a refund: its result, its word that it took too long, the answer to our question.
//!
//! Success beats failure in any order, also after somebody has tried again or given it up: the money is gone then.

use super::{
    finish,
    locks::{LockedRefund, lock_refund},
    send::{fail, fail_by_keys},
};
use crate::{
    checkout::read_callback::close_callback,
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    jobs::kinds::Job,
    kernel::id::{CallbackId, RefundId},
    payments::{
        providers::mpesa::{
            ProviderResult, TransactionState,
            operator_outcome::{OperatorTrouble, ReversalOutcome},
            read_result,
        },
        refund::{RefundFailure, RefundStatus, RefundWay},
    },
};
use chrono::TimeDelta;
use serde_json::json;

/// Reads a result that was stored. Repeats, late ones and answers to our own questions are all welcome here.
pub(in crate::checkout) async fn read_refund_result(
    ctx: &Ctx,
    callback: CallbackId,
    refund: RefundId,
    body: &str,
) -> Result<(), AppError> {
    let said = match read_result(body.as_bytes()) {
        Ok(said) => said,
        Err(fault) => {
            tracing::warn!(refund.id = %refund, error.message = %fault, "a refund's result that cannot be read was put aside");
            return close_callback(ctx, callback, None, "malformed", false).await;
        }
    };
    let word = if answers_question(ctx, refund, &said).await? {
        settle_answer(ctx, refund, &said).await?
    } else {
        settle_result(ctx, refund, &said).await?
    };
    close_callback(ctx, callback, None, word, matches!(word, "settled" | "repeated" | "failed")).await
}

/// It waited too long in the provider's queue: nothing is known, so it is asked.
pub(in crate::checkout) async fn read_refund_timeout(
    ctx: &Ctx,
    callback: CallbackId,
    refund: RefundId,
) -> Result<(), AppError> {
    ask_soon(ctx, refund).await?;
    close_callback(ctx, callback, None, "undecided", false).await
}

async fn ask_soon(ctx: &Ctx, refund: RefundId) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let at = ctx.now() + TimeDelta::seconds(5);
    tx.enqueue(&Job::CheckRefund(refund), Some(at), Some(&format!("check-refund:{refund}"))).await?;
    Ok(tx.commit().await?)
}

async fn settle_result(ctx: &Ctx, refund: RefundId, said: &ProviderResult) -> Result<&'static str, AppError> {
    match ReversalOutcome::from_code(&said.result_code) {
        ReversalOutcome::Reversed => {
            let mut tx = ctx.tx().await?;
            let locked = lock_refund(&mut tx, refund).await?;
            if !is_ours(&mut tx, &locked, said).await? {
                tracing::warn!(refund.id = %refund, "a result names something that was never asked for");
                return Ok("wrong_reference");
            }
            if says_other_sum(&locked, said) {
                tracing::error!(refund.id = %refund, "the provider says that it sent another sum back");
                return Ok("amount_mismatch");
            }
            settle_sent(ctx, tx, locked, RefundWay::Reversal, said.transaction_id.as_deref()).await
        }
        outcome if outcome.is_final_failure() => {
            let mut tx = ctx.tx().await?;
            let locked = lock_refund(&mut tx, refund).await?;
            // A late word about an earlier try says nothing about this one.
            let is_now = match &locked.provider_reference {
                Some(known) => *known == said.originator_conversation_id,
                None => !was_asked(&mut tx, &locked, said).await?,
            };
            let is_in_use = is_account_in_use(&mut tx, refund).await?;
            drop(tx);
            if locked.is_on_its_way() && is_now {
                let failure = failure_of(outcome);
                if matches!(failure, RefundFailure::Settings | RefundFailure::Locked) {
                    fail_by_keys(ctx, refund, is_in_use, failure).await?;
                } else {
                    fail(ctx, refund, failure).await?;
                }
                Ok("failed")
            } else {
                Ok("repeated")
            }
        }
        // Already back, a duplicate, a code that nobody knows: the provider is asked what it has done.
        _ => {
            ask_soon(ctx, refund).await?;
            Ok("undecided")
        }
    }
}

/// What the provider found when it was asked about the conversation in which money was to be sent.
async fn settle_answer(ctx: &Ctx, refund: RefundId, said: &ProviderResult) -> Result<&'static str, AppError> {
    let Some(found) = said.transaction() else { return Ok("undecided") };
    match found.state {
        TransactionState::Completed => {
            let mut tx = ctx.tx().await?;
            let locked = lock_refund(&mut tx, refund).await?;
            if found.amount != locked.amount {
                tracing::error!(refund.id = %refund, "the provider says that it sent another sum back");
                return Ok("amount_mismatch");
            }
            settle_sent(ctx, tx, locked, RefundWay::Reversal, Some(&found.receipt)).await
        }
        TransactionState::Cancelled | TransactionState::Declined | TransactionState::Expired => {
            fail(ctx, refund, RefundFailure::Declined).await?;
            Ok("failed")
        }
        TransactionState::Initiated | TransactionState::Authorized | TransactionState::Other(_) => Ok("undecided"),
    }
}

/// The money is gone, whatever was thought of it before.
pub(super) async fn settle_sent(
    ctx: &Ctx,
    mut tx: TenantTx,
    refund: LockedRefund,
    way: RefundWay,
    receipt: Option<&str>,
) -> Result<&'static str, AppError> {
    if refund.status == RefundStatus::Processed {
        if refund.way == way {
            return Ok("repeated");
        }
        return note_sent_after_all(ctx, tx, &refund).await;
    }
    match finish::sent(ctx, &mut tx, &refund, way, receipt).await {
        Ok(()) => {
            tx.commit().await?;
            tracing::info!(refund.id = %refund.id, "a refund was sent");
            Ok("settled")
        }
        Err(AppError::Refused(Refusal::MoneyIsNotThere)) => {
            drop(tx);
            let mut tx = ctx.tx().await?;
            let locked = lock_refund(&mut tx, refund.id).await?;
            note_sent_after_all(ctx, tx, &locked).await
        }
        Err(error) => Err(error),
    }
}

/// It went another way meanwhile, and now this way too: a person has to look.
pub(super) async fn note_sent_after_all(
    ctx: &Ctx,
    mut tx: TenantTx,
    refund: &LockedRefund,
) -> Result<&'static str, AppError> {
    sqlx::query!(
        "update refunds
         set failure = $3, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        refund.id.uuid(),
        RefundFailure::SentAfterAll.as_str(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "refund_sent_after_all", "refunds", refund.id.uuid(), json!({})).await?;
    tx.commit().await?;
    tracing::error!(refund.id = %refund.id, "the provider sent a refund that had gone another way meanwhile");
    Ok("sent_after_all")
}

/// Whether the account that took the money is the one that the settings show; where its number is not known, it is.
async fn is_account_in_use(tx: &mut TenantTx, refund: RefundId) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select
               from refunds r
               join payments p on p.tenant_id = $1 and p.id = r.payment_id
               join mpesa_accounts m on m.tenant_id = $1 and m.is_active
               where r.tenant_id = $1
                 and r.id = $2
                 and (p.short_code is null or p.short_code in (m.short_code, m.till_number))
           ) as "is_in_use!""#,
        tx.tenant(),
        refund.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// It names the try that is under way, or one before; a try whose answer was lost has no name.
async fn is_ours(tx: &mut TenantTx, refund: &LockedRefund, said: &ProviderResult) -> Result<bool, AppError> {
    match &refund.provider_reference {
        None => Ok(true),
        Some(known) if *known == said.originator_conversation_id => Ok(true),
        Some(_) => was_asked(tx, refund, said).await,
    }
}

/// A try of ours had this name, the present one or one before.
async fn was_asked(tx: &mut TenantTx, refund: &LockedRefund, said: &ProviderResult) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select
               from refunds r
               join payment_audit a on a.tenant_id = $1 and a.payment_id = r.payment_id
               where r.tenant_id = $1
                 and r.id = $2
                 and a.event_type = 'asked'
                 and a.metadata ->> 'refund' = $3
                 and a.metadata ->> 'conversation' = $4
           ) as "is_ours!""#,
        tx.tenant(),
        refund.id.uuid(),
        refund.id.to_string(),
        said.originator_conversation_id
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Is it the answer to a question about this refund? It is noted with the question then, without names of people.
async fn answers_question(ctx: &Ctx, refund: RefundId, said: &ProviderResult) -> Result<bool, AppError> {
    let mut tx = ctx.tx().await?;
    let state = said.parameter("TransactionStatus").map(|word| word.chars().take(40).collect::<String>());
    let answered = sqlx::query!(
        "update provider_questions
         set answered_at = coalesce(answered_at, $5), result_code = $4, answer = $6, updated_at = $5
         where tenant_id = $1
           and refund_id = $2
           and kind = 'refund_status'
           and conversation_id = $3",
        tx.tenant(),
        refund.uuid(),
        said.originator_conversation_id,
        said.result_code,
        ctx.now(),
        json!({ "state": state })
    )
    .execute(tx.conn())
    .await?;
    let is_answer = answered.rows_affected() > 0;
    if !is_answer && has_nameless_question(&mut tx, refund, said).await? {
        // It may be its answer, faster than the name: the queue brings it again.
        return Err(AppError::TryAgain { retry_after_seconds: 2 });
    }
    tx.commit().await?;
    Ok(is_answer)
}

/// A question is being asked right now, and this result is not the refund's own.
async fn has_nameless_question(tx: &mut TenantTx, refund: RefundId, said: &ProviderResult) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select
               from provider_questions q
               join refunds r on r.tenant_id = $1 and r.id = q.refund_id
               where q.tenant_id = $1
                 and q.refund_id = $2
                 and q.conversation_id is null
                 and q.answered_at is null
                 and q.asked_at > now() - interval '1 minute'
                 and r.provider_reference is distinct from $3
           ) as "is_nameless!""#,
        tx.tenant(),
        refund.uuid(),
        said.originator_conversation_id
    )
    .fetch_one(tx.conn())
    .await?)
}

fn says_other_sum(refund: &LockedRefund, said: &ProviderResult) -> bool {
    let Some(amount) = said.parameter("Amount") else { return false };
    let whole = amount.split_once('.').map_or(amount, |(whole, _)| whole);
    whole.parse::<i64>().is_ok_and(|whole| whole != refund.amount.whole())
}

const fn failure_of(outcome: ReversalOutcome) -> RefundFailure {
    match outcome {
        ReversalOutcome::WrongReceipt => RefundFailure::UnknownPayment,
        ReversalOutcome::LowBalance => RefundFailure::LowBalance,
        ReversalOutcome::Limit => RefundFailure::Limits,
        ReversalOutcome::Trouble(OperatorTrouble::Locked) => RefundFailure::Locked,
        ReversalOutcome::Trouble(_) => RefundFailure::Settings,
        _ => RefundFailure::Declined,
    }
}
