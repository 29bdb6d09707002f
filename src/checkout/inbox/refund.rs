//! Gives money of the inbox back to who sent it: a refund that waits to be sent.

use super::{Handled, take_turn};
use crate::{
    checkout::{locks::audit_payment, refunds::senders},
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        id::{PaymentId, RefundId, UserId},
        money::Money,
    },
    orders::own_words::OwnWords,
    payments::ledger::{self, Place, Transfer, Why},
};
use serde_json::json;

/// Some of the money, on its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    pub money: Handled,
    pub reason: Option<String>,
    /// Made when the form was drawn: pressed twice, there is one refund.
    pub key: RefundId,
}

/// Writes the refund down; it is sent from the list of refunds.
pub async fn give_back(ctx: &Ctx, wanted: &Return) -> Result<RefundId, AppError> {
    ctx.require(Permission::RefundMoney)?;
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let refund = wanted.key;
    match take_turn(ctx, &mut tx, wanted.money, Place::Refund(refund)).await {
        Err(AppError::ChangedMeanwhile) if exists(&mut tx, refund, wanted.money.payment).await? => return Ok(refund),
        turn => turn?,
    };
    let Handled { payment, amount, .. } = wanted.money;
    let way = if can_be_reversed(&mut tx, payment, amount).await? { "reversal" } else { "manual" };
    let written = sqlx::query!(
        "insert into refunds (tenant_id, id, payment_id, amount_cents, currency, reason, kind, way, idempotency_key,
                              requested_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, 'excess', $7, $8, $9, $10, $10)",
        tx.tenant(),
        refund.uuid(),
        payment.uuid(),
        amount.minor(),
        amount.currency().code(),
        wanted.reason.as_deref().unwrap_or(OwnWords::ForNoOrder.as_str()),
        way,
        refund.to_string(),
        ctx.actor.user().map(UserId::uuid),
        now
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::from);
    // Another shop's refund, or another payment's: a key that this form never carried.
    match written {
        Err(fault) if fault.constraint().is_some() => return Err(AppError::ChangedMeanwhile),
        other => other?,
    };
    let transfer = Transfer { payment, from: Place::Inbox, to: Place::Refund(refund), amount, why: Why::RefundAsked };
    ledger::book(&mut tx, ctx.actor, transfer, now).await?;
    let facts = json!({ "payment": payment, "refund": refund, "amount_cents": amount.minor(), "way": way });
    audit_payment(&mut tx, payment, "refund_asked", facts.clone()).await?;
    tx.audit(ctx.actor, "refund_asked", "refunds", refund.uuid(), facts).await?;
    tx.commit().await?;
    Ok(refund)
}

async fn exists(tx: &mut TenantTx, refund: RefundId, payment: PaymentId) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from refunds
               where tenant_id = $1
                 and id = $2
                 and payment_id = $3
           ) as "exists!""#,
        tx.tenant(),
        refund.uuid(),
        payment.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// M-Pesa takes back a whole transaction, and only from the account that took it, where that one has an operator.
async fn can_be_reversed(tx: &mut TenantTx, payment: PaymentId, amount: Money) -> Result<bool, AppError> {
    let is_whole = sqlx::query_scalar!(
        r#"select exists (
               select from payments p
               where p.tenant_id = $1
                 and p.id = $2
                 and p.method in ('mpesa_paybill', 'mpesa_till')
                 and p.mpesa_receipt is not null
                 and coalesce(p.paid_amount_cents, p.amount_cents) = $3
           ) as "is_whole!""#,
        tx.tenant(),
        payment.uuid(),
        amount.minor()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(is_whole && senders(tx, &[payment]).await?.can_reverse(payment))
}
