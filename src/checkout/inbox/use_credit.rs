//! Pays an order with what its customer has standing with the shop.

use crate::{
    checkout::{
        locks::{LockedOrder, lock_order},
        settle_payment::{Settled, record_end},
        take_money::{Incoming, take},
    },
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    inventory::locks::lock_order_goods,
    kernel::{
        access::Permission,
        id::{CustomerId, OrderId, PaymentId},
        money::Money,
    },
    orders::status::OrderStatus,
    payments::ledger::{self, Place, Why},
};
use serde_json::json;

/// Takes no more than the order lacks, the oldest credit first.
///
/// `seen` is what the customer had when the page was drawn; when that has changed nothing is done. Refused with
/// [`Refusal::NothingToPay`] when the order lacks nothing or is closed.
pub async fn use_credit(ctx: &Ctx, order: OrderId, seen: Money) -> Result<Settled, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let goods = lock_order_goods(&mut tx, order).await?;
    let locked = lock_order(&mut tx, order).await?;
    let mut missing = missing(&mut tx, &locked).await?;
    let customer = locked.customer.ok_or(AppError::Refused(Refusal::MoneyIsNotThere))?;
    let credits = list_credits(&mut tx, customer).await?;
    if credits.iter().map(|(_, cents)| cents).sum::<i64>() != seen.minor() {
        return Err(AppError::ChangedMeanwhile);
    }
    let (mut settled, mut used) = (Settled::Unchanged, 0);
    for (payment, cents) in credits {
        let amount = Money::new(cents.min(missing.minor()), missing.currency());
        if amount.is_zero() {
            break;
        }
        let from = Place::Credit(customer);
        settled =
            take(ctx, &mut tx, &locked, &goods, Incoming { payment, amount, from, why: Why::CreditUsed }).await?.into();
        missing = missing.minus(amount).map_err(AppError::broken)?;
        used += amount.minor();
    }
    if used == 0 {
        return Err(AppError::Refused(Refusal::MoneyIsNotThere));
    }
    let facts = json!({ "order_number": locked.number, "customer": customer, "amount_cents": used });
    tx.audit(ctx.actor, "credit_used", "orders", order.uuid(), facts).await?;
    tx.commit().await?;
    record_end(ctx, &locked, Money::new(used, missing.currency()), settled);
    Ok(settled)
}

async fn missing(tx: &mut TenantTx, order: &LockedOrder) -> Result<Money, AppError> {
    let missing = ledger::on_order(tx, order.id, order.total.currency()).await?.missing(order.total)?;
    if missing.is_zero() || matches!(order.status, OrderStatus::Cancelled | OrderStatus::Refunded) {
        return Err(AppError::Refused(Refusal::NothingToPay));
    }
    Ok(missing)
}

/// What the customer has of each payment, their rows locked.
async fn list_credits(tx: &mut TenantTx, customer: CustomerId) -> Result<Vec<(PaymentId, i64)>, AppError> {
    sqlx::query!(
        "select p.id
         from payments p
         where p.tenant_id = $1
           and p.id in (select e.payment_id
                        from ledger_entries e
                        where e.tenant_id = $1
                          and e.customer_id = $2)
         order by p.id
         for update",
        tx.tenant(),
        customer.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let rows = sqlx::query!(
        r#"select payment_id, sum(amount_cents)::bigint as "cents!"
           from ledger_entries
           where tenant_id = $1
             and place = 'credit'
             and customer_id = $2
           group by payment_id
           having sum(amount_cents) > 0
           order by min(created_at), payment_id
           limit 100"#,
        tx.tenant(),
        customer.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.payment_id.into(), row.cents)).collect())
}
