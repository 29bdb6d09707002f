//! The one way in which a prompt ends: callback, status query and reconciler all come through here.
//!
//! Locks, in this order: the order's goods (by id), the order, the payment. Success beats failure
//! in any order; what is settled stays settled.

use super::{
    locks::{LockedOrder, LockedPayment, audit_payment, lock_order, lock_payment, move_locked_order},
    record_step::record,
};
use crate::{
    analytics::event::Step,
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    inventory::{
        holds::{count_held, place_holds, release_holds, turn_holds_into_sales},
        locks::{LockedGoods, lock_order_goods},
    },
    kernel::{
        id::{OrderId, PaymentId, VariantId},
        money::Money,
        quantity::Quantity,
    },
    orders::status::{OrderStatus, PaymentState},
    payments::{providers::mpesa::outcome::StkOutcome, status::PaymentStatus},
    pricing::redemptions,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// From where the end became known; the words of `payments.result_source`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Callback,
    Query,
    /// Our own refusal to go on, such as wrong settings.
    Operator,
}

impl Source {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Query => "query",
            Self::Operator => "operator",
        }
    }
}

/// How a payment ended. A success has been confirmed by the provider before it comes here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub outcome: StkOutcome,
    pub source: Source,
    /// The status query brings none; a callback may bring it later.
    pub receipt: Option<String>,
    /// Supplies the provider's id where the answer to the prompt was lost.
    pub checkout_request_id: Option<String>,
}

impl Verdict {
    pub const fn failed(outcome: StkOutcome, source: Source) -> Self {
        Self { outcome, source, receipt: None, checkout_request_id: None }
    }
}

/// What settling came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The order is paid by this.
    Paid,
    /// Money came for an order that could not take it; a refund waits for a person.
    PaidTooLate,
    Failed,
    /// It had ended before, or the outcome decides nothing.
    Unchanged,
}

/// Settles a payment once, however often and from however many sides it is called.
pub async fn settle(ctx: &Ctx, payment: PaymentId, verdict: Verdict) -> Result<Settled, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let glance = sqlx::query!(
        "select order_id, status from payments where tenant_id = $1 and id = $2",
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let target = if verdict.outcome == StkOutcome::Paid { PaymentStatus::Succeeded } else { PaymentStatus::Failed };
    let order: OrderId = glance.order_id.into();
    let goods = if target == PaymentStatus::Succeeded && glance.status != "succeeded" {
        lock_order_goods(&mut tx, order).await?
    } else {
        Vec::new()
    };
    let order = lock_order(&mut tx, order).await?;
    let locked = lock_payment(&mut tx, payment).await?;
    if !locked.status.may_become(target) {
        keep_receipt(&mut tx, &locked, &verdict).await?;
        tx.commit().await?;
        return Ok(Settled::Unchanged);
    }
    let settled = match target {
        PaymentStatus::Succeeded => succeed(&mut tx, &order, &locked, &goods, &verdict, now).await?,
        _ if !verdict.outcome.is_final_failure() => return Ok(Settled::Unchanged),
        _ => fail(&mut tx, &locked, &verdict, now).await?,
    };
    tx.commit().await?;
    let (amount_cents, around) = (locked.amount.minor(), order.around());
    match settled {
        Settled::Paid => {
            record(ctx, Step::PaymentSucceeded { order: order.id, amount_cents }, around.clone());
            record(ctx, Step::OrderCompleted { order: order.id, amount_cents: order.total.minor() }, around);
        }
        Settled::PaidTooLate => record(ctx, Step::PaymentSucceeded { order: order.id, amount_cents }, around),
        Settled::Failed => record(ctx, Step::PaymentFailed { order: order.id, amount_cents }, around),
        Settled::Unchanged => {}
    }
    tracing::info!(order.id = %order.id, payment.id = %payment, outcome = verdict.outcome.as_str(), source = verdict.source.as_str(), settled = ?settled, "a payment was settled");
    Ok(settled)
}

async fn write_end(
    tx: &mut TenantTx,
    payment: PaymentId,
    status: PaymentStatus,
    verdict: &Verdict,
    paid_cents: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let failure = (status == PaymentStatus::Failed).then(|| verdict.outcome.as_str());
    sqlx::query!(
        "update payments
         set status = $3,
             failure_reason = $4,
             mpesa_receipt = coalesce($5, mpesa_receipt),
             result_source = $6,
             checkout_request_id = coalesce(checkout_request_id, $7),
             provider_reference = coalesce(provider_reference, $7),
             paid_amount_cents = coalesce($8, paid_amount_cents),
             completed_at = $9,
             updated_at = $9
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        payment.uuid(),
        status.as_str(),
        failure,
        verdict.receipt,
        verdict.source.as_str(),
        verdict.checkout_request_id,
        paid_cents,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn succeed(
    tx: &mut TenantTx,
    order: &LockedOrder,
    payment: &LockedPayment,
    goods: &[LockedGoods],
    verdict: &Verdict,
    now: DateTime<Utc>,
) -> Result<Settled, AppError> {
    write_end(tx, payment.id, PaymentStatus::Succeeded, verdict, Some(payment.amount.minor()), now).await?;
    let takes_money = order.payment_status == PaymentState::Unpaid && order.status.go(OrderStatus::Paid).is_ok();
    if takes_money && sell(tx, order.id, goods, now).await? {
        let note = if order.status == OrderStatus::Cancelled {
            "paid after it had been cancelled; the goods were still there"
        } else {
            ""
        };
        move_locked_order(tx, order, OrderStatus::Paid, PaymentState::Paid, note, now).await?;
        redemptions::use_up(tx, order.id, now).await?;
        reward_customer(tx, order, now).await?;
        // A prompt from before staff made the order cheaper asked for more.
        if let Ok(over) = payment.amount.minus(order.total)
            && over.minor() > 0
        {
            owe(tx, order, payment, over, "paid more than the order came to by then").await?;
        }
        audit_payment(tx, payment.id, "succeeded", json!({ "source": verdict.source.as_str() })).await?;
        return Ok(Settled::Paid);
    }
    // The money is real and the order cannot take it: a person gives it back.
    let reason =
        if order.payment_status == PaymentState::Paid { "paid twice" } else { "paid after the goods were gone" };
    if order.payment_status == PaymentState::Unpaid {
        release_holds(tx, order.id).await?;
        redemptions::give_back(tx, order.id, now).await?;
        let to = if order.status == OrderStatus::AwaitingPayment { OrderStatus::Cancelled } else { order.status };
        move_locked_order(tx, order, to, PaymentState::Paid, reason, now).await?;
    }
    owe(tx, order, payment, payment.amount, reason).await?;
    audit_payment(tx, payment.id, "overpaid", json!({ "source": verdict.source.as_str(), "reason": reason })).await?;
    Ok(Settled::PaidTooLate)
}

/// A refund for a person to make.
async fn owe(
    tx: &mut TenantTx,
    order: &LockedOrder,
    payment: &LockedPayment,
    amount: Money,
    reason: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into refunds (tenant_id, order_id, payment_id, amount_cents, reason)
         values ($1, $2, $3, $4, $5)",
        tx.tenant(),
        order.id.uuid(),
        payment.id.uuid(),
        amount.minor(),
        reason
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Makes sales of the order's goods, taking them again where the hold has ended. False when they are gone.
async fn sell(tx: &mut TenantTx, order: OrderId, goods: &[LockedGoods], now: DateTime<Utc>) -> Result<bool, AppError> {
    let variants: Vec<Uuid> = goods.iter().map(|line| line.variant.uuid()).collect();
    let others = count_held(tx, &variants, Some(order), now).await?;
    let is_there =
        |line: &LockedGoods| i64::from(line.stock) - others.get(&line.variant).copied().unwrap_or(0) >= line.quantity;
    if !goods.iter().all(is_there) {
        return Ok(false);
    }
    let wanted = goods.iter().filter(|line| line.quantity > 0).count() as u64;
    let sold = turn_holds_into_sales(tx, order, None).await?;
    if sold < wanted {
        // The holds were released when the order's time was over: take the goods again.
        let lines: Vec<(VariantId, Quantity)> = goods
            .iter()
            .filter_map(|line| Some((line.variant, Quantity::new(u32::try_from(line.quantity).ok()?)?)))
            .collect();
        place_holds(tx, order, &lines, now).await?;
        turn_holds_into_sales(tx, order, None).await?;
    }
    Ok(true)
}

async fn reward_customer(tx: &mut TenantTx, order: &LockedOrder, now: DateTime<Utc>) -> Result<(), AppError> {
    sqlx::query!(
        "with intent as (
             update payment_intents
             set status = 'completed', updated_at = $4
             where tenant_id = $1
               and order_id = $5
         )
         update customers
         set lifetime_value_cents = lifetime_value_cents + $3, last_order_at = $4, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        order.customer.map(crate::kernel::id::CustomerId::uuid),
        order.total.minor(),
        now,
        order.id.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn fail(
    tx: &mut TenantTx,
    payment: &LockedPayment,
    verdict: &Verdict,
    now: DateTime<Utc>,
) -> Result<Settled, AppError> {
    write_end(tx, payment.id, PaymentStatus::Failed, verdict, None, now).await?;
    audit_payment(
        tx,
        payment.id,
        "failed",
        json!({ "source": verdict.source.as_str(), "outcome": verdict.outcome.as_str() }),
    )
    .await?;
    Ok(Settled::Failed)
}

/// A callback that comes after the query has settled still brings the receipt.
async fn keep_receipt(tx: &mut TenantTx, payment: &LockedPayment, verdict: &Verdict) -> Result<(), AppError> {
    let Some(receipt) =
        verdict.receipt.as_deref().filter(|_| payment.status == PaymentStatus::Succeeded && payment.receipt.is_none())
    else {
        return Ok(());
    };
    sqlx::query!(
        "update payments set mpesa_receipt = $3, updated_at = now() where tenant_id = $1 and id = $2",
        tx.tenant(),
        payment.id.uuid(),
        receipt
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
