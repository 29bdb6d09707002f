//! A refund that is not sent but kept, as the customer's credit with the shop.

use super::{by_hand::check_in_hand, finish, locks::lock_refund};
use crate::{
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::{access::Permission, id::RefundId},
    payments::{
        ledger::Place,
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
