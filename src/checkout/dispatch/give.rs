//! Staff give an order's parcel to a rider: it is on its way, with a link for whoever carries it.

use super::handing::{Handing, find_rider};
use crate::{
    checkout::{
        locks::lock_order,
        move_order::{move_in, tell_on_its_way},
        rider::write_link,
    },
    ctx::Ctx,
    db::{DbError, TenantTx},
    delivery::parcel::ParcelStatus,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        id::{OrderId, ParcelId, RiderId},
    },
    orders::status::OrderStatus,
};
use serde_json::json;

/// The try of an order that counts.
struct Last {
    parcel: ParcelId,
    status: ParcelStatus,
    rider: Option<RiderId>,
}

/// Gives the parcel of an order that is still at `version` to a rider: a packed one, or one whose last try failed.
///
/// The same form sent twice is one parcel. The link collects money too, so it needs that right as well.
pub async fn give(ctx: &Ctx, order: OrderId, version: i32, handing: &Handing) -> Result<ParcelId, AppError> {
    ctx.require(Permission::MoveOrders)?;
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_order(&mut tx, order).await?;
    let rider = find_rider(ctx, &mut tx, &handing.rider).await?;
    let last = find_last(&mut tx, order).await?;
    let carried = last.as_ref().filter(|last| last.status.is_open());
    if locked.version != version {
        let same = carried.filter(|last| last.rider == Some(rider) && locked.status == OrderStatus::Dispatched);
        return same.map(|last| last.parcel).ok_or(AppError::ChangedMeanwhile);
    }
    let told = match locked.status {
        OrderStatus::Packing => Some(move_in(ctx, &mut tx, order, version, OrderStatus::Dispatched, None).await?),
        OrderStatus::Dispatched if carried.is_none() => {
            mark(ctx, &mut tx, order, false).await?;
            tell_on_its_way(&mut tx, order).await?;
            None
        }
        from => {
            let (from, to) = (from.as_str().into(), OrderStatus::Dispatched.as_str().into());
            return Err(AppError::Refused(Refusal::NoSuchMove { from, to }));
        }
    };
    let parcel = write_parcel(ctx, &mut tx, order, rider, handing).await?;
    write_link(ctx, &mut tx, order, Some(parcel)).await?;
    let details = json!({ "order": order, "rider": rider, "cost_cents": handing.cost.minor() });
    tx.audit(ctx.actor, "parcel_given", "delivery_orders", parcel.uuid(), details).await?;
    tx.commit().await?;
    if let Some(told) = told {
        told.tell(ctx);
    }
    Ok(parcel)
}

async fn find_last(tx: &mut TenantTx, order: OrderId) -> Result<Option<Last>, AppError> {
    let row = sqlx::query!(
        "select id, status, partner_id
         from delivery_orders
         where tenant_id = $1
           and order_id = $2
           and is_current",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| {
        let status =
            ParcelStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("delivery_orders.status", &row.status))?;
        Ok(Last { parcel: row.id.into(), status, rider: row.partner_id.map(Into::into) })
    })
    .transpose()
}

async fn write_parcel(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: OrderId,
    rider: RiderId,
    handing: &Handing,
) -> Result<ParcelId, AppError> {
    let parcel = ParcelId::mint();
    sqlx::query!(
        "update delivery_orders
         set is_current = false, updated_at = $3
         where tenant_id = $1
           and order_id = $2
           and is_current",
        tx.tenant(),
        order.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into delivery_orders (tenant_id, id, order_id, partner_id, status, attempt, is_current, cost_cents, eta_minutes,
                                      dispatched_at, created_at, updated_at)
         select $1, $2, o.id, $4, 'in_transit',
                1 + (select count(*)::int
                     from delivery_orders d
                     where d.tenant_id = $1
                       and d.order_id = o.id),
                true, $5, nullif(o.eta_minutes, 0), $6, $6, $6
         from orders o
         where o.tenant_id = $1
           and o.id = $3",
        tx.tenant(),
        parcel.uuid(),
        order.uuid(),
        rider.uuid(),
        handing.cost.minor(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(parcel)
}

/// Says on the order whether its last try failed; whoever looked at it before looks again.
pub(in crate::checkout) async fn mark(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: OrderId,
    has_failed: bool,
) -> Result<(), AppError> {
    sqlx::query!(
        "update orders
         set has_failed_delivery = $3, version = version + 1, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        order.uuid(),
        has_failed,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
