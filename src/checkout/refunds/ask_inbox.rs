//! Money that nobody knows what for is sent back from the inbox. Locks the payment.

use super::{
    sold::Source,
    way,
    write::{find_known, open_hook, take_from},
};
use crate::{
    ctx::Ctx,
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, required_line},
        id::{PaymentId, RefundId, UserId},
        money::Money,
    },
    payments::ledger::Place,
};
use serde_json::json;

/// Asks for money of the inbox to be sent back. The same id twice is once.
pub async fn ask_refund_of_inbox(
    ctx: &Ctx,
    refund: RefundId,
    payment: PaymentId,
    amount: Money,
    reason: &str,
) -> Result<(), AppError> {
    ctx.require(Permission::RefundMoney)?;
    let reason =
        required_line(reason, 200).map_err(|problem| AppError::Invalid(FieldErrors::one("reason", problem)))?;
    let mut tx = ctx.tx().await?;
    if find_known(&mut tx, refund).await?.is_some() {
        return Ok(());
    }
    let found = sqlx::query!(
        r#"select method, mpesa_receipt, coalesce(paid_amount_cents, amount_cents) as "brought_cents!"
           from payments
           where tenant_id = $1
             and id = $2
             and status = 'succeeded'
           for update"#,
        tx.tenant(),
        payment.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let source = Source {
        payment,
        method: found.method,
        receipt: found.mpesa_receipt,
        brought: Money::new(found.brought_cents, amount.currency()),
        there: amount,
    };
    let parts = way::take(&[source], amount);
    let way = way::choose(&parts, false, way::senders(&mut tx).await?);
    let made = sqlx::query!(
        "insert into refunds (tenant_id, id, payment_id, amount_cents, currency, reason, kind, way, requested_by, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, 'excess', $7, $8, $9)
         on conflict do nothing",
        tx.tenant(),
        refund.uuid(),
        payment.uuid(),
        amount.minor(),
        amount.currency().code(),
        reason,
        way.as_str(),
        ctx.actor.user().map(UserId::uuid),
        refund.to_string()
    )
    .execute(tx.conn())
    .await?;
    if made.rows_affected() == 0 {
        return Ok(());
    }
    take_from(ctx, &mut tx, refund, Place::Inbox, &parts).await?;
    if way.is_automatic() {
        open_hook(ctx, &mut tx, refund).await?;
        tx.enqueue(&Job::SendRefund(refund), None, Some(&format!("refund:{refund}"))).await?;
    }
    let details = json!({ "payment": payment, "amount_cents": amount.minor(), "way": way.as_str() });
    tx.audit(ctx.actor, "refund_asked", "refunds", refund.uuid(), details).await?;
    tx.commit().await?;
    Ok(())
}
