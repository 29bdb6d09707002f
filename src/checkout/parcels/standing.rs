//! What an order's parcel stands at, under the order's lock: what is open already, and what it is booked with.

use super::super::locks::{LockedOrder, lock_order};
use crate::{
    db::TenantTx,
    delivery::partners::contract::Booked,
    error::AppError,
    kernel::{
        id::{BookingId, DeliveryPartnerId, OrderId, PartnerAgentId, UserId},
        money::Money,
    },
    mail::{kind::MailKind, outbox::tell_buyer},
    orders::status::OrderStatus,
};
use uuid::Uuid;

/// An order, and what is under way for it.
pub(super) struct Standing {
    pub order: LockedOrder,
    /// A booking that has not ended, and whether the partner is being asked right now.
    pub open: Option<(BookingId, bool)>,
    /// The code of a delivery that has not ended; empty when it has none.
    pub delivery: Option<String>,
}

impl Standing {
    /// Whether there is something in the house to be sent.
    pub const fn may_be_sent(&self) -> bool {
        matches!(self.order.status, OrderStatus::Paid | OrderStatus::Packing | OrderStatus::Dispatched)
    }
}

pub(super) async fn lock(tx: &mut TenantTx, order: OrderId) -> Result<Standing, AppError> {
    let locked = lock_order(tx, order).await?;
    let open = sqlx::query!(
        "select id, status
         from partner_parcels
         where tenant_id = $1
           and order_id = $2
           and status in ('asked', 'asking')
         for update",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let delivery = sqlx::query_scalar!(
        r#"select coalesce(tracking_code, '') as "code!"
           from delivery_orders
           where tenant_id = $1
             and order_id = $2
             and status in ('pending', 'accepted', 'in_transit')
           order by created_at desc, id desc
           limit 1"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(Standing { order: locked, open: open.map(|row| (row.id.into(), row.status == "asking")), delivery })
}

/// A new try.
pub(super) struct NewParcel {
    pub id: BookingId,
    pub order: OrderId,
    pub partner: DeliveryPartnerId,
    pub agent: Option<PartnerAgentId>,
    /// What it became at once; none for the worker's to book.
    pub delivery: Option<Uuid>,
    pub by: Option<UserId>,
}

impl NewParcel {
    pub async fn write(&self, tx: &mut TenantTx) -> Result<(), AppError> {
        let status = if self.delivery.is_some() { "booked" } else { "asked" };
        sqlx::query!(
            "insert into partner_parcels (tenant_id, id, order_id, partner_id, agent_id, delivery_id, status, booked_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            tx.tenant(),
            self.id.uuid(),
            self.order.uuid(),
            self.partner.uuid(),
            self.agent.map(PartnerAgentId::uuid),
            self.delivery,
            status,
            self.by.map(UserId::uuid)
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}

/// The delivery that a booked parcel is, a try like those of riders: one of theirs that failed before counts no more, and
/// stays what it was. Its buyer is told the code with it, once.
pub(super) async fn write_delivery(
    tx: &mut TenantTx,
    order: OrderId,
    partner: DeliveryPartnerId,
    booked: &Booked,
) -> Result<Uuid, AppError> {
    let delivery = sqlx::query_scalar!(
        "with before as (
             update delivery_orders
             set is_current = false, updated_at = now()
             where tenant_id = $1
               and order_id = $2
               and is_current
               and status = 'failed'
         ), marked as (
             update orders
             set has_failed_delivery = false, version = version + 1, updated_at = now()
             where tenant_id = $1
               and id = $2
               and has_failed_delivery
         )
         insert into delivery_orders (tenant_id, order_id, partner_id, status, tracking_code, cost_cents, attempt)
         select $1, $2, $3, $4, $5, $6,
                1 + (select count(*)::int
                     from delivery_orders d
                     where d.tenant_id = $1
                       and d.order_id = $2)
         returning id",
        tx.tenant(),
        order.uuid(),
        partner.uuid(),
        booked.state.as_str(),
        booked.code,
        booked.cost.map_or(0, Money::minor)
    )
    .fetch_one(tx.conn())
    .await?;
    tell_buyer(tx, MailKind::ParcelBooked, order, delivery).await?;
    Ok(delivery)
}
