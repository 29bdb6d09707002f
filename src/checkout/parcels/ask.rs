//! Staff ask for a parcel to be booked with the partner; the worker books it.

use super::standing::{NewParcel, lock};
use crate::{
    ctx::Ctx,
    error::AppError,
    jobs::kinds::Job,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{BookingId, OrderId, PartnerAgentId},
    },
    orders::status::PaymentState,
};
use serde_json::json;

/// Writes down that the order's parcel is to go to this agent. Pressed twice it is one parcel.
///
/// Only what is paid goes to an agent, since an agent collects nothing for the shop.
pub async fn book_parcel(ctx: &Ctx, order: OrderId, agent: PartnerAgentId) -> Result<(), AppError> {
    ctx.require(Permission::MoveOrders)?;
    let mut tx = ctx.tx().await?;
    let standing = lock(&mut tx, order).await?;
    if standing.open.is_some() || standing.delivery.is_some() {
        return Ok(());
    }
    if !standing.may_be_sent() || standing.order.payment_status != PaymentState::Paid {
        return Err(AppError::ChangedMeanwhile);
    }
    let partner = sqlx::query_scalar!(
        "select p.id
         from partner_agents a
         join delivery_partners p on p.tenant_id = $1 and p.id = a.partner_id
         where a.tenant_id = $1
           and a.id = $2
           and a.is_active
           and p.is_active",
        tx.tenant(),
        agent.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or_else(|| AppError::Invalid(FieldErrors::one("agent", FieldProblem::UnknownChoice)))?;
    let id = BookingId::mint();
    let parcel =
        NewParcel { id, order, partner: partner.into(), agent: Some(agent), delivery: None, by: ctx.actor.user() };
    parcel.write(&mut tx).await?;
    tx.enqueue(&Job::BookParcel(id), None, Some(&format!("book_parcel:{id}"))).await?;
    tx.audit(ctx.actor, "parcel_asked_for", "orders", order.uuid(), json!({ "parcel": id, "agent": agent })).await?;
    Ok(tx.commit().await?)
}
