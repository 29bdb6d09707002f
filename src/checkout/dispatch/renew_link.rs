//! Staff make the rider's link anew: it was lost, shared, too old, or too many codes were wrong.

use crate::{
    checkout::{locks::lock_order, rider::write_link},
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::{access::Permission, id::OrderId},
    orders::status::OrderStatus,
};
use serde_json::json;

/// Makes another link for the parcel that is on its way, with fresh tries of the code; the one before is over.
pub async fn renew_link(ctx: &Ctx, order: OrderId) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_order(&mut tx, order).await?;
    let parcel = sqlx::query_scalar!(
        "update delivery_orders
         set wrong_codes = 0, updated_at = $3
         where tenant_id = $1
           and order_id = $2
           and is_current
           and status = 'in_transit'
         returning id",
        tx.tenant(),
        order.uuid(),
        ctx.now()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(parcel) = parcel.filter(|_| locked.status == OrderStatus::Dispatched) else {
        let (from, to) = (locked.status.as_str().into(), OrderStatus::Dispatched.as_str().into());
        return Err(AppError::Refused(Refusal::NoSuchMove { from, to }));
    };
    write_link(ctx, &mut tx, order, Some(parcel.into())).await?;
    tx.audit(ctx.actor, "delivery_tried_anew", "delivery_orders", parcel, json!({ "order": order })).await?;
    Ok(tx.commit().await?)
}
