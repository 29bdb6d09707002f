//! Money that was written down twice: as a prompt's own when the provider was asked, which brings no receipt, and in the
//! inbox when its notice came and fitted more than one prompt. The callback names the receipt, so one shilling is one again.

use super::{
    land_money::{claim_receipt, find_receipt},
    locks::{LockedPayment, audit_payment, lock_payment},
    till_prompt::list_waiting_money,
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
        // Somebody has put it somewhere by now, or it is another's: the close shows this prompt as told of by nobody.
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

/// Takes back what the inbox has of a prompt's money; false when it is not wholly there, or cannot be this prompt's.
async fn take_back(ctx: &Ctx, tx: &mut TenantTx, prompt: &LockedPayment, twin: PaymentId) -> Result<bool, AppError> {
    // Read under the lock: a person may be deciding about it.
    lock_payment(tx, twin).await?;
    // Nobody signs a callback: money of another payer, sum or time is not taken out of the books by what it says.
    let may_be_its = list_waiting_money(tx, prompt.id).await?.contains(&twin);
    if !may_be_its || ledger::standing(tx, twin).await? != [(Place::Inbox, prompt.amount)] {
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
