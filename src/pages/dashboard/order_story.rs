//! The story of an order: each move, when, by whom, and why.

#[cfg(feature = "ssr")]
use crate::{
    db::{DbError, TenantTx},
    error::AppError,
    kernel::id::OrderId,
};
use crate::{kernel::local_time::LocalTime, orders::status::OrderStatus};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub from: Option<OrderStatus>,
    pub to: OrderStatus,
    pub at: LocalTime,
    /// A team member's name, or that of the rider who handed it over; none when money or the program moved it.
    pub by: Option<String>,
    pub note: Option<String>,
}

/// Oldest first.
#[cfg(feature = "ssr")]
pub(super) async fn load(tx: &mut TenantTx, id: OrderId) -> Result<Vec<TimelineEntry>, AppError> {
    let rows = sqlx::query!(
        r#"select h.from_status, h.to_status, (h.changed_at at time zone t.timezone) as "at!", h.note,
                  coalesce(nullif(u.name, ''), u.email, r.name) as by
           from order_status_history h
           join tenants t on t.id = $1
           left join users u on u.tenant_id = $1 and u.id = h.changed_by
           left join delivery_orders d on d.tenant_id = $1
                                      and d.order_id = h.order_id
                                      and d.is_current
                                      and d.status = 'delivered'
                                      and h.to_status = 'delivered'
                                      and h.changed_by is null
           left join delivery_partners r on r.tenant_id = $1 and r.id = d.partner_id and r.phone is not null
           where h.tenant_id = $1
             and h.order_id = $2
           order by h.changed_at, h.id
           limit 100"#,
        tx.tenant(),
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(TimelineEntry {
                from: row.from_status.as_deref().map(read_status).transpose()?,
                to: read_status(&row.to_status)?,
                at: row.at.into(),
                by: row.by,
                note: row.note,
            })
        })
        .collect()
}

#[cfg(feature = "ssr")]
pub(super) fn read_status(word: &str) -> Result<OrderStatus, DbError> {
    OrderStatus::parse(word).ok_or_else(|| DbError::corrupt("orders.status", &word))
}
