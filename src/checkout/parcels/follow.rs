//! Where a parcel is: asked by the clock or when the partner tells of it, written down, and the order moved along.

use super::super::{
    dispatch::mark,
    locks::{LockedOrder, lock_order},
    move_order::move_in,
};
use crate::{
    ctx::{Ctx, Platform},
    db::{DbError, TenantTx},
    delivery::partners::{
        account::find_partner,
        contract::{Booked, Fault, Known, ParcelState},
    },
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Actor,
        id::{BookingId, OrderId, TenantId},
        money::Money,
    },
    orders::status::{OrderStatus, PaymentState},
};
use chrono::TimeDelta;
use serde_json::json;
use std::sync::Arc;

/// A parcel is asked about every hour, for so long.
const LOOK_EVERY: TimeDelta = TimeDelta::minutes(50);
const LOOK_FOR: TimeDelta = TimeDelta::days(60);
/// A booking that nobody is at any more.
const FORGOTTEN: TimeDelta = TimeDelta::minutes(15);

/// What a look came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looked {
    Done,
    NotReached,
}

/// Asks for the looks that are due, and for bookings that were left lying; the same work twice is once.
pub async fn follow_due(ctx: &Ctx) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let due = sqlx::query!(
        "select b.id, b.status
         from partner_parcels b
         join delivery_partners p on p.tenant_id = $1 and p.id = b.partner_id and p.provider = 'pickup_mtaani'
         left join delivery_orders d on d.tenant_id = $1 and d.id = b.delivery_id
         where b.tenant_id = $1
           and (b.status = 'booked'
                and d.status in ('accepted', 'in_transit')
                and b.created_at > $3
                and (b.checked_at is null or b.checked_at < $2)
                or b.status in ('asked', 'asking') and b.updated_at < $4)
         order by b.checked_at nulls first, b.id
         limit 200",
        tx.tenant(),
        ctx.now() - LOOK_EVERY,
        ctx.now() - LOOK_FOR,
        ctx.now() - FORGOTTEN
    )
    .fetch_all(tx.conn())
    .await?;
    for row in due {
        let parcel = BookingId::from(row.id);
        let (job, key) = if row.status == "booked" {
            (Job::FollowParcel(parcel), format!("follow_parcel:{parcel}"))
        } else {
            (Job::BookParcel(parcel), format!("book_parcel:{parcel}"))
        };
        tx.enqueue(&job, None, Some(&key)).await?;
    }
    Ok(tx.commit().await?)
}

/// Asks where a parcel is. While the partner is away it stays where it was, and the next hour asks again.
pub async fn follow(platform: &Arc<Platform>, tenant: TenantId, parcel: BookingId) -> Result<(), AppError> {
    let ctx = Ctx::new(platform.clone(), tenant, Actor::Program);
    look(&ctx, parcel).await.map(|_| ())
}

/// Asks the partner, and writes down what it says.
pub(super) async fn look(ctx: &Ctx, parcel: BookingId) -> Result<Looked, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select b.partner_id, b.parcel_number, d.status
         from partner_parcels b
         join delivery_orders d on d.tenant_id = $1 and d.id = b.delivery_id
         where b.tenant_id = $1
           and b.id = $2
           and b.status = 'booked'
           and d.status in ('accepted', 'in_transit')",
        tx.tenant(),
        parcel.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(Looked::Done) };
    let last =
        ParcelState::parse(&row.status).ok_or_else(|| DbError::corrupt("delivery_orders.status", &row.status))?;
    let account = find_partner(ctx, &mut tx, row.partner_id.into()).await?;
    drop(tx);
    let Some(account) = account else { return Ok(Looked::Done) };
    match account.status(Known { number: row.parcel_number, last }).await {
        Ok(found) => {
            note(ctx, parcel, &found).await?;
            Ok(Looked::Done)
        }
        Err(Fault::NotReached(why)) => {
            tracing::info!(parcel.id = %parcel, reason = %why, "a parcel could not be asked about");
            Ok(Looked::NotReached)
        }
        Err(fault) => {
            tracing::warn!(parcel.id = %parcel, error.message = %fault, "a parcel was asked about and is not known");
            checked(ctx, parcel).await?;
            Ok(Looked::Done)
        }
    }
}

async fn checked(ctx: &Ctx, parcel: BookingId) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    sqlx::query!(
        "update partner_parcels
         set checked_at = $3, updated_at = $3
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        parcel.uuid(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}

/// Writes down where a parcel is, and moves its order there in the same transaction: else whoever died between the two
/// would leave an order behind that nobody asks about any more. It only moves on: what was heard late takes nothing back.
pub(super) async fn note(ctx: &Ctx, parcel: BookingId, found: &Booked) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let order = sqlx::query_scalar!(
        "select order_id
         from partner_parcels
         where tenant_id = $1
           and id = $2
           and status = 'booked'",
        tx.tenant(),
        parcel.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(order) = order else { return Ok(()) };
    // Before the parcel, as everybody who moves an order does.
    let order = lock_order(&mut tx, order.into()).await?;
    let row = sqlx::query!(
        r#"select b.delivery_id as "delivery_id!", d.status, coalesce(d.tracking_code, '') as "code!", p.name as partner
           from partner_parcels b
           join delivery_orders d on d.tenant_id = $1 and d.id = b.delivery_id
           join delivery_partners p on p.tenant_id = $1 and p.id = b.partner_id
           where b.tenant_id = $1
             and b.id = $2
             and b.status = 'booked'
             and d.status in ('accepted', 'in_transit')
           for update of b, d"#,
        tx.tenant(),
        parcel.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(()) };
    let before =
        ParcelState::parse(&row.status).ok_or_else(|| DbError::corrupt("delivery_orders.status", &row.status))?;
    let after = before.max(found.state);
    let code = if found.code.is_empty() { row.code } else { found.code.clone() };
    sqlx::query!(
        "update delivery_orders
         set status = $3, tracking_code = nullif($4, ''), cost_cents = coalesce($5, cost_cents),
             dispatched_at = case when $3 in ('in_transit', 'delivered') then coalesce(dispatched_at, $6) else dispatched_at end,
             delivered_at = case when $3 = 'delivered' then $6 else delivered_at end,
             updated_at = $6
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        row.delivery_id,
        after.as_str(),
        code,
        found.cost.map(Money::minor),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update partner_parcels
         set state = $3, checked_at = $4, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        parcel.uuid(),
        found.word,
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if after != before {
        let facts = json!({ "parcel": parcel, "from": before.as_str(), "to": after.as_str() });
        tx.audit(ctx.actor, "parcel_moved", "orders", order.id.uuid(), facts).await?;
        // What goes out and comes to nothing waits on the board for somebody, as what a rider could not hand over.
        let came_to_nothing = after == ParcelState::Cancelled && order.status == OrderStatus::Dispatched;
        if came_to_nothing && !is_with_rider(&mut tx, order.id).await? {
            mark(ctx, &mut tx, order.id, true).await?;
        }
        move_along(ctx, &mut tx, &order, after, &format!("{} {code}", row.partner)).await?;
    }
    Ok(tx.commit().await?)
}

/// Whether a rider has the order meanwhile: then what became of a partner's parcel says nothing of it.
async fn is_with_rider(tx: &mut TenantTx, order: OrderId) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select
               from delivery_orders
               where tenant_id = $1
                 and order_id = $2
                 and is_current
                 and status = 'in_transit'
           ) as "is_with_rider!""#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Moves a paid order to where its parcel is, step by step. What a person has moved otherwise meanwhile stays theirs, and
/// an order in cash is theirs altogether, since delivering it takes its money.
async fn move_along(
    ctx: &Ctx,
    tx: &mut TenantTx,
    order: &LockedOrder,
    state: ParcelState,
    note: &str,
) -> Result<(), AppError> {
    let goal = match state {
        ParcelState::OnTheWay => OrderStatus::Dispatched,
        ParcelState::Delivered => OrderStatus::Delivered,
        ParcelState::Booked | ParcelState::Cancelled => return Ok(()),
    };
    if order.payment_status != PaymentState::Paid {
        return Ok(());
    }
    let (mut stands, mut version) = (order.status, order.version);
    while stands != goal {
        let next = match stands {
            OrderStatus::Paid => OrderStatus::Packing,
            OrderStatus::Packing => OrderStatus::Dispatched,
            OrderStatus::Dispatched if goal == OrderStatus::Delivered => OrderStatus::Delivered,
            _ => return Ok(()),
        };
        // Nothing is told of it: only accepting a cash order is.
        move_in(ctx, tx, order.id, version, next, Some(note)).await?;
        (stands, version) = (next, version + 1);
    }
    Ok(())
}
