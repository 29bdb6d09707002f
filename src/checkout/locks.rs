//! The row locks on an order and its payment; taken after the stock's.

use crate::{
    analytics::event::Around,
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        currency::Currency,
        id::{CartId, CustomerId, OrderId, PaymentId},
        money::Money,
    },
    orders::status::{OrderStatus, PaymentState},
    payments::{ledger::OrderMoney, status::PaymentStatus},
};
use chrono::{DateTime, Utc};
use serde_json::json;

pub(super) struct LockedOrder {
    pub id: OrderId,
    pub number: i64,
    pub version: i32,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub payment_method: Option<String>,
    pub total: Money,
    /// What accepts a cash order when it has come.
    pub deposit: Option<Money>,
    pub customer: Option<CustomerId>,
    pub cart: Option<CartId>,
    pub area: Option<String>,
}

impl LockedOrder {
    /// What its row tells of a step.
    pub fn around(&self) -> Around {
        Around { customer: self.customer, cart: self.cart, area: self.area.clone(), ..Around::default() }
    }

    /// Whether this much more beside what it has reaches the deposit; never where none is waited for.
    pub fn is_reached(&self, has: &OrderMoney, amount: Money) -> Result<bool, AppError> {
        let Some(deposit) = self.deposit else { return Ok(false) };
        Ok(has.on_order.plus(amount).map_err(AppError::broken)?.minor() >= deposit.minor())
    }

    /// What is asked for now: all that it lacks, or the deposit's rest while a cash order waits for that.
    pub fn asked_now(&self, has: &OrderMoney) -> Result<Money, AppError> {
        let missing = has.missing(self.total)?;
        let (OrderStatus::Pending, Some(deposit)) = (self.status, self.deposit) else { return Ok(missing) };
        let lacks = deposit.minus(has.on_order).map_err(AppError::broken)?;
        Ok(if lacks.minor() > 0 && lacks.minor() < missing.minor() { lacks } else { missing })
    }
}

pub(super) struct LockedPayment {
    pub id: PaymentId,
    pub status: PaymentStatus,
    pub amount: Money,
    pub receipt: Option<String>,
    /// Why it brought nothing.
    pub failure: Option<String>,
}

fn unreadable<T>(value: Option<T>, what: &'static str) -> Result<T, AppError> {
    value.ok_or_else(|| DbError::corrupt(what, &"a word the program does not know").into())
}

pub(super) async fn lock_order(tx: &mut TenantTx, order: OrderId) -> Result<LockedOrder, AppError> {
    let row = sqlx::query!(
        "select id, order_number, version, status, payment_status, payment_method, total_cents, deposit_cents, currency, customer_id, cart_id,
                delivery_city_area
         from orders
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let currency = unreadable(Currency::parse(&row.currency), "orders.currency")?;
    Ok(LockedOrder {
        id: row.id.into(),
        number: row.order_number,
        version: row.version,
        status: unreadable(OrderStatus::parse(&row.status), "orders.status")?,
        payment_status: unreadable(PaymentState::parse(&row.payment_status), "orders.payment_status")?,
        payment_method: row.payment_method,
        total: Money::new(row.total_cents, currency),
        deposit: row.deposit_cents.map(|cents| Money::new(cents, currency)),
        customer: row.customer_id.map(Into::into),
        cart: row.cart_id.map(Into::into),
        area: row.delivery_city_area,
    })
}

pub(super) async fn lock_payment(tx: &mut TenantTx, payment: PaymentId) -> Result<LockedPayment, AppError> {
    let row = sqlx::query!(
        "select id, status, amount_cents, currency, mpesa_receipt, failure_reason
         from payments
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let currency = unreadable(Currency::parse(&row.currency), "payments.currency")?;
    Ok(LockedPayment {
        id: row.id.into(),
        status: unreadable(PaymentStatus::parse(&row.status), "payments.status")?,
        amount: Money::new(row.amount_cents, currency),
        receipt: row.mpesa_receipt,
        failure: row.failure_reason,
    })
}

/// Writes a move of an order and its history; the row is locked by the caller. Money that closes an order has not paid
/// it: nothing is sold, and no receipt is due.
pub(super) async fn move_locked_order(
    tx: &mut TenantTx,
    order: &LockedOrder,
    to: OrderStatus,
    payment: PaymentState,
    note: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    sqlx::query!(
        "with moved as (
             update orders
             set status = $3,
                 payment_status = $4,
                 paid_at = case when $4 = 'paid' and $3 <> 'cancelled' then coalesce(paid_at, $5) else paid_at end,
                 cancelled_at = case when $3 = 'cancelled' then $5 else null end,
                 version = version + 1,
                 updated_at = $5
             where tenant_id = $1
               and id = $2
             returning id
         )
         insert into order_status_history (tenant_id, order_id, from_status, to_status, changed_at, note)
         select $1, moved.id, $6, $3, $5, nullif($7, '')
         from moved",
        tx.tenant(),
        order.id.uuid(),
        to.as_str(),
        payment.as_str(),
        now,
        order.status.as_str(),
        note
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Adds a line to a payment's audit.
pub(super) async fn audit_payment(
    tx: &mut TenantTx,
    payment: PaymentId,
    event: &str,
    facts: serde_json::Value,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into payment_audit (tenant_id, payment_id, event_type, metadata)
         values ($1, $2, $3, $4)",
        tx.tenant(),
        payment.uuid(),
        event,
        facts
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes a call to a provider that moved nothing by itself, and the word it was answered with or came to nothing by.
pub(super) async fn note_call(ctx: &Ctx, payment: PaymentId, call: &str, answer: &str) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    audit_payment(&mut tx, payment, "asked", json!({ "call": call, "answer": answer })).await?;
    Ok(tx.commit().await?)
}
