//! What an order's move means for its parcel: delivered with it, or back in the shop; either way the link is over.

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::id::OrderId,
    mail::{kind::MailKind, outbox::tell_buyer},
    orders::status::OrderStatus,
};
use chrono::{DateTime, Utc};

/// Called in the transaction that has just moved the order. Who was told that a rider comes hears that none does, once,
/// whether or not somebody wrote down why.
pub(in crate::checkout) async fn follow(
    tx: &mut TenantTx,
    order: OrderId,
    from: OrderStatus,
    to: OrderStatus,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let is_delivered = to == OrderStatus::Delivered;
    if from != OrderStatus::Dispatched || !(is_delivered || to == OrderStatus::Packing) {
        return Ok(());
    }
    let ended = sqlx::query_scalar!(
        r#"with ended as (
             update delivery_orders
             set status = case when $3 then 'delivered' else 'failed' end,
                 failure = case when $3 then null else coalesce(failure, 'brought_back') end,
                 delivered_at = case when $3 then $4 else delivered_at end,
                 failed_at = case when $3 then failed_at else coalesce(failed_at, $4) end,
                 is_current = $3,
                 updated_at = $4
             where tenant_id = $1
               and order_id = $2
               and is_current
             returning id
         ), links as (
             update rider_links
             set ended_at = $4, updated_at = $4
             where tenant_id = $1
               and order_id = $2
               and ended_at is null
         ), marked as (
             update orders
             set has_failed_delivery = false
             where tenant_id = $1
               and id = $2
               and has_failed_delivery
         )
         select id as "id!"
         from ended"#,
        tx.tenant(),
        order.uuid(),
        is_delivered,
        now
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(parcel) = ended.filter(|_| !is_delivered) {
        tell_buyer(tx, MailKind::DeliveryFailed, order, parcel).await?;
    }
    Ok(())
}
