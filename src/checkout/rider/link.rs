//! Making a rider's link, and finding what a token opens.

use crate::{
    checkout::locks::lock_order,
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        id::{OrderId, ParcelId, RiderLinkId, UserId},
        token::Token,
    },
    orders::status::OrderStatus,
    payments::ledger,
    vault::Purpose,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

/// Long enough for a parcel that is tried twice.
const WORKS_FOR: TimeDelta = TimeDelta::hours(48);

/// Makes the one link by which an order's money can be collected; the one before ends. Refused while nobody has accepted
/// the order, and when there is nothing to collect.
pub async fn make_link(ctx: &Ctx, order: OrderId) -> Result<Token, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let locked = lock_order(&mut tx, order).await?;
    match locked.status {
        OrderStatus::Pending => return Err(AppError::Refused(Refusal::NotAccepted)),
        OrderStatus::AwaitingPayment | OrderStatus::Packing | OrderStatus::Dispatched => {}
        _ => return Err(AppError::Refused(Refusal::NothingToPay)),
    }
    let money = ledger::on_order(&mut tx, order, locked.total.currency()).await?;
    if money.missing(locked.total)?.is_zero() {
        return Err(AppError::Refused(Refusal::NothingToPay));
    }
    let parcel = open_parcel(&mut tx, order).await?;
    let token = write_link(ctx, &mut tx, order, parcel).await?;
    tx.commit().await?;
    Ok(token)
}

/// Writes a link; the one before ends. The order is locked by the caller.
pub(in crate::checkout) async fn write_link(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: OrderId,
    parcel: Option<ParcelId>,
) -> Result<Token, AppError> {
    let now = ctx.now();
    let link = RiderLinkId::mint();
    let token = ctx.key(tx).await?.token(Purpose::RiderLink, link.uuid());
    end_links(tx, order, now).await?;
    sqlx::query!(
        "insert into rider_links (tenant_id, id, order_id, delivery_id, token_hash, made_by, expires_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        tx.tenant(),
        link.uuid(),
        order.uuid(),
        parcel.map(ParcelId::uuid),
        token.hash(),
        ctx.actor.user().map(UserId::uuid),
        now + WORKS_FOR,
        now
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "rider_link_made", "orders", order.uuid(), json!({ "rider_link": link })).await?;
    Ok(token)
}

/// Ends whatever link of an order still works.
pub(in crate::checkout) async fn end_links(
    tx: &mut TenantTx,
    order: OrderId,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update rider_links
         set ended_at = $3, updated_at = $3
         where tenant_id = $1
           and order_id = $2
           and ended_at is null",
        tx.tenant(),
        order.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The parcel that a rider has of this order.
async fn open_parcel(tx: &mut TenantTx, order: OrderId) -> Result<Option<ParcelId>, AppError> {
    let parcel = sqlx::query_scalar!(
        "select id
         from delivery_orders
         where tenant_id = $1
           and order_id = $2
           and is_current
           and status = 'in_transit'",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(parcel.map(Into::into))
}

/// What was carried by a link, also when it has ended: whoever presses twice is told the same again.
pub(super) struct Carried {
    pub parcel: ParcelId,
    pub order: OrderId,
    /// Whether the link still works.
    pub is_live: bool,
}

pub(super) async fn find_carried(tx: &mut TenantTx, token: &Token, now: DateTime<Utc>) -> Result<Carried, AppError> {
    let found = sqlx::query!(
        r#"select l.delivery_id as "parcel!", l.order_id, l.ended_at is null as "is_live!"
           from rider_links l
           where l.tenant_id = $1
             and l.token_hash = $2
             and l.delivery_id is not null
             and l.expires_at > $3"#,
        tx.tenant(),
        token.hash(),
        now
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Carried { parcel: found.parcel.into(), order: found.order_id.into(), is_live: found.is_live })
}

/// What a token opens, as its page says too; the same "not found" for links that are over, replaced, foreign or made up.
pub(super) async fn find_link(
    tx: &mut TenantTx,
    token: &Token,
    now: DateTime<Utc>,
) -> Result<(RiderLinkId, OrderId), AppError> {
    let found = sqlx::query!(
        "select l.id, l.order_id
         from rider_links l
         join orders o on o.tenant_id = $1 and o.id = l.order_id
         where l.tenant_id = $1
           and l.token_hash = $2
           and l.ended_at is null
           and l.expires_at > $3
           and o.status not in ('delivered', 'cancelled', 'refunded')",
        tx.tenant(),
        token.hash(),
        now
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok((found.id.into(), found.order_id.into()))
}
