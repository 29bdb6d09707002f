//! Keeps money of the inbox for a customer, who may buy with it.

use super::{Handled, Turn, known::learn, take_turn};
use crate::{
    checkout::locks::audit_payment,
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{CustomerId, PaymentId},
        phone::Phone,
    },
    payments::ledger::{self, Place, Transfer, Why},
};
use serde_json::json;

/// Some of the money, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    pub money: Handled,
    /// A number that nobody bought with yet makes a customer.
    pub phone: Phone,
}

/// Makes money of the inbox a customer's credit. Twice is once.
pub async fn credit(ctx: &Ctx, credit: &Credit) -> Result<CustomerId, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let customer = know_customer(&mut tx, &credit.phone, credit.money.payment).await?;
    if take_turn(ctx, &mut tx, credit.money, Place::Credit(customer)).await? == Turn::Done {
        return Ok(customer);
    }
    let Handled { payment, amount, .. } = credit.money;
    let transfer = Transfer { payment, from: Place::Inbox, to: Place::Credit(customer), amount, why: Why::Credited };
    ledger::book(&mut tx, ctx.actor, transfer, now).await?;
    let facts = json!({ "payment": payment, "customer": customer, "amount_cents": amount.minor() });
    audit_payment(&mut tx, payment, "credited", facts.clone()).await?;
    tx.audit(ctx.actor, "money_credited", "customers", customer.uuid(), facts).await?;
    learn(&mut tx, payment, customer, now).await?;
    tx.commit().await?;
    Ok(customer)
}

/// The customer of that number; made with the payer's name when there is none. The row is not locked: whoever holds the
/// payment may be about to change it.
async fn know_customer(tx: &mut TenantTx, phone: &Phone, payment: PaymentId) -> Result<CustomerId, AppError> {
    let made = sqlx::query_scalar!(
        "insert into customers (tenant_id, id, phone, first_name)
         select $1, $2, $3, p.payer_name
         from payments p
         where p.tenant_id = $1
           and p.id = $4
         on conflict (tenant_id, phone) do nothing
         returning id",
        tx.tenant(),
        CustomerId::mint().uuid(),
        phone.as_str(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(made) = made {
        return Ok(made.into());
    }
    let known = sqlx::query_scalar!(
        "select id
         from customers
         where tenant_id = $1
           and phone = $2",
        tx.tenant(),
        phone.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    known.map(Into::into).ok_or(AppError::NotFound)
}
