//! What became of a buyer's orders before, where a shop asks for that before it takes cash.

use super::place_order::Refused;
use crate::{
    db::TenantTx,
    delivery::cash_rules::{BuyerHistory, CashRules, may_pay_cash},
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::{CustomerId, ZoneId},
        money::Money,
        phone::Phone,
    },
};

/// Refuses cash where the shop's rules do, and says what is to be paid before the order is accepted. The buyer's row is
/// locked, so that two orders at once do not both pass.
pub(super) async fn check_cash(
    tx: &mut TenantTx,
    rules: &CashRules,
    total: Money,
    zone: ZoneId,
    customer: CustomerId,
) -> Result<Option<Money>, Refused> {
    let history = if rules.asks_for_history() { Some(of_customer(tx, customer).await?) } else { None };
    may_pay_cash(rules, total, zone, history.as_ref())
        .map_err(|_| Refused::Invalid(FieldErrors::one("payment_method", FieldProblem::NoCash)))?;
    Ok(rules.deposit_of(total, history.as_ref()))
}

async fn of_customer(tx: &mut TenantTx, customer: CustomerId) -> Result<BuyerHistory, AppError> {
    let row = sqlx::query!(
        r#"select count(*) filter (where o.status = 'delivered') as "delivered!",
                  count(*) filter (
                      where o.payment_method = 'cod'
                        and o.status <> 'delivered'
                        and exists (
                            select from order_status_history h
                            where h.tenant_id = $1
                              and h.order_id = o.id
                              and h.from_status = 'dispatched'
                              and h.to_status in ('packing', 'cancelled', 'refunded')
                        )
                  ) as "refused!"
           from orders o
           where o.tenant_id = $1
             and o.customer_id = $2"#,
        tx.tenant(),
        customer.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let count = |orders: i64| u32::try_from(orders).unwrap_or(u32::MAX);
    Ok(BuyerHistory { delivered: count(row.delivered), refused: count(row.refused) })
}

/// Of whoever has this number; a number that never bought has no history.
pub(crate) async fn of_phone(tx: &mut TenantTx, phone: &Phone) -> Result<BuyerHistory, AppError> {
    let customer = sqlx::query_scalar!(
        "select id
         from customers
         where tenant_id = $1
           and phone = $2",
        tx.tenant(),
        phone.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    match customer {
        Some(customer) => of_customer(tx, customer.into()).await,
        None => Ok(BuyerHistory::default()),
    }
}
