//! Money that stays with the shop: a refund that becomes the customer's credit, and credit that pays for an order.

use super::{by_hand::check_in_hand, finish, locks::lock_refund};
use crate::{
    checkout::{
        locks::{LockedOrder, audit_payment, lock_order},
        settle_payment::{Settled, record_end},
        take_money::{self, Incoming},
    },
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    inventory::locks::lock_order_goods,
    kernel::{
        access::Permission,
        id::{CustomerId, OrderId, PaymentId, RefundId},
        money::Money,
    },
    payments::{
        ledger::{self, Place, Why},
        refund::{RefundStatus, RefundWay},
    },
};
use serde_json::json;

/// Keeps a refund as the customer's credit. Twice is once.
///
/// Refused while the provider may still send it, and where no customer is known.
pub async fn turn_into_credit(ctx: &Ctx, refund: RefundId) -> Result<(), AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_refund(&mut tx, refund).await?;
    if locked.status == RefundStatus::Processed && locked.way == RefundWay::Credit {
        return Ok(());
    }
    check_in_hand(ctx, &locked)?;
    let customer =
        locked.order.as_ref().and_then(|order| order.customer).ok_or(AppError::Refused(Refusal::NobodyToCredit))?;
    finish::credited(ctx, &mut tx, &locked, Place::Credit(customer)).await?;
    let details = json!({ "amount_cents": locked.amount.minor(), "customer": customer });
    tx.audit(ctx.actor, "refund_credited", "refunds", refund.uuid(), details).await?;
    Ok(tx.commit().await?)
}

/// What an order lacks and what its customer has as credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditOf {
    pub order_number: i64,
    pub missing: Money,
    pub credit: Money,
}

impl CreditOf {
    /// The most that can be used.
    pub const fn usable(&self) -> Money {
        if self.credit.minor() < self.missing.minor() { self.credit } else { self.missing }
    }
}

/// For the page that offers it.
pub async fn look(ctx: &Ctx, order: OrderId) -> Result<CreditOf, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_order(&mut tx, order).await?;
    let currency = locked.total.currency();
    let missing = ledger::on_order(&mut tx, order, currency).await?.missing(locked.total)?;
    let parts = match locked.customer {
        Some(customer) => list_credit(&mut tx, customer, &locked).await?,
        None => Vec::new(),
    };
    let credit = Money::sum(currency, parts.into_iter().map(|(_, amount)| amount)).map_err(AppError::broken)?;
    Ok(CreditOf { order_number: locked.number, missing, credit })
}

/// Pays an order, or a part of it, with its customer's credit. `seen` is what the person saw could be used.
///
/// Refused with [`AppError::ChangedMeanwhile`] when it is another sum by now.
pub async fn use_credit(ctx: &Ctx, order: OrderId, seen: Money) -> Result<Settled, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let goods = lock_order_goods(&mut tx, order).await?;
    let locked = lock_order(&mut tx, order).await?;
    let customer = locked.customer.ok_or(AppError::Refused(Refusal::NobodyToCredit))?;
    let currency = locked.total.currency();
    let missing = ledger::on_order(&mut tx, order, currency).await?.missing(locked.total)?;
    let parts = list_credit(&mut tx, customer, &locked).await?;
    let credit: i64 = parts.iter().map(|(_, amount)| amount.minor()).sum();
    if missing.is_zero() {
        return Err(AppError::Refused(Refusal::NothingToPay));
    }
    let usable = credit.min(missing.minor());
    if usable <= 0 {
        return Err(AppError::Refused(Refusal::MoneyIsNotThere));
    }
    if usable != seen.minor() {
        return Err(AppError::ChangedMeanwhile);
    }
    let mut left = usable;
    let mut settled = Settled::Unchanged;
    for (payment, there) in parts {
        let amount = Money::new(left.min(there.minor()), currency);
        if amount.is_zero() {
            break;
        }
        left -= amount.minor();
        let money = Incoming { payment, amount, from: Place::Credit(customer), why: Why::CreditUsed };
        settled = take_money::take(ctx, &mut tx, &locked, &goods, money).await?.into();
        let facts = json!({ "order_number": locked.number, "amount_cents": amount.minor(), "from": "credit" });
        audit_payment(&mut tx, payment, "assigned", facts).await?;
    }
    let details = json!({ "amount_cents": usable, "order_number": locked.number, "customer": customer });
    tx.audit(ctx.actor, "credit_used", "orders", order.uuid(), details).await?;
    tx.commit().await?;
    record_end(ctx, &locked, Money::new(usable, currency), settled);
    Ok(settled)
}

/// The customer's credit by the payment it came with, in the order of locks.
async fn list_credit(
    tx: &mut TenantTx,
    customer: CustomerId,
    order: &LockedOrder,
) -> Result<Vec<(PaymentId, Money)>, AppError> {
    let rows = sqlx::query!(
        r#"select payment_id, sum(amount_cents)::bigint as "amount_cents!"
           from ledger_entries
           where tenant_id = $1
             and customer_id = $2
             and currency = $3
           group by payment_id
           having sum(amount_cents) > 0
           order by payment_id
           limit 100"#,
        tx.tenant(),
        customer.uuid(),
        order.total.currency().code()
    )
    .fetch_all(tx.conn())
    .await?;
    let currency = order.total.currency();
    Ok(rows.into_iter().map(|row| (row.payment_id.into(), Money::new(row.amount_cents, currency))).collect())
}
