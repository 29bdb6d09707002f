//! How a refund ends: the money has left, or it has not, or it goes back to where it was asked from.
//!
//! Whoever calls holds the locks of the order and of the refund.

use super::{
    super::{
        locks::{audit_payment, move_locked_order},
        take_money,
    },
    letters,
    locks::{LockedRefund, list_held},
    write::change_worth,
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        id::{OrderId, PaymentId, UserId},
        money::Money,
    },
    mail::kind::MailKind,
    orders::{
        own_words::OwnWords,
        status::{OrderStatus, PaymentState},
    },
    payments::{
        ledger::{self, Place, Transfer, Why},
        refund::{RefundFailure, RefundWay},
    },
};
use serde_json::json;

/// The money has left: it is the world's again, and an order of which nothing is left is refunded.
pub(super) async fn sent(
    ctx: &Ctx,
    tx: &mut TenantTx,
    refund: &LockedRefund,
    way: RefundWay,
    receipt: Option<&str>,
) -> Result<(), AppError> {
    if refund.is_given_up {
        take_again(ctx, tx, refund).await?;
    }
    let held = list_held(tx, refund).await?;
    if held.is_empty() {
        return Err(AppError::Refused(Refusal::MoneyIsNotThere));
    }
    for (payment, amount) in held {
        move_money(ctx, tx, refund, payment, Place::Outside, amount, Why::RefundSent).await?;
        let facts = json!({ "refund": refund.id, "amount_cents": amount.minor(), "way": way.as_str() });
        audit_payment(tx, payment, "refunded", facts).await?;
    }
    end(ctx, tx, refund, "processed", way, receipt, None).await?;
    note_order(ctx, tx, refund).await?;
    letters::post(tx, refund.order.as_ref().map(|order| order.id), refund.id, MailKind::RefundSent).await?;
    Ok(())
}

/// It stays with the shop, as the customer's credit.
pub(super) async fn credited(ctx: &Ctx, tx: &mut TenantTx, refund: &LockedRefund, to: Place) -> Result<(), AppError> {
    let held = list_held(tx, refund).await?;
    if held.is_empty() {
        return Err(AppError::Refused(Refusal::MoneyIsNotThere));
    }
    for (payment, amount) in held {
        move_money(ctx, tx, refund, payment, to, amount, Why::Credited).await?;
        let facts = json!({ "refund": refund.id, "amount_cents": amount.minor() });
        audit_payment(tx, payment, "credited", facts).await?;
    }
    end(ctx, tx, refund, "processed", RefundWay::Credit, None, None).await?;
    note_order(ctx, tx, refund).await
}

/// Nothing was sent. The money stays the refund's, until somebody tries again or gives it up.
pub(super) async fn failed(
    ctx: &Ctx,
    tx: &mut TenantTx,
    refund: &LockedRefund,
    failure: RefundFailure,
) -> Result<(), AppError> {
    note_failure(tx, refund, failure).await?;
    end(ctx, tx, refund, "failed", refund.way, None, Some(failure)).await
}

/// Nothing was sent, and the provider never can: a person sends it, and reads why.
pub(super) async fn left_to_a_person(
    ctx: &Ctx,
    tx: &mut TenantTx,
    refund: &LockedRefund,
    failure: RefundFailure,
) -> Result<(), AppError> {
    note_failure(tx, refund, failure).await?;
    end(ctx, tx, refund, "pending", RefundWay::Manual, None, Some(failure)).await
}

async fn note_failure(tx: &mut TenantTx, refund: &LockedRefund, failure: RefundFailure) -> Result<(), AppError> {
    for (payment, _) in list_held(tx, refund).await? {
        let facts = json!({ "refund": refund.id, "failure": failure.as_str() });
        audit_payment(tx, payment, "refund_failed", facts).await?;
    }
    Ok(())
}

/// The money goes back to where it was asked from, and the order counts it no more.
pub(super) async fn given_up(ctx: &Ctx, tx: &mut TenantTx, refund: &LockedRefund) -> Result<(), AppError> {
    for (payment, amount) in list_held(tx, refund).await? {
        let to = came_from(tx, refund, payment).await?;
        move_money(ctx, tx, refund, payment, to, amount, Why::RefundGivenUp).await?;
        if let (Place::Order(_), Some(order)) = (to, &refund.order) {
            change_worth(ctx, tx, order, amount.minor()).await?;
        }
    }
    sqlx::query!(
        "update refunds
         set status = 'failed', given_up_at = $3, claimed_at = null, next_check_at = null, processed_by = $4, updated_at = $3
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        refund.id.uuid(),
        ctx.now(),
        ctx.actor.user().map(UserId::uuid)
    )
    .execute(tx.conn())
    .await?;
    note_order(ctx, tx, refund).await
}

/// Where this payment's money was before it was the refund's. What never stood anywhere, or whose order is closed, goes
/// to the inbox for a person.
async fn came_from(tx: &mut TenantTx, refund: &LockedRefund, payment: PaymentId) -> Result<Place, AppError> {
    let row = sqlx::query!(
        r#"select gave.place, gave.order_id, gave.customer_id
           from ledger_entries took
           join ledger_entries gave
             on gave.tenant_id = $1
            and gave.payment_id = took.payment_id
            and gave.transfer_id = took.transfer_id
            and gave.amount_cents < 0
           where took.tenant_id = $1
             and took.payment_id = $3
             and took.refund_id = $2
             and took.amount_cents > 0
           order by took.created_at desc, took.id desc
           limit 1"#,
        tx.tenant(),
        refund.id.uuid(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let is_closed = refund
        .order
        .as_ref()
        .is_none_or(|order| matches!(order.status, OrderStatus::Cancelled | OrderStatus::Refunded));
    Ok(match row {
        Some(row) => match (row.place.as_str(), row.order_id, row.customer_id) {
            ("order", Some(order), _) if !is_closed => Place::Order(OrderId::from(order)),
            ("credit", _, Some(customer)) => Place::Credit(customer.into()),
            _ => Place::Inbox,
        },
        None => Place::Inbox,
    })
}

/// The provider has sent what was given up here: it is taken again from where it was put, as long as it is there.
async fn take_again(ctx: &Ctx, tx: &mut TenantTx, refund: &LockedRefund) -> Result<(), AppError> {
    let rows = sqlx::query!(
        r#"select gave.payment_id, -gave.amount_cents as "amount_cents!", took.place, took.order_id, took.customer_id
           from ledger_entries gave
           join ledger_entries took
             on took.tenant_id = $1
            and took.payment_id = gave.payment_id
            and took.transfer_id = gave.transfer_id
            and took.amount_cents > 0
           where gave.tenant_id = $1
             and gave.refund_id = $2
             and gave.reason = 'refund_given_up'
           order by gave.payment_id
           limit 100"#,
        tx.tenant(),
        refund.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    for row in rows {
        let from = match (row.place.as_str(), row.order_id, row.customer_id) {
            ("order", Some(order), _) => Place::Order(OrderId::from(order)),
            ("credit", _, Some(customer)) => Place::Credit(customer.into()),
            _ => Place::Inbox,
        };
        let amount = Money::new(row.amount_cents, refund.amount.currency());
        let transfer = Transfer {
            payment: row.payment_id.into(),
            from,
            to: Place::Refund(refund.id),
            amount,
            why: Why::RefundAsked,
        };
        ledger::book(tx, ctx.actor, transfer, ctx.now()).await?;
        if let (Place::Order(_), Some(order)) = (from, &refund.order) {
            change_worth(ctx, tx, order, -amount.minor()).await?;
        }
    }
    Ok(())
}

async fn move_money(
    ctx: &Ctx,
    tx: &mut TenantTx,
    refund: &LockedRefund,
    payment: PaymentId,
    to: Place,
    amount: Money,
    why: Why,
) -> Result<(), AppError> {
    let transfer = Transfer { payment, from: Place::Refund(refund.id), to, amount, why };
    ledger::book(tx, ctx.actor, transfer, ctx.now()).await
}

async fn end(
    ctx: &Ctx,
    tx: &mut TenantTx,
    refund: &LockedRefund,
    status: &str,
    way: RefundWay,
    receipt: Option<&str>,
    failure: Option<RefundFailure>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update refunds
         set status = $3,
             way = $4,
             receipt = coalesce($5, receipt),
             failure = $6,
             processed_at = case when $3 = 'processed' then $7::timestamptz end,
             processed_by = case when $3 = 'processed' then $8::uuid end,
             given_up_at = null,
             claimed_at = case when $3 = 'processed' then claimed_at end,
             next_check_at = null,
             updated_at = $7
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        refund.id.uuid(),
        status,
        way.as_str(),
        receipt,
        failure.map(RefundFailure::as_str),
        ctx.now(),
        ctx.actor.user().map(UserId::uuid)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Says of the order what the ledger says now.
async fn note_order(ctx: &Ctx, tx: &mut TenantTx, refund: &LockedRefund) -> Result<(), AppError> {
    let Some(order) = &refund.order else { return Ok(()) };
    let state = take_money::find_state(tx, order).await?;
    // A closed order whose money is back stays closed.
    let is_over = state == PaymentState::Refunded
        && order.status != OrderStatus::Cancelled
        && order.status.go(OrderStatus::Refunded).is_ok();
    if is_over {
        move_locked_order(tx, order, OrderStatus::Refunded, state, OwnWords::AllSentBack.as_str(), ctx.now()).await
    } else {
        take_money::note_state(tx, order, ctx.now()).await
    }
}
