//! Questions to the provider whose answers come later: written down, put, repeated with growing pauses, and given up.
//!
//! What an answer means is read in `checkout::read_answer`; here nobody knows what an order is.

use super::{
    account::{find_account, find_credentials, list_former},
    providers::mpesa::{AskHooks, AskRefused, Sought},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    jobs::kinds::Job,
    kernel::id::{MpesaAccountId, OrderId, QuestionId},
    payments::receipt::Receipt,
    vault::Purpose,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

/// The provider knows no such transaction.
pub(crate) const NOT_FOUND: &str = "not_found";
/// So long an answer may take before its address is forgotten.
const LISTEN_FOR: TimeDelta = TimeDelta::days(7);

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked<'a> {
    /// What became of a receipt that was typed for an order.
    Typed(OrderId, &'a Receipt),
    Balance,
}

/// A question as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub id: QuestionId,
    pub kind: String,
    /// The former account that is asked; none for the one in use.
    pub account: Option<MpesaAccountId>,
    pub order: Option<OrderId>,
    pub receipt: Option<String>,
    pub conversation_id: Option<String>,
    pub attempts: i32,
    pub outcome: Option<String>,
}

/// Pauses after each time it was put; when they are used up, it is given up.
const PAUSES: [TimeDelta; 6] = [
    TimeDelta::seconds(30),
    TimeDelta::minutes(1),
    TimeDelta::minutes(3),
    TimeDelta::minutes(10),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
];

/// Writes a question down with the address of its answer, and asks for it to be put. None when the same is open.
pub(crate) async fn write(ctx: &Ctx, tx: &mut TenantTx, asked: Asked<'_>) -> Result<Option<QuestionId>, AppError> {
    let question = QuestionId::mint();
    let (kind, order, receipt) = match asked {
        Asked::Typed(order, receipt) => ("status", Some(order.uuid()), Some(receipt.as_str())),
        Asked::Balance => ("balance", None, None),
    };
    let written = sqlx::query!(
        "insert into provider_questions (tenant_id, id, kind, order_id, receipt, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6)
         on conflict do nothing",
        tx.tenant(),
        question.uuid(),
        kind,
        order,
        receipt,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if written.rows_affected() == 0 {
        return Ok(None);
    }
    let hook = ctx.key(tx).await?.token(Purpose::AskHook, question.uuid());
    sqlx::query!(
        "insert into hook_tokens (tenant_id, token_hash, purpose, subject_id, expires_at)
         values ($1, $2, 'ask', $3, $4)
         on conflict do nothing",
        tx.tenant(),
        hook.hash(),
        question.uuid(),
        ctx.now() + LISTEN_FOR
    )
    .execute(tx.conn())
    .await?;
    tx.enqueue(&Job::AskProvider(question), None, Some(&job_key(question))).await?;
    Ok(Some(question))
}

/// One job at a time puts a question.
pub(crate) fn job_key(question: QuestionId) -> String {
    format!("ask:{question}")
}

pub(crate) async fn find(tx: &mut TenantTx, question: QuestionId) -> Result<Option<Question>, AppError> {
    let row = sqlx::query!(
        "select kind, account_id, order_id, receipt, conversation_id, attempts, outcome
         from provider_questions
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        question.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Question {
        id: question,
        kind: row.kind,
        account: row.account_id.map(Into::into),
        order: row.order_id.map(Into::into),
        receipt: row.receipt,
        conversation_id: row.conversation_id,
        attempts: row.attempts,
        outcome: row.outcome,
    }))
}

/// Lets a former number's operator answer what the last one that was asked did not know: money is known to the number that
/// it came to. False when nobody is left to ask.
pub(crate) async fn ask_the_next(ctx: &Ctx, tx: &mut TenantTx, question: &Question) -> Result<bool, AppError> {
    if question.kind != "status" {
        return Ok(false);
    }
    let key = ctx.key(tx).await?;
    // By their ids, the newest first: each is asked once, whatever happens to them meanwhile.
    let next = list_former(tx, &key, ctx.now())
        .await?
        .into_iter()
        .filter(|one| one.credentials.initiator.is_some() && question.account.is_none_or(|asked| one.id < asked))
        .max_by_key(|one| one.id);
    let Some(next) = next else { return Ok(false) };
    let handed_on = sqlx::query!(
        "update provider_questions
         set account_id = $3, conversation_id = null, updated_at = $5
         where tenant_id = $1
           and id = $2
           and account_id is not distinct from $4
           and outcome is null",
        tx.tenant(),
        question.id.uuid(),
        next.id.uuid(),
        question.account.map(MpesaAccountId::uuid),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if handed_on.rows_affected() > 0 {
        tx.enqueue(&Job::AskProvider(question.id), None, Some(&job_key(question.id))).await?;
    }
    Ok(true)
}

/// Puts an open question to the provider, with the account in use or the former one whose turn it is; asks for itself
/// again while no answer is there.
pub(crate) async fn put(ctx: &Ctx, question: &Question) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let key = ctx.key(&mut tx).await?;
    let account = match question.account {
        Some(former) => find_account(&mut tx, former).await?.map(|account| account.open(&key)).transpose()?,
        None => find_credentials(&mut tx, &key).await?,
    };
    let Some(credentials) = account else {
        close(&mut tx, question.id, "no_account", None, ctx.now()).await?;
        return Ok(tx.commit().await?);
    };
    let Some(initiator) = credentials.initiator.clone() else {
        close(&mut tx, question.id, "no_operator", None, ctx.now()).await?;
        return Ok(tx.commit().await?);
    };
    let pause = usize::try_from(question.attempts).ok().and_then(|at| PAUSES.get(at)).copied();
    let Some(pause) = pause else {
        close(&mut tx, question.id, "no_answer", None, ctx.now()).await?;
        return Ok(tx.commit().await?);
    };
    // Counted before it is put: whatever happens meanwhile, it is not put without end.
    let counted = sqlx::query!(
        "update provider_questions
         set attempts = attempts + 1, asked_at = $4, updated_at = $4
         where tenant_id = $1
           and id = $2
           and attempts = $3
           and outcome is null",
        tx.tenant(),
        question.id.uuid(),
        question.attempts,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if counted.rows_affected() == 0 {
        return Ok(());
    }
    tx.enqueue(&Job::AskProvider(question.id), Some(ctx.now() + pause), Some(&job_key(question.id))).await?;
    let hook = key.token(Purpose::AskHook, question.id.uuid()).hex();
    tx.commit().await?;

    let base = format!("{}/hooks/ask/{hook}", ctx.platform.base_url);
    let (result_url, timeout_url) = (format!("{base}/result"), format!("{base}/timeout"));
    let hooks = AskHooks { result_url: &result_url, timeout_url: &timeout_url };
    let daraja = &ctx.platform.daraja;
    let taken = match &question.receipt {
        Some(receipt) => daraja.ask_status(&credentials, &initiator, Sought::Receipt(receipt), hooks).await,
        None => daraja.ask_balance(&credentials, &initiator, hooks).await,
    };
    let mut tx = ctx.tx().await?;
    match taken {
        Ok(accepted) => note_name(&mut tx, question, &accepted.conversation_id, ctx.now()).await?,
        Err(refused) => {
            tracing::warn!(question.id = %question.id, error.message = %refused, "the provider did not take a question");
            match final_word(&refused) {
                Some(_) if question.account.is_some() => pass_over(ctx, &mut tx, question).await?,
                Some(word) => {
                    close(&mut tx, question.id, word, None, ctx.now()).await?;
                }
                None => {}
            }
        }
    }
    Ok(tx.commit().await?)
}

/// A former number that takes no question any more knows as little as the one in use, and its keys are nobody's to mend.
async fn pass_over(ctx: &Ctx, tx: &mut TenantTx, question: &Question) -> Result<(), AppError> {
    if !ask_the_next(ctx, tx, question).await? {
        close(tx, question.id, NOT_FOUND, None, ctx.now()).await?;
    }
    Ok(())
}

/// Nothing where asking again may help.
const fn final_word(refused: &AskRefused) -> Option<&'static str> {
    match refused {
        AskRefused::NotSent(_) | AskRefused::Unknown | AskRefused::Busy => None,
        AskRefused::BadSettings(_) => Some("bad_settings"),
        AskRefused::BadRequest(_) => Some("bad_request"),
        AskRefused::Refused { .. } => Some("refused"),
    }
}

/// Unless it was handed on to another account meanwhile, which is waited for now.
async fn note_name(tx: &mut TenantTx, question: &Question, name: &str, now: DateTime<Utc>) -> Result<(), AppError> {
    sqlx::query!(
        "update provider_questions
         set conversation_id = $3, updated_at = $4
         where tenant_id = $1
           and id = $2
           and account_id is not distinct from $5",
        tx.tenant(),
        question.id.uuid(),
        name,
        now,
        question.account.map(MpesaAccountId::uuid)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes what came of it, once: the first word stands. `said` is the answer without people in it.
pub(crate) async fn close(
    tx: &mut TenantTx,
    question: QuestionId,
    outcome: &str,
    said: Option<(&str, Value)>,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let (code, answer) = said.map_or((None, None), |(code, answer)| (Some(code), Some(answer)));
    let closed = sqlx::query!(
        "update provider_questions
         set outcome = $3, result_code = $4, answer = $5, updated_at = $6,
             answered_at = case when $4::text is null then answered_at else $6::timestamptz end
         where tenant_id = $1
           and id = $2
           and outcome is null",
        tx.tenant(),
        question.uuid(),
        outcome,
        code,
        answer,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(closed.rows_affected() == 1)
}
