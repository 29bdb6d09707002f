//! What buyers paid for delivery against what riders and partners cost, by area and by order.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, currency::Currency, id::OrderId, money::Money, order_number::OrderNumber},
    pages::dashboard::count,
};
use chrono::TimeDelta;

/// How far back it looks.
pub const DAYS: i64 = 30;
const MOST_AREAS: i64 = 200;
const MOST_ORDERS: i64 = 50;
/// Tries that are looked at; the newest.
const MOST_TRIES: i64 = 20_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The dearest for the shop first.
    pub areas: Vec<AreaFigures>,
    /// The newest first.
    pub orders: Vec<OrderFigures>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaFigures {
    pub area: String,
    pub orders: u32,
    /// Tries that failed.
    pub failed: u32,
    /// What buyers paid; nothing for orders that were called off.
    pub charged: Money,
    pub cost: Money,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderFigures {
    pub order: OrderId,
    pub number: OrderNumber,
    pub area: String,
    pub tries: u32,
    pub charged: Money,
    pub cost: Money,
}

/// Fees and costs of orders that went out in the last days; an order's fee counts once, however often it
/// was tried. Two statements.
pub async fn load(ctx: &Ctx) -> Result<Figures, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let since = ctx.now() - TimeDelta::days(DAYS);
    let mut tx = ctx.tx().await?;
    let areas = sqlx::query!(
        r#"with tries as (
               select order_id, cost_cents, status
               from delivery_orders
               where tenant_id = $1
                 and dispatched_at >= $2
               order by dispatched_at desc
               limit $3
           ), per_order as (
               select order_id, sum(cost_cents) as cost_cents, count(*) filter (where status = 'failed') as failed
               from tries
               group by order_id
           )
           select coalesce(o.delivery_city_area, '') as "area!", count(*) as "orders!", sum(p.failed)::bigint as "failed!",
                  sum(case when o.status in ('cancelled', 'refunded') then 0 else o.delivery_fee_cents end)::bigint as "charged!",
                  sum(p.cost_cents)::bigint as "cost!"
           from per_order p
           join orders o on o.tenant_id = $1 and o.id = p.order_id
           group by o.delivery_city_area
           order by sum(case when o.status in ('cancelled', 'refunded') then 0 else o.delivery_fee_cents end) - sum(p.cost_cents),
                    o.delivery_city_area
           limit $4"#,
        tx.tenant(),
        since,
        MOST_TRIES,
        MOST_AREAS
    )
    .fetch_all(tx.conn())
    .await?;
    let orders = sqlx::query!(
        r#"with tries as (
               select order_id, cost_cents, dispatched_at
               from delivery_orders
               where tenant_id = $1
                 and dispatched_at >= $2
               order by dispatched_at desc
               limit $3
           ), per_order as (
               select order_id, sum(cost_cents)::bigint as cost_cents, count(*) as tries, max(dispatched_at) as last
               from tries
               group by order_id
               order by last desc, order_id
               limit $4
           )
           select o.id, o.order_number, o.number_prefix, coalesce(o.delivery_city_area, '') as "area!", p.tries as "tries!", p.cost_cents as "cost!",
                  case when o.status in ('cancelled', 'refunded') then 0 else o.delivery_fee_cents end as "charged!"
           from per_order p
           join orders o on o.tenant_id = $1 and o.id = p.order_id
           order by p.last desc, o.id"#,
        tx.tenant(),
        since,
        MOST_TRIES,
        MOST_ORDERS
    )
    .fetch_all(tx.conn())
    .await?;
    let money = |cents| Money::new(cents, Currency::Kes);
    Ok(Figures {
        areas: areas
            .into_iter()
            .map(|row| AreaFigures {
                area: row.area,
                orders: count(row.orders),
                failed: count(row.failed),
                charged: money(row.charged),
                cost: money(row.cost),
            })
            .collect(),
        orders: orders
            .into_iter()
            .map(|row| OrderFigures {
                order: row.id.into(),
                number: OrderNumber::of(&row.number_prefix, row.order_number),
                area: row.area,
                tries: count(row.tries),
                charged: money(row.charged),
                cost: money(row.cost),
            })
            .collect(),
    })
}
