//! The one way in which a prompt ends: callback, status query and reconciler all come through here.
//!
//! Locks, in this order: the order's goods (by id), the order, the payment. Success beats failure
//! in any order; what is settled stays settled.

use super::{
    land_money::{claim_receipt, find_receipt, put_inbox_money},
    locks::{LockedOrder, LockedPayment, audit_payment, lock_order, lock_payment},
    record_step::record,
    take_money::{Incoming, Taken, take},
    till_prompt::list_waiting_money,
    told_twice::keep_receipt,
};
use crate::{
    analytics::event::Step,
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    inventory::locks::{LockedGoods, lock_order_goods},
    kernel::{
        id::{OrderId, PaymentId},
        money::Money,
    },
    orders::status::OrderStatus,
    payments::{
        ledger::{self, Place, Why},
        providers::{mpesa::outcome::StkOutcome, paystack::outcome::CardOutcome},
        status::PaymentStatus,
    },
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// The provider named another sum than was asked for: nothing is fulfilled, and a person looks.
pub(crate) const MISMATCH: &str = "amount_mismatch";
/// Its money had come as a payment of its own before: it brings nothing more, and is not asked about.
pub(super) const PAID_OTHERWISE: &str = "paid_otherwise";

/// From where the end became known; the words of `payments.result_source`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Callback,
    Query,
    /// The provider told of money that came by itself.
    C2b,
    /// It stood in the provider's own list.
    Pull,
    /// The shopper typed the receipt and the provider confirmed it.
    Receipt,
    /// Somebody had it in their hand.
    Cash,
    Card,
    /// Our own refusal to go on, such as wrong settings; or what a person says.
    Operator,
}

impl Source {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Query => "query",
            Self::C2b => "c2b",
            Self::Pull => "pull",
            Self::Receipt => "receipt",
            Self::Cash => "cash",
            Self::Card => "card",
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

/// What settling needs to know of an end, from whichever provider.
struct Ending {
    is_paid: bool,
    is_failure: bool,
    /// Our word for it.
    word: &'static str,
    source: Source,
    receipt: Option<String>,
    checkout_request_id: Option<String>,
}

impl From<Verdict> for Ending {
    fn from(verdict: Verdict) -> Self {
        Self {
            is_paid: verdict.outcome == StkOutcome::Paid,
            is_failure: verdict.outcome.is_final_failure(),
            word: verdict.outcome.as_str(),
            source: verdict.source,
            receipt: verdict.receipt,
            checkout_request_id: verdict.checkout_request_id,
        }
    }
}

/// What settling came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The order is paid by this.
    Paid,
    /// It has brought a part of what the order costs.
    PaidInPart,
    /// Money came for an order that could not take it; a refund waits for a person.
    PaidTooLate,
    /// Money came, and nobody knows yet what for.
    InInbox,
    Failed,
    /// It had ended before, or the outcome decides nothing.
    Unchanged,
}

impl From<Taken> for Settled {
    fn from(taken: Taken) -> Self {
        match taken {
            Taken::InFull => Self::Paid,
            Taken::InPart => Self::PaidInPart,
            Taken::NotAtAll(_) => Self::PaidTooLate,
        }
    }
}

/// Settles a payment once, however often and from however many sides it is called.
pub async fn settle(ctx: &Ctx, payment: PaymentId, verdict: Verdict) -> Result<Settled, AppError> {
    end(ctx, payment, verdict.into()).await
}

/// The same for a payment by card.
pub async fn settle_card(
    ctx: &Ctx,
    payment: PaymentId,
    outcome: CardOutcome,
    source: Source,
) -> Result<Settled, AppError> {
    let ending = Ending {
        is_paid: outcome == CardOutcome::Paid,
        is_failure: outcome != CardOutcome::Paid,
        word: outcome.as_str(),
        source,
        receipt: None,
        checkout_request_id: None,
    };
    end(ctx, payment, ending).await
}

/// A payment of which the provider named another sum comes to nothing. The word stays for a person to see, and the
/// sum that was asked for still wins when it comes late.
pub(super) async fn end_mismatched(ctx: &Ctx, payment: PaymentId, source: Source) -> Result<Settled, AppError> {
    let ending =
        Ending { is_paid: false, is_failure: true, word: MISMATCH, source, receipt: None, checkout_request_id: None };
    end(ctx, payment, ending).await
}

async fn end(ctx: &Ctx, payment: PaymentId, verdict: Ending) -> Result<Settled, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let glance = sqlx::query!(
        "select order_id, status
         from payments
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let target = if verdict.is_paid { PaymentStatus::Succeeded } else { PaymentStatus::Failed };
    // Money without an order came by itself: it has ended as it began.
    let Some(order) = glance.order_id.map(OrderId::from) else { return Ok(Settled::Unchanged) };
    let goods = if target == PaymentStatus::Succeeded && glance.status != "succeeded" {
        lock_order_goods(&mut tx, order).await?
    } else {
        Vec::new()
    };
    let order = lock_order(&mut tx, order).await?;
    let locked = lock_payment(&mut tx, payment).await?;
    let gave_way = locked.status == PaymentStatus::Failed && locked.failure.as_deref() == Some(PAID_OTHERWISE);
    if gave_way || !locked.status.may_become(target) {
        keep_receipt(ctx, &mut tx, &locked, verdict.receipt.as_deref()).await?;
        tx.commit().await?;
        return Ok(Settled::Unchanged);
    }
    let settled = match target {
        PaymentStatus::Succeeded => succeed(ctx, &mut tx, &order, &locked, &goods, &verdict).await?,
        _ if !verdict.is_failure => return Ok(Settled::Unchanged),
        _ => fail(&mut tx, &locked, &verdict, now).await?,
    };
    tx.commit().await?;
    record_end(ctx, &order, locked.amount, settled);
    tracing::info!(order.id = %order.id, payment.id = %payment, outcome = verdict.word, source = verdict.source.as_str(), settled = ?settled, "a payment was settled");
    Ok(settled)
}

/// Tells the shop's figures what became of the money.
pub(super) fn record_end(ctx: &Ctx, order: &LockedOrder, amount: Money, settled: Settled) {
    let (amount_cents, around) = (amount.minor(), order.around());
    match settled {
        Settled::Paid => {
            record(ctx, Step::PaymentSucceeded { order: order.id, amount_cents }, around.clone());
            // An accepted cash order was counted then.
            let is_accepted = order.payment_method.as_deref() == Some("cod") && order.status != OrderStatus::Pending;
            if !is_accepted {
                record(ctx, Step::OrderCompleted { order: order.id, amount_cents: order.total.minor() }, around);
            }
        }
        Settled::PaidInPart | Settled::PaidTooLate => {
            record(ctx, Step::PaymentSucceeded { order: order.id, amount_cents }, around.clone());
            let is_deposit = order.status == OrderStatus::Pending
                && order.deposit.is_some_and(|deposit| amount_cents >= deposit.minor());
            if settled == Settled::PaidInPart && is_deposit {
                record(ctx, Step::OrderCompleted { order: order.id, amount_cents: order.total.minor() }, around);
            }
        }
        Settled::Failed => record(ctx, Step::PaymentFailed { order: order.id, amount_cents }, around),
        Settled::InInbox | Settled::Unchanged => {}
    }
}

async fn write_end(
    tx: &mut TenantTx,
    payment: PaymentId,
    status: PaymentStatus,
    verdict: &Ending,
    paid_cents: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let failure = (status == PaymentStatus::Failed).then_some(verdict.word);
    sqlx::query!(
        "update payments
         set status = $3,
             failure_reason = case when $3 = 'failed' and failure_reason = 'amount_mismatch' and $4 <> 'paid_otherwise'
                                   then failure_reason
                                   else $4
                              end,
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
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    payment: &LockedPayment,
    goods: &[LockedGoods],
    verdict: &Ending,
) -> Result<Settled, AppError> {
    let is_of_this_prompt = matches!(verdict.source, Source::Callback | Source::Query);
    if let Some(holder) = find_receipt(tx, verdict.receipt.as_deref()).await?.filter(|holder| *holder != payment.id) {
        return if is_of_this_prompt {
            give_way(ctx, tx, order, payment, goods, verdict, holder).await
        } else {
            // Told of at the same moment from another side: theirs counts.
            Ok(Settled::Unchanged)
        };
    }
    if is_of_this_prompt
        && verdict.receipt.is_none()
        && let Some(waiting) = find_waiting(tx, payment).await?
    {
        return give_way(ctx, tx, order, payment, goods, verdict, waiting).await;
    }
    // What the provider confirmed for this very prompt is ours whoever has claimed it; what it told of otherwise is not.
    if let Some(receipt) = &verdict.receipt
        && !claim_receipt(tx, receipt).await?
        && !is_of_this_prompt
    {
        return Err(AppError::Refused(Refusal::ReceiptUsed));
    }
    write_end(tx, payment.id, PaymentStatus::Succeeded, verdict, Some(payment.amount.minor()), ctx.now()).await?;
    let money = Incoming { payment: payment.id, amount: payment.amount, from: Place::Outside, why: Why::Received };
    let taken = take(ctx, tx, order, goods, money).await?;
    let settled = Settled::from(taken);
    let event = if let Taken::NotAtAll(_) = taken { "overpaid" } else { "succeeded" };
    let facts = match taken {
        Taken::NotAtAll(reason) => json!({ "source": verdict.source.as_str(), "reason": reason }),
        _ => json!({ "source": verdict.source.as_str() }),
    };
    audit_payment(tx, payment.id, event, facts).await?;
    Ok(settled)
}

/// Neither a question nor a callback without a receipt says which money it is: what waits in the inbox for somebody to
/// say whose it is may be this prompt's, and would be counted twice.
async fn find_waiting(tx: &mut TenantTx, payment: &LockedPayment) -> Result<Option<PaymentId>, AppError> {
    for waiting in list_waiting_money(tx, payment.id).await? {
        // Looked at under the lock: another prompt, or a person, may take it now.
        lock_payment(tx, waiting).await?;
        if ledger::standing(tx, waiting).await? == [(Place::Inbox, payment.amount)] {
            return Ok(Some(waiting));
        }
    }
    Ok(None)
}

/// The receipt is another payment's of ours: this very money was told of before, and nobody knew what for. What the
/// inbox holds of it goes on the order, and the prompt ends as done by it.
async fn give_way(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    payment: &LockedPayment,
    goods: &[LockedGoods],
    verdict: &Ending,
    holder: PaymentId,
) -> Result<Settled, AppError> {
    let ending = Ending {
        is_paid: false,
        is_failure: true,
        word: PAID_OTHERWISE,
        source: verdict.source,
        receipt: None,
        checkout_request_id: verdict.checkout_request_id.clone(),
    };
    write_end(tx, payment.id, PaymentStatus::Failed, &ending, None, ctx.now()).await?;
    let facts = json!({ "source": verdict.source.as_str(), "outcome": PAID_OTHERWISE, "payment": holder });
    audit_payment(tx, payment.id, "failed", facts).await?;
    // Read under the lock: a person may be deciding about it.
    lock_payment(tx, holder).await?;
    let standing = ledger::standing(tx, holder).await?;
    match standing.into_iter().find(|(place, _)| *place == Place::Inbox) {
        Some((_, held)) => put_inbox_money(ctx, tx, order, goods, holder, held).await,
        // It stands elsewhere by now, where somebody put it.
        None => Ok(Settled::Unchanged),
    }
}

async fn fail(
    tx: &mut TenantTx,
    payment: &LockedPayment,
    verdict: &Ending,
    now: DateTime<Utc>,
) -> Result<Settled, AppError> {
    write_end(tx, payment.id, PaymentStatus::Failed, verdict, None, now).await?;
    audit_payment(tx, payment.id, "failed", json!({ "source": verdict.source.as_str(), "outcome": verdict.word }))
        .await?;
    Ok(Settled::Failed)
}
