//! Looks into a question: by what is known here, or else by putting it to the provider.

use super::{land_money::assign, locks::lock_order};
use crate::{
    ctx::{Ctx, Platform},
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::Actor,
        id::{OrderId, PaymentId, QuestionId, TenantId},
        money::Money,
    },
    payments::{
        ledger::{self, Place},
        questions::{self, Question},
    },
};
use std::sync::Arc;

/// Safe to run twice and at any time; what has its answer is left alone.
pub async fn ask(platform: &Arc<Platform>, tenant: TenantId, question: QuestionId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    let mut tx = ctx.tx().await?;
    let Some(question) = questions::find(&mut tx, question).await?.filter(|question| question.outcome.is_none()) else {
        return Ok(());
    };
    drop(tx);
    if let Some((order, receipt)) = typed(&question)
        && is_here(&ctx, order, receipt).await?
    {
        return close(&ctx, question.id, "landed").await;
    }
    questions::put(&ctx, &question).await
}

/// The order and the receipt that was typed for it.
pub(super) fn typed(question: &Question) -> Option<(OrderId, &str)> {
    question.order.zip(question.receipt.as_deref()).filter(|_| question.kind == "status")
}

async fn close(ctx: &Ctx, question: QuestionId, outcome: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    questions::close(&mut tx, question, outcome, None, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Whether the money is on this order, or can surely be put there: it lies in the inbox, and is exactly what lacks.
async fn is_here(ctx: &Ctx, order: OrderId, receipt: &str) -> Result<bool, AppError> {
    let mut tx = ctx.tx().await?;
    let Some(known) = find_known(&mut tx, order, receipt).await? else { return Ok(false) };
    match known {
        Known::OfThisOrder => Ok(true),
        Known::Elsewhere => Ok(false),
        Known::InInbox(payment, amount) => {
            let locked = lock_order(&mut tx, order).await?;
            let money = ledger::on_order(&mut tx, order, locked.total.currency()).await?;
            if money.missing(locked.total)? != amount {
                return Ok(false);
            }
            drop(tx);
            put(ctx, payment, order, amount).await
        }
    }
}

/// Where the money of a receipt stands that this merchant knows.
pub(super) enum Known {
    OfThisOrder,
    InInbox(PaymentId, Money),
    /// On another order, sent back, or a customer's.
    Elsewhere,
}

pub(super) async fn find_known(tx: &mut TenantTx, order: OrderId, receipt: &str) -> Result<Option<Known>, AppError> {
    let row = sqlx::query!(
        "select id, order_id
         from payments
         where tenant_id = $1
           and mpesa_receipt = $2",
        tx.tenant(),
        receipt
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let payment = PaymentId::from(row.id);
    if row.order_id == Some(order.uuid()) {
        return Ok(Some(Known::OfThisOrder));
    }
    let standing = ledger::standing(tx, payment).await?;
    if standing.iter().any(|(place, _)| *place == Place::Order(order)) {
        return Ok(Some(Known::OfThisOrder));
    }
    // What has been on an order, or was split, is for a person.
    Ok(Some(match standing.as_slice() {
        [(Place::Inbox, amount)] if row.order_id.is_none() => Known::InInbox(payment, *amount),
        _ => Known::Elsewhere,
    }))
}

/// Puts the inbox's money on the order; false when somebody was quicker.
pub(super) async fn put(ctx: &Ctx, payment: PaymentId, order: OrderId, amount: Money) -> Result<bool, AppError> {
    match assign(ctx, payment, order, amount).await {
        Ok(_) => Ok(true),
        Err(AppError::Refused(Refusal::MoneyIsNotThere)) => Ok(false),
        Err(fault) => Err(fault),
    }
}
