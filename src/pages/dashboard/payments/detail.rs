//! One payment: what is known of it, where its money stands, how it got there, and what happened step by step.

use super::super::{count, currency};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        id::{CustomerId, OrderId, PaymentId, RefundId},
        local_time::LocalTime,
        money::Money,
        order_number::OrderNumber,
        phone::Phone,
    },
    payments::{
        ledger::{Place, standing},
        status::PaymentStatus,
    },
};

#[derive(Clone, Debug)]
pub struct PaymentDetail {
    pub id: PaymentId,
    pub status: PaymentStatus,
    pub method: String,
    /// What was asked for.
    pub asked: Money,
    /// What came, once it has.
    pub received: Option<Money>,
    pub receipt: Option<String>,
    /// As people read it: `0711 223 344`.
    pub phone: Option<String>,
    pub typed_account: Option<String>,
    /// From where its end became known.
    pub source: Option<String>,
    pub failure: Option<String>,
    pub attempt: u32,
    pub requested_on: LocalTime,
    pub completed_on: Option<LocalTime>,
    /// The order it was made for, or was the first to be put on.
    pub order: Option<(OrderId, OrderNumber)>,
    /// Where its money stands now.
    pub standing: Vec<Standing>,
    pub moves: Vec<Move>,
    pub steps: Vec<Step>,
    /// Whether this person may move its money.
    pub may_handle: bool,
}

/// Money at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub place: PlaceShown,
    pub amount: Money,
}

/// A place with what a person needs to find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceShown {
    Outside,
    Inbox,
    Order(OrderId, OrderNumber),
    Credit(CustomerId),
    Refund(RefundId),
}

/// A transfer in the ledger.
#[derive(Clone, Debug)]
pub struct Move {
    pub from: String,
    pub to: String,
    pub amount: Money,
    /// A word of `ledger_entries.reason`.
    pub why: String,
    /// A team member's name; none when the program did it.
    pub by: Option<String>,
    pub at: LocalTime,
}

/// A line of the payment's audit.
#[derive(Clone, Debug)]
pub struct Step {
    /// A word of `payment_audit.event_type`.
    pub event: String,
    /// A word that says by which way it became known, where one was noted.
    pub source: Option<String>,
    pub at: LocalTime,
}

pub async fn load(ctx: &Ctx, id: PaymentId) -> Result<PaymentDetail, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let mut payment = load_payment(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    for (place, amount) in standing(&mut tx, id).await? {
        let place = match place {
            Place::Outside => PlaceShown::Outside,
            Place::Inbox => PlaceShown::Inbox,
            Place::Order(order) => PlaceShown::Order(order, number_of(&mut tx, order).await?),
            Place::Credit(customer) => PlaceShown::Credit(customer),
            Place::Refund(refund) => PlaceShown::Refund(refund),
        };
        payment.standing.push(Standing { place, amount });
    }
    payment.moves = list_moves(&mut tx, id).await?;
    payment.steps = list_steps(&mut tx, id).await?;
    payment.may_handle = ctx.actor.may(Permission::HandleMoney);
    Ok(payment)
}

async fn number_of(tx: &mut TenantTx, order: OrderId) -> Result<OrderNumber, AppError> {
    let row = sqlx::query!(
        "select order_number, number_prefix
         from orders
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(OrderNumber::of(&row.number_prefix, row.order_number))
}

async fn load_payment(tx: &mut TenantTx, id: PaymentId) -> Result<Option<PaymentDetail>, AppError> {
    let row = sqlx::query!(
        r#"select p.status, p.method, p.amount_cents, p.paid_amount_cents, p.currency, p.mpesa_receipt, p.phone, p.typed_account,
                  p.result_source, p.failure_reason, p.attempt_no, p.order_id, o.order_number as "order_number?", o.number_prefix as "number_prefix?",
                  p.requested_at at time zone t.timezone as "requested_on!", p.completed_at at time zone t.timezone as completed_on
           from payments p
           join tenants t on t.id = $1
           left join orders o on o.tenant_id = $1 and o.id = p.order_id
           where p.tenant_id = $1
             and p.id = $2"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let currency = currency(&row.currency)?;
    let status = PaymentStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("payments.status", &row.status))?;
    Ok(Some(PaymentDetail {
        id,
        status,
        method: row.method,
        asked: Money::new(row.amount_cents, currency),
        received: (status == PaymentStatus::Succeeded)
            .then(|| Money::new(row.paid_amount_cents.unwrap_or(row.amount_cents), currency)),
        receipt: row.mpesa_receipt,
        phone: row.phone.as_deref().and_then(Phone::parse).map(|phone| phone.display()),
        typed_account: row.typed_account,
        source: row.result_source,
        failure: row.failure_reason,
        attempt: count(row.attempt_no.into()),
        requested_on: row.requested_on.into(),
        completed_on: row.completed_on.map(LocalTime::from),
        order: row.order_id.map(Into::into).zip(OrderNumber::maybe(row.number_prefix.as_deref(), row.order_number)),
        standing: Vec::new(),
        moves: Vec::new(),
        steps: Vec::new(),
        may_handle: false,
    }))
}

async fn list_moves(tx: &mut TenantTx, id: PaymentId) -> Result<Vec<Move>, AppError> {
    let rows = sqlx::query!(
        r#"select gave.place as "from!", got.place as "to!", got.amount_cents, got.currency, got.reason,
                  coalesce(nullif(u.name, ''), u.email) as by, got.created_at at time zone t.timezone as "at!"
           from ledger_entries got
           join tenants t on t.id = $1
           join ledger_entries gave on gave.tenant_id = $1 and gave.payment_id = $2 and gave.transfer_id = got.transfer_id and gave.amount_cents < 0
           left join users u on u.tenant_id = $1 and u.id = got.actor_id
           where got.tenant_id = $1
             and got.payment_id = $2
             and got.amount_cents > 0
           order by got.created_at, got.id
           limit 100"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Move {
                from: row.from,
                to: row.to,
                amount: Money::new(row.amount_cents, currency(&row.currency)?),
                why: row.reason,
                by: row.by,
                at: row.at.into(),
            })
        })
        .collect()
}

async fn list_steps(tx: &mut TenantTx, id: PaymentId) -> Result<Vec<Step>, AppError> {
    let rows = sqlx::query!(
        r#"select a.event_type, a.metadata ->> 'source' as source, a.created_at at time zone t.timezone as "at!"
           from payment_audit a
           join tenants t on t.id = $1
           where a.tenant_id = $1
             and a.payment_id = $2
           order by a.created_at, a.id
           limit 200"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Step { event: row.event_type, source: row.source, at: row.at.into() }).collect())
}
