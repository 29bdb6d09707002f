//! A parcel is back in the shop: its order is being packed again, and can go out once more or be called off.

use crate::{
    checkout::move_order::move_order,
    ctx::Ctx,
    error::{AppError, Refusal},
    kernel::{access::Permission, id::OrderId},
    orders::status::OrderStatus,
};

/// Takes back the parcel of an order that is still at `version`; one that is back already stays as it is.
pub async fn take_back(ctx: &Ctx, order: OrderId, version: i32) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let mut tx = ctx.tx().await?;
    let status = sqlx::query_scalar!(
        "select status
         from orders
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    drop(tx);
    match OrderStatus::parse(&status) {
        Some(OrderStatus::Packing) => Ok(()),
        Some(OrderStatus::Dispatched) => move_order(ctx, order, version, OrderStatus::Packing, None).await,
        _ => Err(AppError::Refused(Refusal::NoSuchMove { from: status, to: OrderStatus::Packing.as_str().into() })),
    }
}
