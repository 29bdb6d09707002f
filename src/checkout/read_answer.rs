//! What M-Pesa answered to a question: a typed receipt's money lands, or its shopper is told why not.

use super::{
    ask_provider::{Known, find_known, put, typed},
    land_money::{Arrived, Payer, ReceivedBy, land},
    read_callback::close_callback,
    settle_payment::Source,
    till_prompt::may_be_anothers,
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::id::{CallbackId, OrderId, QuestionId},
    payments::{
        balance,
        providers::mpesa::{
            ProviderResult, TransactionFound, TransactionState, operator_outcome::AskOutcome, read_result,
        },
        questions::{self, NOT_FOUND, Question},
    },
};
use serde_json::{Value, json};

/// Reads the answer. Repeats, late ones and ones to a name that we were not given are welcome and change nothing.
pub(super) async fn read_answer(
    ctx: &Ctx,
    callback: CallbackId,
    question: QuestionId,
    body: &str,
) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let Some(question) = questions::find(&mut tx, question).await? else {
        drop(tx);
        return close_callback(ctx, callback, None, "unread", false).await;
    };
    drop(tx);
    if question.outcome.is_some() {
        return close_callback(ctx, callback, None, "repeated", true).await;
    }
    let Ok(result) = read_result(body.as_bytes()) else {
        return close_callback(ctx, callback, None, "malformed", false).await;
    };
    match question.conversation_id.as_deref() {
        // The provider was quicker than our note of what it calls the question; the queue brings this again.
        None => return Err(AppError::TryAgain { retry_after_seconds: 2 }),
        Some(name) if name != result.conversation_id => {
            return close_callback(ctx, callback, None, "wrong_reference", false).await;
        }
        Some(_) => {}
    }
    let Some((outcome, said)) = outcome_of(ctx, &question, &result).await? else {
        return close_callback(ctx, callback, None, "undecided", false).await;
    };
    let mut tx = ctx.tx().await?;
    if outcome == NOT_FOUND && questions::ask_the_next(ctx, &mut tx, &question).await? {
        tx.commit().await?;
        return close_callback(ctx, callback, None, "answered", true).await;
    }
    questions::close(&mut tx, question.id, outcome, Some((&result.result_code, said)), ctx.now()).await?;
    tx.commit().await?;
    tracing::info!(question.id = %question.id, outcome, "the provider answered a question");
    close_callback(ctx, callback, None, "answered", true).await
}

/// It waited too long in the provider's queue: nothing is known, and it is put again after its usual pause. A provider
/// that is behind is not asked at once.
pub(super) async fn read_timeout(ctx: &Ctx, callback: CallbackId) -> Result<(), AppError> {
    close_callback(ctx, callback, None, "timed_out", false).await
}

/// The word that closes the question, and what is kept of the answer; none leaves it open, to be put again.
async fn outcome_of(
    ctx: &Ctx,
    question: &Question,
    result: &ProviderResult,
) -> Result<Option<(&'static str, Value)>, AppError> {
    match AskOutcome::from_code(&result.result_code) {
        AskOutcome::Answered => {}
        AskOutcome::NotFound => return Ok(Some((NOT_FOUND, json!({})))),
        AskOutcome::Busy | AskOutcome::Unknown => return Ok(None),
        // A former number that lets its operator in no more knows as little as the one in use.
        AskOutcome::Trouble(_) if question.account.is_some() => return Ok(Some((NOT_FOUND, json!({})))),
        trouble @ AskOutcome::Trouble(_) => return Ok(Some((trouble.as_str(), json!({})))),
    }
    if question.kind == "balance" {
        let accounts = result.balances();
        return Ok((!accounts.is_empty()).then(|| ("answered", balance::kept(&accounts))));
    }
    let Some(((order, receipt), found)) = typed(question).zip(result.transaction()) else { return Ok(None) };
    if found.receipt != receipt {
        return Ok(Some((NOT_FOUND, json!({}))));
    }
    let said = json!({ "amount_cents": found.amount.minor(), "state": word(&found.state), "at": found.at });
    let outcome = match found.state {
        TransactionState::Completed => return Ok(take(ctx, order, receipt, found).await?.map(|word| (word, said))),
        TransactionState::Cancelled | TransactionState::Declined | TransactionState::Expired => "cancelled",
        // It may still go through.
        TransactionState::Initiated | TransactionState::Authorized | TransactionState::Other(_) => return Ok(None),
    };
    Ok(Some((outcome, said)))
}

const fn word(state: &TransactionState) -> &'static str {
    match state {
        TransactionState::Initiated => "initiated",
        TransactionState::Authorized => "authorized",
        TransactionState::Completed => "completed",
        TransactionState::Cancelled => "cancelled",
        TransactionState::Declined => "declined",
        TransactionState::Expired => "expired",
        TransactionState::Other(_) => "other",
    }
}

/// Money that moved: it lands on the order if it came to this merchant and is nobody's yet. None while it may be the money
/// of another order's prompt, whose own receipt is not known: that one comes by callback, notice or list, and the question
/// is put again.
async fn take(
    ctx: &Ctx,
    order: OrderId,
    receipt: &str,
    found: TransactionFound,
) -> Result<Option<&'static str>, AppError> {
    let at = found.at.unwrap_or_else(|| ctx.now());
    let mut tx = ctx.tx().await?;
    let Some(account) = credited_account(&mut tx, found.credited.as_deref()).await? else {
        return Ok(Some("other_account"));
    };
    match find_known(&mut tx, order, receipt).await? {
        Some(Known::OfThisOrder) => return Ok(Some("landed")),
        Some(Known::Elsewhere) => return Ok(Some("used")),
        Some(Known::InInbox(payment, amount)) => {
            drop(tx);
            return Ok(Some(if put(ctx, payment, order, amount).await? { "landed" } else { "used" }));
        }
        None if may_be_anothers(&mut tx, order, &account.number, &found, at).await? => return Ok(None),
        None => drop(tx),
    }
    let arrived = Arrived {
        method: if account.kind == "till" { ReceivedBy::MpesaTill } else { ReceivedBy::MpesaPaybill },
        source: Source::Receipt,
        receipt: Some(receipt.to_owned()),
        amount: found.amount,
        order: Some(order),
        short_code: Some(account.number),
        typed_account: None,
        payer: Payer {
            hash: found.paid_by.hash(),
            name: first_name(found.paid_by.name.as_deref()),
            phone: found.paid_by.phone().cloned(),
        },
        at,
    };
    match land(ctx, arrived).await {
        // Another side may have told of it a moment ago, for whomever.
        Ok(landed) => {
            let mut tx = ctx.tx().await?;
            tracing::info!(payment.id = %landed.payment, order.id = %order, "a typed receipt was looked into");
            Ok(Some(match find_known(&mut tx, order, receipt).await? {
                Some(Known::OfThisOrder) => "landed",
                _ => "used",
            }))
        }
        Err(AppError::Refused(Refusal::ReceiptUsed)) => Ok(Some("used")),
        Err(fault) => Err(fault),
    }
}

struct Account {
    kind: String,
    number: String,
}

/// The merchant's account that a number belongs to, the ones used before included.
async fn credited_account(tx: &mut TenantTx, credited: Option<&str>) -> Result<Option<Account>, AppError> {
    let Some(credited) = credited else { return Ok(None) };
    let row = sqlx::query!(
        r#"select kind, coalesce(till_number, short_code) as "number!"
           from mpesa_accounts
           where tenant_id = $1
             and (is_active or proved_at is not null)
             and $2 in (short_code, till_number)
           order by is_active desc, id
           limit 1"#,
        tx.tenant(),
        credited
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Account { kind: row.kind, number: row.number }))
}

/// No more of a name than the provider tells with money that comes by itself.
fn first_name(name: Option<&str>) -> Option<String> {
    name.and_then(|name| name.split_whitespace().next()).map(|name| name.chars().take(100).collect())
}
