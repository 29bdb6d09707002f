//! Making a rider's link, and finding what a token opens.

use crate::{
    checkout::locks::lock_order,
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        id::{OrderId, RiderLinkId, UserId},
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
    let now = ctx.now();
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
    let link = RiderLinkId::mint();
    let token = ctx.key(&mut tx).await?.token(Purpose::RiderLink, link.uuid());
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
    sqlx::query!(
        "insert into rider_links (tenant_id, id, order_id, token_hash, made_by, expires_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
        tx.tenant(),
        link.uuid(),
        order.uuid(),
        token.hash(),
        ctx.actor.user().map(UserId::uuid),
        now + WORKS_FOR,
        now
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "rider_link_made", "orders", order.uuid(), json!({ "rider_link": link })).await?;
    tx.commit().await?;
    Ok(token)
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
