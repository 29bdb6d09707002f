//! The one question to the card provider about a payment, and what its answer does.

use super::super::{
    locks::audit_payment,
    settle_payment::{Source, end_mismatched, settle_card},
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        id::{CardAccountId, PaymentId},
        token::Token,
    },
    payments::{
        card_account::{CardAccount, find_account},
        providers::paystack::{Expected, Transaction, Verified, outcome::CardOutcome},
        status::PaymentStatus,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

/// What the provider says was paid is not what was asked for: for so long it is asked again, then the payment comes to
/// nothing, and a person looks.
const PATIENCE: TimeDelta = TimeDelta::seconds(150);
/// A page that the provider has never heard of after so long was never made.
const PAGE_IS_MADE_WITHIN: TimeDelta = TimeDelta::minutes(2);

/// Whoever came back and is not paid yet is asked about again so soon.
const SOON: TimeDelta = TimeDelta::seconds(8);

/// How a payment by card stands after asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It is paid, or no payment of a kind that is asked about.
    Over,
    /// It brought nothing so far; late money is possible.
    Failed,
    /// Nobody has finished it.
    Open,
    /// The provider could not be asked.
    NotReached,
}

pub(super) struct Watched {
    pub id: PaymentId,
    status: PaymentStatus,
    pub claimed_at: Option<DateTime<Utc>>,
    amount_cents: i64,
    currency: String,
    reference: String,
    has_page: bool,
    account: Option<CardAccount>,
}

/// The payment as the question needs it; none when it was never sent.
pub(super) async fn watch(ctx: &Ctx, payment: PaymentId) -> Result<Option<Watched>, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select status, amount_cents, currency, provider_reference, card_page, claimed_at, card_account_id
         from payments
         where tenant_id = $1
           and id = $2
           and method = 'card'",
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some((row, reference)) = row.and_then(|mut row| row.provider_reference.take().map(|said| (row, said))) else {
        return Ok(None);
    };
    let account = match row.card_account_id {
        Some(id) => {
            let key = ctx.key(&mut tx).await?;
            find_account(&mut tx, &key, CardAccountId::from(id)).await?
        }
        None => None,
    };
    Ok(Some(Watched {
        id: payment,
        status: PaymentStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("payments.status", &row.status))?,
        claimed_at: row.claimed_at,
        amount_cents: row.amount_cents,
        currency: row.currency,
        reference,
        has_page: row.card_page.is_some(),
        account,
    }))
}

/// Asks the provider and settles by its answer. Safe from any number of sides at once.
pub(super) async fn ask(ctx: &Ctx, payment: PaymentId, source: Source) -> Result<Heard, AppError> {
    let Some(watched) = watch(ctx, payment).await? else { return Ok(Heard::Over) };
    let Some(account) = watched.account.as_ref().filter(|_| watched.status != PaymentStatus::Succeeded) else {
        return Ok(Heard::Over);
    };
    match ctx.platform.paystack.verify(&account.credentials, &watched.reference).await {
        Ok(Verified::Known(transaction)) => follow(ctx, &watched, account, &transaction, source).await,
        Ok(Verified::Unknown) => {
            note(ctx, payment, "unknown", None).await?;
            let is_stale = watched.claimed_at.is_none_or(|claimed| ctx.now() - claimed >= PAGE_IS_MADE_WITHIN);
            if watched.has_page || !is_stale {
                return Ok(Heard::Open);
            }
            settle_card(ctx, payment, CardOutcome::NotReached, source).await?;
            Ok(Heard::Over)
        }
        Err(failed) => {
            tracing::warn!(payment.id = %payment, error.message = %failed, "the card provider could not be asked about a payment");
            note_silence(ctx, payment, source).await?;
            Ok(Heard::NotReached)
        }
    }
}

async fn follow(
    ctx: &Ctx,
    watched: &Watched,
    account: &CardAccount,
    said: &Transaction,
    source: Source,
) -> Result<Heard, AppError> {
    let expected =
        Expected { reference: &watched.reference, amount_cents: watched.amount_cents, currency: &watched.currency };
    match said.outcome() {
        Some(CardOutcome::Paid) if said.is_for(expected, &account.credentials) => {
            note(ctx, watched.id, said.status.as_str(), Some(said)).await?;
            settle_card(ctx, watched.id, CardOutcome::Paid, source).await?;
            Ok(Heard::Over)
        }
        Some(CardOutcome::Paid) => {
            put_aside(ctx, watched.id, said).await?;
            if watched.claimed_at.is_some_and(|claimed| ctx.now() - claimed < PATIENCE) {
                return Ok(Heard::Open);
            }
            // What has no end would keep the order from being given up.
            end_mismatched(ctx, watched.id, source).await?;
            Ok(Heard::Over)
        }
        Some(outcome) => {
            note(ctx, watched.id, said.status.as_str(), None).await?;
            settle_card(ctx, watched.id, outcome, source).await?;
            Ok(Heard::Failed)
        }
        None => {
            note(ctx, watched.id, said.status.as_str(), None).await?;
            Ok(if watched.status == PaymentStatus::Failed { Heard::Failed } else { Heard::Open })
        }
    }
}

/// The provider said nothing. While a shopper waits the page says so, rather than that nobody has paid.
async fn note_silence(ctx: &Ctx, payment: PaymentId, source: Source) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    if source == Source::Card {
        sqlx::query!(
            "update payments
             set result_code = 'not_reached', updated_at = now()
             where tenant_id = $1
               and id = $2
               and status = 'pending'",
            tx.tenant(),
            payment.uuid()
        )
        .execute(tx.conn())
        .await?;
    }
    audit_payment(&mut tx, payment, "asked", json!({ "answer": null })).await?;
    Ok(tx.commit().await?)
}

/// Keeps the provider's word, and of the card what a receipt needs.
async fn note(ctx: &Ctx, payment: PaymentId, word: &str, paid: Option<&Transaction>) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update payments
         set result_code = $3, card_brand = coalesce(card_brand, $4), card_last_four = coalesce(card_last_four, $5),
             updated_at = now()
         where tenant_id = $1
           and id = $2
           and status <> 'succeeded'",
        tx.tenant(),
        payment.uuid(),
        word,
        paid.and_then(|paid| paid.brand.as_deref()),
        paid.and_then(|paid| paid.last_four.as_deref())
    )
    .execute(tx.conn())
    .await?;
    audit_payment(&mut tx, payment, "answered", json!({ "status": word })).await?;
    Ok(tx.commit().await?)
}

/// Money came that is not what was asked for: nothing is fulfilled until a person has looked.
async fn put_aside(ctx: &Ctx, payment: PaymentId, said: &Transaction) -> Result<(), AppError> {
    tracing::warn!(payment.id = %payment, "a card payment succeeded with another sum, currency or world than asked for");
    let mut tx = ctx.tx().await?;
    let changed = sqlx::query!(
        "update payments
         set failure_reason = 'amount_mismatch', paid_amount_cents = $3, result_code = $4, next_check_at = null,
             updated_at = now()
         where tenant_id = $1
           and id = $2
           and status in ('initiated', 'pending', 'failed')
           and failure_reason is distinct from 'amount_mismatch'",
        tx.tenant(),
        payment.uuid(),
        said.amount_cents,
        said.status.as_str()
    )
    .execute(tx.conn())
    .await?;
    if changed.rows_affected() > 0 {
        let facts = json!({ "said_cents": said.amount_cents, "said_currency": said.currency });
        audit_payment(&mut tx, payment, "mismatched", facts).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The shopper comes back from the provider's page. The address proves nothing; it says whom to ask about.
/// Whatever came of it stands on the order's page; a reference of another order is nothing.
pub async fn returned(ctx: &Ctx, order: &Token, reference: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let found = sqlx::query_scalar!(
        "select p.id
         from orders o
         join payments p on p.tenant_id = $1 and p.order_id = o.id and p.method = 'card' and p.provider_reference = $3
         where o.tenant_id = $1
           and o.token_hash = $2",
        tx.tenant(),
        order.hash(),
        reference
    )
    .fetch_optional(tx.conn())
    .await?;
    drop(tx);
    let Some(payment) = found.map(PaymentId::from) else { return Ok(()) };
    let heard = ask(ctx, payment, Source::Card).await?;
    if matches!(heard, Heard::NotReached | Heard::Open) {
        let mut tx = ctx.tx().await?;
        tx.enqueue(&Job::CheckCard(payment), Some(ctx.now() + SOON), Some(&format!("card:{payment}"))).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Before another way to pay is begun: what was paid by card already is known first.
pub async fn ask_about_open(ctx: &Ctx, order: &Token) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let open = find_open(&mut tx, order).await?;
    drop(tx);
    if let Some(payment) = open {
        ask(ctx, payment, Source::Card).await?;
    }
    Ok(())
}

async fn find_open(tx: &mut TenantTx, order: &Token) -> Result<Option<PaymentId>, AppError> {
    let found = sqlx::query_scalar!(
        "select p.id
         from orders o
         join payments p on p.tenant_id = $1 and p.order_id = o.id and p.method = 'card' and p.status = 'pending'
                        and p.card_page is not null
         where o.tenant_id = $1
           and o.token_hash = $2
         order by p.attempt_no desc
         limit 1",
        tx.tenant(),
        order.hash()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(PaymentId::from))
}
