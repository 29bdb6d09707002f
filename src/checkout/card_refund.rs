//! What the card provider says of money given back: a refund that was asked for is processed, or has failed.
//!
//! As with payments its events are only reasons to ask. Locks: the order, the payment, the refund.

use super::{
    locks::{audit_payment, lock_order, lock_payment},
    take_money::note_state,
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::{AppError, Refusal},
    kernel::{
        currency::Currency,
        id::{CardAccountId, OrderId, PaymentId, RefundId},
        money::Money,
    },
    payments::{
        card_account::find_account,
        ledger::{self, Place, Transfer, Why},
        providers::paystack::{CardCredentials, CardRefund, RefundStatus},
    },
};
use serde_json::json;

/// What became of a refund by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundMoved {
    Processed,
    Failed,
    /// It is on its way, had ended before, or is none of ours.
    Unchanged,
}

/// A refund's row as it is met here.
struct Met {
    id: RefundId,
    order: Option<OrderId>,
    payment: PaymentId,
    amount: Money,
    status: String,
}

/// What a refund of a payment by card is asked for with.
#[derive(Clone, Debug)]
pub struct Charged {
    /// Of the account that the payment was made through, in use or not.
    pub credentials: CardCredentials,
    /// The provider's name for the payment.
    pub reference: String,
}

/// None for a payment that is no card's, or that never reached the provider.
pub async fn find_charge(ctx: &Ctx, payment: PaymentId) -> Result<Option<Charged>, AppError> {
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
    let Some(met) = find(&mut tx, payment, said).await? else { return Ok(RefundMoved::Unchanged) };
    let order = match met.order {
        Some(order) => Some(lock_order(&mut tx, order).await?),
        None => None,
    };
    lock_payment(&mut tx, payment).await?;
    // Read again under the locks: somebody else may have been told the same.
    let Some(met) = find(&mut tx, payment, said).await? else { return Ok(RefundMoved::Unchanged) };
    let is_the_sum = said.amount_cents.is_none_or(|cents| cents == met.amount.minor());
    let (status, failure) = match said.status {
        RefundStatus::Processed if is_the_sum => ("processed", None),
        RefundStatus::Processed => {
            tracing::warn!(refund.id = %met.id, "the card provider gave back another sum than was asked for");
            ("failed", Some("card_other_sum"))
        }
        RefundStatus::Failed => ("failed", Some("card_failed")),
        RefundStatus::NeedsAttention => ("failed", Some("card_needs_attention")),
        RefundStatus::Pending => {
            remember(&mut tx, &met, said).await?;
            tx.commit().await?;
            return Ok(RefundMoved::Unchanged);
        }
    };
    if met.status == status {
        return Ok(RefundMoved::Unchanged);
    }
    if status == "processed" {
        let transfer = Transfer {
            payment: met.payment,
            from: Place::Refund(met.id),
            to: Place::Outside,
            amount: met.amount,
            why: Why::RefundSent,
        };
        match ledger::book(&mut tx, ctx.actor, transfer, ctx.now()).await {
            Err(AppError::Refused(Refusal::MoneyIsNotThere)) => {
                // It was given up as failed, and its money put elsewhere: a person has to look.
                tracing::error!(refund.id = %met.id, "a card refund that was given up has gone through");
                return Ok(RefundMoved::Unchanged);
            }
            booked => booked?,
        }
    }
    let moved = sqlx::query!(
        "update refunds
         set status = $3, failure = $4, provider_reference = coalesce(provider_reference, $5),
             processed_at = case when $3 = 'processed' then $6::timestamptz end, updated_at = $6
         where tenant_id = $1
           and id = $2
           and (status = 'pending' or status = 'failed' and $3 = 'processed')",
        tx.tenant(),
        met.id.uuid(),
        status,
        failure,
        said.id,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if moved.rows_affected() == 0 {
        return Ok(RefundMoved::Unchanged);
    }
    if let Some(order) = &order {
        note_state(&mut tx, order, ctx.now()).await?;
    }
    let event = if status == "processed" { "refunded" } else { "refund_failed" };
    let facts = json!({ "refund": met.id, "amount_cents": met.amount.minor(), "reason": failure });
    audit_payment(&mut tx, met.payment, event, facts).await?;
    tx.commit().await?;
    tracing::info!(refund.id = %met.id, payment.id = %met.payment, status, "a card refund has moved");
    Ok(if status == "processed" { RefundMoved::Processed } else { RefundMoved::Failed })
}

async fn find(tx: &mut TenantTx, payment: PaymentId, said: &CardRefund) -> Result<Option<Met>, AppError> {
    let row = sqlx::query!(
        r#"select id, order_id, payment_id as "payment_id!", amount_cents, currency, status
           from refunds
           where tenant_id = $1
             and payment_id = $2
             and way = 'card'
             and (provider_reference = $3
                  or provider_reference is null and (idempotency_key = $4 or id::text = $4))
           order by provider_reference nulls last
           limit 1"#,
        tx.tenant(),
        payment.uuid(),
        said.id,
        said.our_key
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let currency = Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("refunds.currency", &row.currency))?;
    Ok(Some(Met {
        id: row.id.into(),
        order: row.order_id.map(Into::into),
        payment: row.payment_id.into(),
        amount: Money::new(row.amount_cents, currency),
        status: row.status,
    }))
}

/// Keeps the provider's number, by which its next word is known.
async fn remember(tx: &mut TenantTx, met: &Met, said: &CardRefund) -> Result<(), AppError> {
    sqlx::query!(
        "update refunds
         set provider_reference = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and provider_reference is null",
        tx.tenant(),
        met.id.uuid(),
        said.id
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
