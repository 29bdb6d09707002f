//! Takes what a customer has of one payment back into the inbox: the number was wrong, or the money is to go another way.

use crate::{
    checkout::locks::{audit_payment, lock_payment},
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{CustomerId, PaymentId},
        money::Money,
    },
    payments::ledger::{self, Place, Transfer, Why},
};
use serde_json::json;

/// All of it or nothing: `seen` is what the page showed. When that has changed, as by pressing twice, nothing is done.
///
/// What was learnt of the payer by giving the credit is forgotten.
pub async fn take_back(ctx: &Ctx, payment: PaymentId, customer: CustomerId, seen: Money) -> Result<(), AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    lock_payment(&mut tx, payment).await?;
    let from = Place::Credit(customer);
    if !ledger::standing(&mut tx, payment).await?.contains(&(from, seen)) {
        return Err(AppError::ChangedMeanwhile);
    }
    let transfer = Transfer { payment, from, to: Place::Inbox, amount: seen, why: Why::CreditTakenBack };
    ledger::book(&mut tx, ctx.actor, transfer, ctx.now()).await?;
    sqlx::query!(
        "delete from known_payers
         where tenant_id = $1
           and customer_id = $3
           and payer_hash = (select p.payer_hash
                             from payments p
                             where p.tenant_id = $1
                               and p.id = $2)",
        tx.tenant(),
        payment.uuid(),
        customer.uuid()
    )
    .execute(tx.conn())
    .await?;
    let facts = json!({ "payment": payment, "customer": customer, "amount_cents": seen.minor() });
    audit_payment(&mut tx, payment, "credit_taken_back", facts.clone()).await?;
    tx.audit(ctx.actor, "credit_taken_back", "customers", customer.uuid(), facts).await?;
    Ok(tx.commit().await?)
}
