//! Money that was written down twice: as a prompt's own when the provider was asked, which brings no receipt, and in the
//! inbox when its notice came and fitted more than one prompt. The callback names the receipt, so one shilling is one again.

use super::{
    land_money::{claim_receipt, find_receipt},
    locks::{LockedPayment, audit_payment, lock_payment},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::id::PaymentId,
    payments::{
        ledger::{self, Place, Transfer, Why},
        status::PaymentStatus,
    },
};
use serde_json::json;

/// Keeps the receipt that a callback brings for a prompt which asking has settled. Money of that receipt that still waits
/// in the inbox is this prompt's, and is taken out of the books there.
///
/// The caller holds the prompt's lock.
pub(super) async fn keep_receipt(
    ctx: &Ctx,
    tx: &mut TenantTx,
    prompt: &LockedPayment,
    receipt: Option<&str>,
) -> Result<(), AppError> {
    let Some(receipt) = receipt.filter(|_| prompt.status == PaymentStatus::Succeeded && prompt.receipt.is_none())
    else {
        return Ok(());
    };
    if let Some(twin) = find_receipt(tx, Some(receipt)).await?
        && !take_back(ctx, tx, prompt, twin).await?
    {
        // Somebody has put it somewhere by now: the close shows this prompt as told of by nobody.
        return Ok(());
    }
    claim_receipt(tx, receipt).await?;
    sqlx::query!(
        "update payments
         set mpesa_receipt = $3, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        prompt.id.uuid(),
        receipt
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes back what the inbox has of a prompt's money; false when it is not wholly there, or is not this prompt's.
async fn take_back(ctx: &Ctx, tx: &mut TenantTx, prompt: &LockedPayment, twin: PaymentId) -> Result<bool, AppError> {
    // Read under the lock: a person may be deciding about it.
    lock_payment(tx, twin).await?;
    let is_this_money = sqlx::query_scalar!(
        r#"select exists (
               select
               from payments p
               join payments w on w.tenant_id = $1 and w.id = $3
               where p.tenant_id = $1
                 and p.id = $2
                 and w.id <> p.id
                 and w.order_id is null
                 and w.status = 'succeeded'
                 and w.method = p.method
                 and w.amount_cents = p.amount_cents
                 and w.requested_at >= p.claimed_at - interval '2 minutes'
           ) as "is_this_money!""#,
        tx.tenant(),
        prompt.id.uuid(),
        twin.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if !is_this_money || ledger::standing(tx, twin).await? != [(Place::Inbox, prompt.amount)] {
        return Ok(false);
    }
    let out =
        Transfer { payment: twin, from: Place::Inbox, to: Place::Outside, amount: prompt.amount, why: Why::ToldTwice };
    ledger::book(tx, ctx.actor, out, ctx.now()).await?;
    sqlx::query!(
        "update payments
         set status = 'failed', failure_reason = 'told_twice', mpesa_receipt = null, updated_at = $3
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        twin.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    audit_payment(tx, twin, "failed", json!({ "outcome": "told_twice", "payment": prompt.id })).await?;
    Ok(true)
}
