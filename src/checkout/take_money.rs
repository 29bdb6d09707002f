//! Money meets its order: what the order lacks it takes, what it cannot take is owed back.
//!
//! Whoever calls holds the locks of the order's goods and of the order; the payment's is taken here.

use super::{
    locks::{LockedOrder, move_locked_order},
    note_paid::note_paid,
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    inventory::{
        holds::{count_held, place_holds, release_holds, turn_holds_into_sales},
        locks::LockedGoods,
    },
    kernel::{
        id::{CustomerId, OrderId, PaymentId, RefundId, VariantId},
        money::Money,
        quantity::Quantity,
    },
    mail::{kind::MailKind, outbox::tell_buyer},
    orders::{
        own_words::OwnWords,
        status::{OrderStatus, PaymentState},
    },
    payments::ledger::{self, OrderMoney, Place, Transfer, Why},
    pricing::redemptions,
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// How long the goods of an order that is paid in part are kept for the rest.
const KEPT_FOR_THE_REST: TimeDelta = TimeDelta::hours(24);

/// Money that is about to be put on an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Incoming {
    pub payment: PaymentId,
    pub amount: Money,
    pub from: Place,
    pub why: Why,
}

/// What an order did with money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is paid now.
    InFull,
    /// It lacks something still.
    InPart,
    /// It could take none of it; a refund waits for a person.
    NotAtAll(&'static str),
}

/// Puts money on an order and moves it along when it is paid in full.
pub(super) async fn take(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    goods: &[LockedGoods],
    money: Incoming,
) -> Result<Taken, AppError> {
    let now = ctx.now();
    let before = ledger::on_order(tx, order.id, order.total.currency()).await?;
    let missing = before.missing(order.total)?;
    if missing.is_zero() {
        return refuse(ctx, tx, order, money, OwnWords::PaidTwice.as_str()).await;
    }
    let covers = money.amount.minor() >= missing.minor();
    match order.status {
        OrderStatus::Refunded => refuse(ctx, tx, order, money, OwnWords::PaidAfterRefund.as_str()).await,
        // Late money opens an order again that ran out of time, where it pays for all of it and the goods are there.
        OrderStatus::Cancelled if is_called_off(tx, order.id).await? => {
            refuse(ctx, tx, order, money, OwnWords::PaidAfterCallingOff.as_str()).await
        }
        OrderStatus::Cancelled if !covers => refuse(ctx, tx, order, money, OwnWords::PaidTooLate.as_str()).await,
        // What is paid in full needs nobody's word any more, a cash order that waits for it included.
        OrderStatus::Pending | OrderStatus::AwaitingPayment | OrderStatus::Cancelled if covers => {
            if !sell(tx, order.id, goods, now).await? {
                return turn_away(ctx, tx, order, &before, money).await;
            }
            let note = if order.status == OrderStatus::Cancelled { OwnWords::PaidLate.as_str() } else { "" };
            put_on(ctx, tx, order, money, missing).await?;
            let state = find_state(tx, order).await?;
            move_locked_order(tx, order, OrderStatus::Paid, state, note, now).await?;
            redemptions::use_up(tx, order.id, now).await?;
            reward_customer(tx, order, now).await?;
            note_paid(tx, order, now).await?;
            Ok(Taken::InFull)
        }
        // The deposit of a cash order accepts it: it is there to be packed, and the rest is collected at the door.
        OrderStatus::Pending if order.is_reached(&before, money.amount)? => {
            if !sell(tx, order.id, goods, now).await? {
                return turn_away(ctx, tx, order, &before, money).await;
            }
            put_on(ctx, tx, order, money, missing).await?;
            move_locked_order(tx, order, OrderStatus::Paid, PaymentState::Partial, OwnWords::DepositCame.as_str(), now)
                .await?;
            redemptions::use_up(tx, order.id, now).await?;
            tell_buyer(tx, MailKind::OrderPlaced, order.id, order.id.uuid()).await?;
            Ok(Taken::InPart)
        }
        // A part; or an accepted cash order, which goes its way before it is paid.
        _ => {
            put_on(ctx, tx, order, money, missing).await?;
            note_state(tx, order, now).await?;
            if covers {
                reward_customer(tx, order, now).await?;
                note_paid(tx, order, now).await?;
                return Ok(Taken::InFull);
            }
            keep_goods(tx, order, now).await?;
            Ok(Taken::InPart)
        }
    }
}

/// Somebody closed it, not the clock, or its buyer was erased since: it stays closed, whatever comes.
pub(super) async fn is_called_off(tx: &mut TenantTx, order: OrderId) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select o.customer_phone is null or exists (
               select
               from order_status_history h
               where h.tenant_id = $1
                 and h.order_id = o.id
                 and h.to_status = 'cancelled'
                 and h.changed_by is not null
           ) as "is_called_off!"
           from orders o
           where o.tenant_id = $1
             and o.id = $2"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// What the order lacks goes on it, the rest is owed back.
async fn put_on(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    money: Incoming,
    missing: Money,
) -> Result<(), AppError> {
    let taken = if money.amount.minor() < missing.minor() { money.amount } else { missing };
    let transfer = Transfer {
        payment: money.payment,
        from: money.from,
        to: Place::Order(order.id),
        amount: taken,
        why: money.why,
    };
    ledger::book(tx, ctx.actor, transfer, ctx.now()).await?;
    let over = money.amount.minus(taken).map_err(AppError::broken)?;
    if over.minor() > 0 {
        owe(ctx, tx, order, Incoming { amount: over, why: Why::Excess, ..money }, OwnWords::PaidTooMuch.as_str())
            .await?;
    }
    Ok(())
}

/// Nothing of it can be used; the order stays as it is.
async fn refuse(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    money: Incoming,
    reason: &'static str,
) -> Result<Taken, AppError> {
    let why = if order.status == OrderStatus::Cancelled { Why::TooLate } else { Why::Excess };
    owe(ctx, tx, order, Incoming { why, ..money }, reason).await?;
    note_state(tx, order, ctx.now()).await?;
    Ok(Taken::NotAtAll(reason))
}

/// The goods went to somebody else: the order closes, and all that came for it is owed back.
async fn turn_away(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    before: &OrderMoney,
    money: Incoming,
) -> Result<Taken, AppError> {
    const REASON: &str = OwnWords::PaidTooLate.as_str();
    let now = ctx.now();
    release_holds(tx, order.id).await?;
    redemptions::give_back(tx, order.id, now).await?;
    owe(ctx, tx, order, Incoming { why: Why::TooLate, ..money }, REASON).await?;
    if before.on_order.minor() > 0 {
        clear_order(ctx, tx, order, Why::TooLate).await?;
    }
    let state = find_state(tx, order).await?;
    move_locked_order(tx, order, OrderStatus::Cancelled, state, REASON, now).await?;
    Ok(Taken::NotAtAll(REASON))
}

/// Takes everything off an order that is closed: part payments go to the inbox, where a person decides.
pub(super) async fn clear_order(ctx: &Ctx, tx: &mut TenantTx, order: &LockedOrder, why: Why) -> Result<(), AppError> {
    let parts = sqlx::query!(
        r#"select payment_id, sum(amount_cents)::bigint as "amount_cents!"
           from ledger_entries
           where tenant_id = $1
             and order_id = $2
           group by payment_id
           having sum(amount_cents) > 0
           order by payment_id
           limit 100"#,
        tx.tenant(),
        order.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    for part in parts {
        let transfer = Transfer {
            payment: part.payment_id.into(),
            from: Place::Order(order.id),
            to: Place::Inbox,
            amount: Money::new(part.amount_cents, order.total.currency()),
            why,
        };
        ledger::book(tx, ctx.actor, transfer, ctx.now()).await?;
    }
    Ok(())
}

/// A refund for a person to make, of which the buyer is told: whoever paid in vain should not have to ask.
async fn owe(ctx: &Ctx, tx: &mut TenantTx, order: &LockedOrder, money: Incoming, reason: &str) -> Result<(), AppError> {
    let refund = RefundId::mint();
    sqlx::query!(
        "insert into refunds (tenant_id, id, order_id, payment_id, amount_cents, currency, reason, kind)
         values ($1, $2, $3, $4, $5, $6, $7, 'excess')",
        tx.tenant(),
        refund.uuid(),
        order.id.uuid(),
        money.payment.uuid(),
        money.amount.minor(),
        money.amount.currency().code(),
        reason
    )
    .execute(tx.conn())
    .await?;
    let transfer = Transfer {
        payment: money.payment,
        from: money.from,
        to: Place::Refund(refund),
        amount: money.amount,
        why: money.why,
    };
    ledger::book(tx, ctx.actor, transfer, ctx.now()).await?;
    tell_buyer(tx, MailKind::RefundAsked, order.id, refund.uuid()).await?;
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
         ), done as (
             insert into customer_events (tenant_id, customer_id, event_type, metadata, occurred_at)
             select $1, c.id, 'order_paid', jsonb_build_object('order', $5::uuid), $4
             from customers c
             where c.tenant_id = $1
               and c.id = $2
               and c.phone is not null
         )
         update customers
         set lifetime_value_cents = lifetime_value_cents + $3, last_order_at = $4, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        order.customer.map(CustomerId::uuid),
        order.total.minor(),
        now,
        order.id.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What is to be said of the order's payment, by the ledger.
pub(super) async fn find_state(tx: &mut TenantTx, order: &LockedOrder) -> Result<PaymentState, AppError> {
    Ok(state_of(&ledger::on_order(tx, order.id, order.total.currency()).await?, order.total))
}

/// Paid while an order has what it costs, refunds taken off; refunded when all that came for it is gone. What waits to
/// be sent back has not gone.
fn state_of(money: &OrderMoney, total: Money) -> PaymentState {
    if money.on_order.minor() + money.excess.minor() + money.in_refund.minor() <= 0 {
        return if money.received.minor() > 0 { PaymentState::Refunded } else { PaymentState::Unpaid };
    }
    let has = money.on_order.minor() + money.excess.minor();
    if has >= total.minor() - money.refunded.minor() { PaymentState::Paid } else { PaymentState::Partial }
}

/// Says of the order's payment what the ledger says; where the order stands does not change.
pub(super) async fn note_state(tx: &mut TenantTx, order: &LockedOrder, now: DateTime<Utc>) -> Result<(), AppError> {
    let state = find_state(tx, order).await?;
    sqlx::query!(
        "update orders
         set payment_status = $3,
             paid_at = case when $3 = 'paid' and status <> 'cancelled' then coalesce(paid_at, $4) else paid_at end,
             version = version + 1,
             updated_at = $4
         where tenant_id = $1
           and id = $2
           and payment_status <> $3",
        tx.tenant(),
        order.id.uuid(),
        state.as_str(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Who has paid a part gets a day for the rest.
async fn keep_goods(tx: &mut TenantTx, order: &LockedOrder, now: DateTime<Utc>) -> Result<(), AppError> {
    sqlx::query!(
        "update stock_holds
         set expires_at = greatest(expires_at, $3), updated_at = $4
         where tenant_id = $1
           and order_id = $2
           and released_at is null
           and converted_at is null",
        tx.tenant(),
        order.id.uuid(),
        now + KEPT_FOR_THE_REST,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_payment_follows_from_where_the_money_stands() {
        let said = |received, on_order, refunded, excess, in_refund| {
            let kes = Money::shillings;
            let money = OrderMoney {
                received: kes(received),
                on_order: kes(on_order),
                refunded: kes(refunded),
                excess: kes(excess),
                in_refund: kes(in_refund),
            };
            state_of(&money, kes(1_000))
        };
        // received, on the order, taken off it for refunds, excess, refunds not sent yet
        for (money, state) in [
            ((0, 0, 0, 0, 0), PaymentState::Unpaid),
            ((400, 400, 0, 0, 0), PaymentState::Partial),
            ((1_000, 1_000, 0, 0, 0), PaymentState::Paid),
            ((2_000, 1_000, 0, 1_000, 0), PaymentState::Paid),
            ((1_000, 700, 300, 0, 300), PaymentState::Paid),
            ((1_000, 700, 300, 0, 0), PaymentState::Paid),
            ((900, 600, 300, 0, 300), PaymentState::Partial),
            ((1_000, 0, 1_000, 0, 1_000), PaymentState::Paid),
            ((1_000, 0, 1_000, 0, 0), PaymentState::Refunded),
            ((1_000, 0, 0, 1_000, 0), PaymentState::Paid),
            ((1_000, 0, 0, 0, 0), PaymentState::Refunded),
        ] {
            assert_eq!(said(money.0, money.1, money.2, money.3, money.4), state, "{money:?}");
        }
    }
}
