//! Staff give an unpaid order's goods back to the shelf before its time is over. Locks the goods, then the order.
//!
//! Goods are never taken from an order that goes on: its holds end now, and `expire_order` closes it as it would have
//! later. Who stops in between leaves an order whose time is over, and the job that closes it.

use super::{cancel_order::check_nobody_pays, expire_order::expire_order, locks::lock_order};
use crate::{
    ctx::Ctx,
    error::{AppError, Refusal},
    inventory::locks::lock_order_goods,
    jobs::kinds::Job,
    kernel::{access::Permission, id::OrderId},
    orders::status::{OrderStatus, PaymentState},
};
use serde_json::json;

/// Ends the order's holds and closes it. Refused while it is being paid, or when it is paid, accepted or closed.
pub async fn release_goods(ctx: &Ctx, order: OrderId) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let mut tx = ctx.tx().await?;
    lock_order_goods(&mut tx, order).await?;
    let locked = lock_order(&mut tx, order).await?;
    let waits = matches!(locked.status, OrderStatus::AwaitingPayment | OrderStatus::Pending)
        && locked.payment_status == PaymentState::Unpaid;
    if !waits {
        return Err(AppError::Refused(Refusal::NothingToPay));
    }
    check_nobody_pays(&mut tx, order).await?;
    sqlx::query!(
        "update stock_holds
         set expires_at = $3, updated_at = now()
         where tenant_id = $1
           and order_id = $2
           and released_at is null
           and converted_at is null
           and expires_at > $3",
        tx.tenant(),
        order.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "goods_released", "orders", order.uuid(), json!({ "order_number": locked.number })).await?;
    tx.enqueue(&Job::ExpireOrder(order), None, Some(&format!("expire:{order}"))).await?;
    tx.commit().await?;
    expire_order(&ctx.platform, ctx.tenant, order).await
}
