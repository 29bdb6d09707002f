//! Asks the provider what became of a refund it was given and has not spoken of since; it is never sent again for that.

use super::to_card::ask_about_refunds;
use crate::{
    ctx::{Ctx, Platform},
    db::{DbError, TenantTx},
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        id::{PaymentId, QuestionId, RefundId, TenantId},
    },
    payments::{
        account::find_receiver,
        providers::mpesa::{AskHooks, Credentials, Sought},
        refund::RefundWay,
    },
    vault::Purpose,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// A bank may take ten working days to put money back on a card.
pub(super) const CARD_DAYS: TimeDelta = TimeDelta::days(15);

/// When to ask next, by the time since it was sent; none when it is time for a person to look.
fn next_check(way: RefundWay, age: TimeDelta) -> Option<TimeDelta> {
    let minute = TimeDelta::minutes(1);
    Some(match age {
        age if age < minute * 10 => minute * 5,
        age if age < minute * 60 => minute * 30,
        age if age < minute * 360 => minute * 180,
        age if age < minute * 1_440 => minute * 720,
        age if way == RefundWay::Card && age < CARD_DAYS => minute * 1_440,
        _ => return None,
    })
}

struct Watched {
    way: RefundWay,
    payment: Option<PaymentId>,
    /// What the provider calls it; none when its answer was lost, and then there is nothing to ask by.
    reference: Option<String>,
    claimed_at: DateTime<Utc>,
    /// Of the account that took the money.
    credentials: Option<Credentials>,
    hook: String,
}

/// Asks once, and asks for itself again while nothing is known.
pub async fn check_refund(platform: &Arc<Platform>, tenant: TenantId, refund: RefundId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let Some(watched) = watch(&ctx, refund).await? else { return Ok(()) };
    match (watched.way, watched.payment) {
        (RefundWay::Card, Some(payment)) => match ask_about_refunds(&ctx, payment).await {
            // What was said is written; not being reached is as good as hearing nothing.
            Ok(()) | Err(AppError::TryAgain { .. }) => {}
            Err(fault) => return Err(fault),
        },
        _ => ask_about_reversal(&ctx, refund, &watched).await?,
    }
    match next_check(watched.way, ctx.now() - watched.claimed_at) {
        Some(pause) => ask_again(&ctx, refund, ctx.now() + pause).await,
        None => {
            tracing::warn!(refund.id = %refund, "the provider never said what became of a refund; a person has to look");
            Ok(())
        }
    }
}

async fn ask_about_reversal(ctx: &Ctx, refund: RefundId, watched: &Watched) -> Result<(), AppError> {
    if let Some((account, reference)) = watched.credentials.as_ref().zip(watched.reference.as_deref())
        && let Some(initiator) = &account.initiator
    {
        let (result_url, timeout_url) = (format!("{}/result", watched.hook), format!("{}/timeout", watched.hook));
        let hooks = AskHooks { result_url: &result_url, timeout_url: &timeout_url };
        let question = write_question(ctx, refund, watched.payment).await?;
        match ctx.platform.daraja.ask_status(account, initiator, Sought::Conversation(reference), hooks).await {
            Ok(taken) => name_question(ctx, question, Some(&taken.originator_conversation_id)).await?,
            Err(fault) => {
                tracing::warn!(refund.id = %refund, error.message = %fault, "the provider could not be asked about a refund");
                name_question(ctx, question, None).await?;
            }
        }
    }
    Ok(())
}

async fn watch(ctx: &Ctx, refund: RefundId) -> Result<Option<Watched>, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select r.way, r.payment_id, r.provider_reference, r.claimed_at as "claimed_at!", p.short_code as "short_code?"
           from refunds r
           left join payments p on p.tenant_id = $1 and p.id = r.payment_id
           where r.tenant_id = $1
             and r.id = $2
             and r.status = 'pending'
             and r.way in ('reversal', 'card')
             and r.claimed_at is not null"#,
        tx.tenant(),
        refund.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let key = ctx.key(&mut tx).await?;
    let receiver = find_receiver(&mut tx, &key, row.short_code.as_deref()).await?;
    let hook = key.token(Purpose::RefundHook, refund.uuid());
    Ok(Some(Watched {
        way: RefundWay::parse(&row.way).ok_or_else(|| DbError::corrupt("refunds.way", &row.way))?,
        payment: row.payment_id.map(Into::into),
        reference: row.provider_reference,
        claimed_at: row.claimed_at,
        credentials: receiver.map(|receiver| receiver.credentials),
        hook: format!("{}/hooks/refund/{}", ctx.platform.base_url, hook.hex()),
    }))
}

/// Written before it is asked; the answer comes to the refund's own address, under the name that the question gets.
async fn write_question(ctx: &Ctx, refund: RefundId, payment: Option<PaymentId>) -> Result<QuestionId, AppError> {
    let question = QuestionId::mint();
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "insert into provider_questions (tenant_id, id, kind, refund_id, payment_id, asked_at)
         values ($1, $2, 'refund_status', $3, $4, $5)",
        tx.tenant(),
        question.uuid(),
        refund.uuid(),
        payment.map(PaymentId::uuid),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(question)
}

/// The provider took it under this name, or did not take it.
async fn name_question(ctx: &Ctx, question: QuestionId, conversation: Option<&str>) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update provider_questions
         set conversation_id = $3,
             answered_at = case when $3::text is null then $4::timestamptz end,
             outcome = case when $3::text is null then 'not_asked' end,
             updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        question.uuid(),
        conversation,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}

async fn ask_again(ctx: &Ctx, refund: RefundId, at: DateTime<Utc>) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    note_next(&mut tx, refund, at).await?;
    tx.enqueue(&Job::CheckRefund(refund), Some(at), Some(&format!("check-refund:{refund}"))).await?;
    Ok(tx.commit().await?)
}

async fn note_next(tx: &mut TenantTx, refund: RefundId, at: DateTime<Utc>) -> Result<(), AppError> {
    sqlx::query!(
        "update refunds
         set next_check_at = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'pending'",
        tx.tenant(),
        refund.uuid(),
        at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_asked_ever_less_often_and_for_a_day() {
        let asked = |way| {
            let (mut age, mut asked) = (TimeDelta::minutes(2), Vec::new());
            while let Some(pause) = next_check(way, age) {
                asked.push(age.num_minutes());
                age += pause;
            }
            asked
        };
        assert_eq!(asked(RefundWay::Reversal), [2, 7, 12, 42, 72, 252, 432, 1_152]);
        let card = asked(RefundWay::Card);
        assert_eq!(card[..8], asked(RefundWay::Reversal));
        assert_eq!((card[8], card[9] - card[8], card.len()), (1_872, 1_440, 22), "then every day");
    }
}
