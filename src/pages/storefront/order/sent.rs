//! The parcel of an order as its buyer sees it: who has it, the code it is named by, where it is.

use super::{ParcelStage, SentParcel};
use crate::{db::TenantTx, error::AppError, kernel::id::OrderId};

/// The newest parcel that has a code; what goes with a rider of the shop's own has none.
pub(super) async fn find_sent(tx: &mut TenantTx, order: OrderId) -> Result<Option<SentParcel>, AppError> {
    let row = sqlx::query!(
        r#"select p.name as carrier, d.tracking_code as "code!", d.status, a.title as "agent?"
           from delivery_orders d
           join delivery_partners p on p.tenant_id = $1 and p.id = d.partner_id
           left join partner_parcels b on b.tenant_id = $1 and b.delivery_id = d.id
           left join partner_agents a on a.tenant_id = $1 and a.id = b.agent_id
           where d.tenant_id = $1
             and d.order_id = $2
             and d.tracking_code is not null
           order by d.created_at desc, d.id desc
           limit 1"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let stage = match row.status.as_str() {
        "in_transit" => ParcelStage::OnTheWay,
        "delivered" => ParcelStage::Delivered,
        "failed" => return Ok(None),
        _ => ParcelStage::Booked,
    };
    Ok(Some(SentParcel { carrier: row.carrier, code: row.code, agent: row.agent, stage }))
}
