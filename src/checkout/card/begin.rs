//! A shopper asks to pay an order by card: the attempt is written down, or the open one goes on.

use super::super::{
    locks::lock_order,
    settle_payment::{Source, settle_card},
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::{AppError, Refusal},
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::{OrderId, PaymentId},
        token::Token,
    },
    orders::status::OrderStatus,
    payments::{
        card_account::find_in_use, ledger, method::LEAST_BY_CARD, providers::paystack::outcome::CardOutcome,
        status::PaymentStatus,
    },
};
use chrono::{DateTime, TimeDelta, Utc};

/// A page that is not there after so long never will be: whoever asked for it has died.
const PAGE_IS_MADE_WITHIN: TimeDelta = TimeDelta::seconds(15);

/// What is open on an order already.
struct Open {
    payment: PaymentId,
    is_card: bool,
    status: PaymentStatus,
    amount_cents: i64,
    has_page: bool,
    claimed_at: Option<DateTime<Utc>>,
}

impl Open {
    /// Whether the shopper goes on with this one rather than begin another.
    fn goes_on(&self, due_cents: i64) -> bool {
        self.amount_cents == due_cents && (self.status == PaymentStatus::Initiated || self.has_page)
    }
    fn is_being_made(&self, now: DateTime<Utc>) -> bool {
        self.status == PaymentStatus::Pending
            && !self.has_page
            && self.claimed_at.is_some_and(|claimed| now - claimed < PAGE_IS_MADE_WITHIN)
    }
}

/// The payment whose page is to be opened. Pressed twice it is the same one.
pub async fn begin(ctx: &Ctx, order: &Token) -> Result<PaymentId, AppError> {
    // An attempt that leads nowhere ends first, by the way in which every one ends.
    match attempt(ctx, order).await? {
        Begun::Payment(payment) => Ok(payment),
        Begun::EndFirst(stale) => {
            settle_card(ctx, stale, CardOutcome::Abandoned, Source::Operator).await?;
            match attempt(ctx, order).await? {
                Begun::Payment(payment) => Ok(payment),
                Begun::EndFirst(_) => Err(AppError::TryAgain { retry_after_seconds: 1 }),
            }
        }
    }
}

enum Begun {
    Payment(PaymentId),
    EndFirst(PaymentId),
}

async fn attempt(ctx: &Ctx, token: &Token) -> Result<Begun, AppError> {
    let now = ctx.now();
    let unknown = || AppError::Invalid(FieldErrors::one("payment_method", FieldProblem::UnknownMethod));
    let mut tx = ctx.tx().await?;
    let order = sqlx::query_scalar!(
        "select id
         from orders
         where tenant_id = $1
           and token_hash = $2",
        tx.tenant(),
        token.hash()
    )
    .fetch_optional(tx.conn())
    .await?
    .map(OrderId::from)
    .ok_or(AppError::NotFound)?;
    let locked = lock_order(&mut tx, order).await?;
    if locked.status != OrderStatus::AwaitingPayment {
        return Err(AppError::Refused(Refusal::NothingToPay));
    }
    let key = ctx.key(&mut tx).await?;
    if find_in_use(&mut tx, &key).await?.is_none() {
        return Err(unknown());
    }
    let due = ledger::on_order(&mut tx, order, locked.total.currency()).await?.missing(locked.total)?;
    if due.minor() < LEAST_BY_CARD.minor() {
        return Err(AppError::Invalid(FieldErrors::one("payment_method", FieldProblem::TooLow)));
    }
    // Looked at under the order's lock: two tabs cannot both begin one.
    if let Some(open) = find_open(&mut tx, order).await? {
        if !open.is_card || open.is_being_made(now) {
            return Err(AppError::Refused(Refusal::PromptStillOpen));
        }
        return Ok(if open.goes_on(due.minor()) {
            Begun::Payment(open.payment)
        } else {
            Begun::EndFirst(open.payment)
        });
    }
    let payment = PaymentId::mint();
    sqlx::query!(
        "with attempt as (
             insert into payments (tenant_id, id, order_id, method, amount_cents, currency, status, requested_at, attempt_no)
             select $1, $2, $3, 'card', $4, $5, 'initiated', $6,
                    1 + coalesce((select max(p.attempt_no) from payments p where p.tenant_id = $1 and p.order_id = $3), 0)
         )
         insert into payment_audit (tenant_id, payment_id, event_type, metadata)
         values ($1, $2, 'initiated', jsonb_build_object('method', 'card', 'again', true))",
        tx.tenant(),
        payment.uuid(),
        order.uuid(),
        due.minor(),
        due.currency().code(),
        now
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(Begun::Payment(payment))
}

/// A prompt before a card: one on a phone is in the way of a page, and an open page is gone on with.
async fn find_open(tx: &mut TenantTx, order: OrderId) -> Result<Option<Open>, AppError> {
    let row = sqlx::query!(
        r#"select id, method = 'card' as "is_card!", status, amount_cents, card_page is not null as "has_page!", claimed_at
           from payments
           where tenant_id = $1
             and order_id = $2
             and status in ('initiated', 'pending')
             and method in ('card', 'mpesa_till', 'mpesa_paybill')
           order by method = 'card', attempt_no desc
           limit 1"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Open {
        payment: row.id.into(),
        is_card: row.is_card,
        status: PaymentStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("payments.status", &row.status))?,
        amount_cents: row.amount_cents,
        has_page: row.has_page,
        claimed_at: row.claimed_at,
    }))
}
