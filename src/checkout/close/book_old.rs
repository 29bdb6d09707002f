//! Gives money from before the ledger its place: it came for its order, and what was owed back of it is owed back.

use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        currency::Currency,
        id::{OrderId, PaymentId, RefundId},
        money::Money,
    },
    payments::ledger::{Place, Transfer, Why, book},
};
use uuid::Uuid;

/// Payments of one statement.
const AT_ONCE: i64 = 200;

/// Books them all. Answers how many.
pub(super) async fn book_old(ctx: &Ctx) -> Result<i32, AppError> {
    let mut booked = 0;
    loop {
        let mut tx = ctx.tx().await?;
        let some = list(&mut tx).await?;
        drop(tx);
        let mut went_on = false;
        for payment in some {
            let is_booked = book_one(ctx, payment.into()).await?;
            booked += i32::from(is_booked);
            went_on |= is_booked;
        }
        // What could not be booked would come again for ever.
        if !went_on {
            return Ok(booked);
        }
    }
}

async fn list(tx: &mut TenantTx) -> Result<Vec<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select p.id
         from payments p
         where p.tenant_id = $1
           and p.status = 'succeeded'
           and coalesce(p.paid_amount_cents, p.amount_cents) > 0
           and not exists (
               select 1
               from ledger_entries e
               where e.tenant_id = $1
                 and e.payment_id = p.id
           )
         order by p.completed_at, p.id
         limit $2",
        tx.tenant(),
        AT_ONCE
    )
    .fetch_all(tx.conn())
    .await?)
}

/// False when somebody else has booked it meanwhile.
async fn book_one(ctx: &Ctx, payment: PaymentId) -> Result<bool, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select p.order_id, coalesce(p.paid_amount_cents, p.amount_cents) as "cents!", p.currency
           from payments p
           where p.tenant_id = $1
             and p.id = $2
           for update"#,
        tx.tenant(),
        payment.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    // Under the lock, in a statement of its own.
    let is_booked = sqlx::query_scalar!(
        r#"select exists (select 1 from ledger_entries where tenant_id = $1 and payment_id = $2) as "is_booked!""#,
        tx.tenant(),
        payment.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if is_booked {
        return Ok(false);
    }
    let currency =
        Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("payments.currency", &row.currency))?;
    let came_to = row.order_id.map_or(Place::Inbox, |order| Place::Order(OrderId::from(order)));
    let amount = Money::new(row.cents, currency);
    let came = Transfer { payment, from: Place::Outside, to: came_to, amount, why: Why::Received };
    book(&mut tx, ctx.actor, came, ctx.now()).await?;
    owe(ctx, &mut tx, payment, came_to, amount).await?;
    tx.commit().await?;
    Ok(true)
}

/// Refunds of before the ledger were all of money that the order could not take.
async fn owe(ctx: &Ctx, tx: &mut TenantTx, payment: PaymentId, from: Place, amount: Money) -> Result<(), AppError> {
    let refunds = sqlx::query!(
        "update refunds
         set kind = 'excess', updated_at = $3
         where tenant_id = $1
           and payment_id = $2
           and amount_cents > 0
         returning id, amount_cents, status",
        tx.tenant(),
        payment.uuid(),
        ctx.now()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut left = amount.minor();
    for refund in refunds {
        let cents = refund.amount_cents.min(left);
        if cents == 0 {
            break;
        }
        left -= cents;
        let (place, amount) = (Place::Refund(RefundId::from(refund.id)), Money::new(cents, amount.currency()));
        let owed = Transfer { payment, from, to: place, amount, why: Why::Excess };
        book(tx, ctx.actor, owed, ctx.now()).await?;
        if refund.status == "processed" {
            let sent = Transfer { payment, from: place, to: Place::Outside, amount, why: Why::RefundSent };
            book(tx, ctx.actor, sent, ctx.now()).await?;
        }
    }
    Ok(())
}
