//! A rider hands the parcel over: the buyer's code proves it, and the order is delivered.

use super::link::find_carried;
use crate::{
    checkout::{locks::lock_order, move_order::move_in},
    ctx::Ctx,
    db::{DbError, TenantTx},
    delivery::parcel::{MOST_GUESSES, ParcelStatus, code_of, read_code},
    error::AppError,
    inventory::locks::lock_order_goods,
    kernel::{access::Actor, id::ParcelId, money::Money, token::Token},
    orders::status::OrderStatus,
    payments::ledger,
    vault::Purpose,
};
use serde_json::json;

/// What became of a typed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// It is the buyer's: the order is delivered, now or already.
    Delivered,
    /// Not four digits; nothing was counted.
    NotACode,
    /// Another code; so many may still be tried.
    Wrong { left: u32 },
    /// Too many were wrong: only the team can go on.
    Locked,
    /// It is the buyer's, but so much is still to be collected.
    MoneyFirst(Money),
}

/// Delivers the order of a link against the buyer's code. Every wrong code counts, also of those sent at once.
pub async fn confirm(ctx: &Ctx, link: &Token, typed: &str) -> Result<Confirmed, AppError> {
    let ctx = Ctx { actor: Actor::Program, ..ctx.clone() };
    let mut tx = ctx.tx().await?;
    let carried = find_carried(&mut tx, link, ctx.now()).await?;
    let code = read_code(typed);
    lock_order_goods(&mut tx, carried.order).await?;
    let order = lock_order(&mut tx, carried.order).await?;
    let (status, wrong) = standing(&mut tx, carried.parcel).await?;
    let right = code_of(&ctx.key(&mut tx).await?.token(Purpose::DeliveryCode, carried.parcel.uuid()));
    let is_right = code.as_deref() == Some(right.as_str());
    if status == ParcelStatus::Delivered && is_right {
        return Ok(Confirmed::Delivered);
    }
    if !carried.is_live || status != ParcelStatus::InTransit || order.status != OrderStatus::Dispatched {
        return Err(AppError::NotFound);
    }
    if wrong >= MOST_GUESSES {
        return Ok(Confirmed::Locked);
    }
    if code.is_none() {
        return Ok(Confirmed::NotACode);
    }
    if !is_right {
        sqlx::query!(
            "update delivery_orders
             set wrong_codes = wrong_codes + 1, updated_at = $3
             where tenant_id = $1
               and id = $2",
            tx.tenant(),
            carried.parcel.uuid(),
            ctx.now()
        )
        .execute(tx.conn())
        .await?;
        let left = MOST_GUESSES - wrong - 1;
        let details = json!({ "order": order.id, "left": left });
        tx.audit(ctx.actor, "delivery_code_wrong", "delivery_orders", carried.parcel.uuid(), details).await?;
        tx.commit().await?;
        return Ok(if left == 0 { Confirmed::Locked } else { Confirmed::Wrong { left } });
    }
    let missing = ledger::on_order(&mut tx, order.id, order.total.currency()).await?.missing(order.total)?;
    if !missing.is_zero() {
        return Ok(Confirmed::MoneyFirst(missing));
    }
    let told = move_in(&ctx, &mut tx, order.id, order.version, OrderStatus::Delivered, None).await?;
    let details = json!({ "order": order.id });
    tx.audit(ctx.actor, "delivery_confirmed", "delivery_orders", carried.parcel.uuid(), details).await?;
    tx.commit().await?;
    told.tell(&ctx);
    Ok(Confirmed::Delivered)
}

/// Where the parcel stands and how many codes were wrong; the order is locked.
async fn standing(tx: &mut TenantTx, parcel: ParcelId) -> Result<(ParcelStatus, u32), AppError> {
    let row = sqlx::query!(
        "select status, wrong_codes
         from delivery_orders
         where tenant_id = $1
           and id = $2
           and is_current",
        tx.tenant(),
        parcel.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let status =
        ParcelStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("delivery_orders.status", &row.status))?;
    Ok((status, u32::try_from(row.wrong_codes).unwrap_or(MOST_GUESSES)))
}
