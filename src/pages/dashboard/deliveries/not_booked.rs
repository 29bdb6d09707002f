//! Parcels that a partner did not book, and that nobody has done anything about since.

use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{access::Permission, id::OrderId, local_time::LocalTime, order_number::OrderNumber},
    pages::dashboard::parcel::Problem,
};

/// More are neither counted nor listed.
pub const MOST_NOT_BOOKED: u32 = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotBooked {
    pub order: OrderId,
    pub number: OrderNumber,
    pub name: String,
    pub area: String,
    pub problem: Problem,
    /// When it was asked for, by the shop's clock.
    pub at: LocalTime,
}

/// The oldest first.
pub async fn load(ctx: &Ctx) -> Result<Vec<NotBooked>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    list(&mut tx).await
}

/// What is still in the house. A newer try speaks for its order, and so does a rider who was given it.
pub(super) async fn list(tx: &mut TenantTx) -> Result<Vec<NotBooked>, AppError> {
    let rows = sqlx::query!(
        r#"select o.id, o.order_number, o.number_prefix, coalesce(o.customer_name, '') as "name!", coalesce(o.delivery_city_area, '') as "area!",
                  b.problem, (b.created_at at time zone t.timezone) as "at!"
           from partner_parcels b
           join tenants t on t.id = $1
           join orders o on o.tenant_id = $1 and o.id = b.order_id and o.status in ('paid', 'packing')
           where b.tenant_id = $1
             and b.status = 'failed'
             and not exists (
                     select
                     from partner_parcels n
                     where n.tenant_id = $1
                       and n.order_id = b.order_id
                       and (n.created_at, n.id) > (b.created_at, b.id)
                 )
             and not exists (
                     select
                     from delivery_orders d
                     where d.tenant_id = $1
                       and d.order_id = b.order_id
                       and d.created_at > b.created_at
                 )
           order by b.created_at, b.id
           limit $2"#,
        tx.tenant(),
        i64::from(MOST_NOT_BOOKED)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| NotBooked {
            order: row.id.into(),
            number: OrderNumber::of(&row.number_prefix, row.order_number),
            name: row.name,
            area: row.area,
            problem: row.problem.as_deref().and_then(Problem::parse).unwrap_or(Problem::Unclear),
            at: row.at.into(),
        })
        .collect())
}
