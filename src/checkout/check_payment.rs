//! What became of a prompt: reads stored callbacks, asks the provider, and settles.
//!
//! A callback is unsigned, so a success is believed only when the provider confirms it; silence is
//! settled by asking, soon at first and then ever less often.

use super::{
    locks::audit_payment,
    read_callback::close_callback,
    settle_payment::{Source, Verdict, settle},
};
use crate::{
    ctx::{Ctx, Platform},
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        id::{CallbackId, PaymentId, TenantId},
    },
    payments::{
        account::find_credentials,
        providers::mpesa::{Credentials, QueryAnswer, StkCallback, outcome::StkOutcome, read_stk_callback},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::sync::Arc;

/// A payment as the checks see it.
struct Watched {
    id: PaymentId,
    status: String,
    amount_cents: i64,
    checkout_request_id: Option<String>,
    claimed_at: Option<DateTime<Utc>>,
    last_code: Option<String>,
    failure: Option<String>,
    credentials: Option<Credentials>,
}

/// Held back until a person has looked: the callback's sum was not the one asked for.
const MISMATCH: &str = "amount_mismatch";
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
    if watched.status == "succeeded"
        && watched.checkout_request_id.as_deref() == Some(said.checkout_request_id.as_str())
    {
        let verdict = Verdict {
            outcome: StkOutcome::Paid,
            source: Source::Callback,
            receipt: said.receipt.filter(|_| said.amount_cents == Some(watched.amount_cents)),
            checkout_request_id: None,
        };
        settle(ctx, payment, verdict).await?;
        return close(ctx, callback, payment, "repeated", true).await;
    }
    if watched.checkout_request_id.as_deref().is_some_and(|known| known != said.checkout_request_id) {
        return close(ctx, callback, payment, "wrong_reference", false).await;
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
    let Some(credentials) = &watched.credentials else {
        return close(ctx, callback, watched.id, "no_account", false).await;
    };
    let answer = ctx.platform.daraja.query(credentials, &said.checkout_request_id, ctx.now()).await;
    match answer {
        Ok(QueryAnswer::Done { result_code, .. }) if StkOutcome::from_code(&result_code) == StkOutcome::Paid => {
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
        Ok(QueryAnswer::Done { result_code, .. }) => {
            tracing::warn!(payment.id = %watched.id, result.code = %result_code, "a callback says paid and the provider does not");
            ask_again(ctx, watched.id, TimeDelta::seconds(7)).await?;
            close(ctx, callback, watched.id, "not_confirmed", false).await
        }
        // Not confirmed yet; the queue brings this callback again.
        Ok(QueryAnswer::Open | QueryAnswer::NoAnswer) => Err(AppError::TryAgain { retry_after_seconds: 3 }),
        Err(fault) => {
            tracing::warn!(payment.id = %watched.id, error.message = %fault, "the provider could not confirm a callback yet");
            Err(AppError::TryAgain { retry_after_seconds: 5 })
        }
    }
}

/// Asks the provider about one payment; asks for itself again while nothing is decided.
pub async fn check_payment(platform: &Arc<Platform>, tenant: TenantId, payment: PaymentId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let mut tx = ctx.tx().await?;
    let watched = watch(&ctx, &mut tx, payment).await?;
    drop(tx);
    let Some(claimed_at) =
        watched.claimed_at.filter(|_| watched.status != "succeeded" && watched.failure.as_deref() != Some(MISMATCH))
    else {
        return Ok(());
    };
    let age = ctx.now() - claimed_at;
    let answer = match (&watched.credentials, &watched.checkout_request_id) {
        (Some(credentials), Some(id)) => {
            platform.daraja.query(credentials, id, ctx.now()).await.unwrap_or(QueryAnswer::NoAnswer)
        }
        _ => QueryAnswer::NoAnswer,
    };
    if let QueryAnswer::Done { result_code, .. } = &answer {
        match StkOutcome::from_code(result_code) {
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
    if age >= PATIENCE {
        settle(&ctx, payment, Verdict::failed(StkOutcome::NoAnswer, Source::Query)).await?;
    }
    match next_check(age) {
        Some(pause) => ask_again(&ctx, payment, pause).await,
        None => Ok(()),
    }
}

async fn watch(ctx: &Ctx, tx: &mut crate::db::TenantTx, payment: PaymentId) -> Result<Watched, AppError> {
    let row = sqlx::query!(
        "select status, amount_cents, checkout_request_id, claimed_at, result_code, failure_reason
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
        status: row.status,
        amount_cents: row.amount_cents,
        checkout_request_id: row.checkout_request_id,
        claimed_at: row.claimed_at,
        last_code: row.result_code,
        failure: row.failure_reason,
        credentials: find_credentials(tx, &key).await?,
    })
}

/// A receipt that a matching callback brought while the provider could not confirm it yet.
async fn receipt_of_callback(ctx: &Ctx, watched: &Watched) -> Result<Option<String>, AppError> {
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
        .find(|said| {
            said.amount_cents == Some(watched.amount_cents)
                && Some(said.checkout_request_id.as_str()) == watched.checkout_request_id.as_deref()
        })
        .and_then(|said| said.receipt))
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
