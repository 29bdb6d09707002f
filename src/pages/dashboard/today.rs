//! Today: how much, what to pack, what runs out.

use crate::kernel::{
    id::{OrderId, VariantId},
    local_time::LocalDay,
    money::Money,
    order_number::OrderNumber,
};
use serde::{Deserialize, Serialize};

/// The figures of one day in the shop's own zone, and the same of the day before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TodayPage {
    pub today: DayFigures,
    pub yesterday: DayFigures,
    /// Paid or accepted, not yet packed: oldest first, at most 10.
    pub to_pack: Vec<ToPack>,
    pub to_pack_count: u32,
    /// At or below their threshold: lowest first, at most 10.
    pub low_stock: Vec<LowStock>,
    pub low_stock_count: u32,
    /// Payments that have money in the inbox.
    pub unplaced_count: u32,
    /// Orders whose payment is open now.
    pub awaiting_payment_count: u32,
    /// The last seven days, oldest first, today last.
    pub week: Vec<DayMoney>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// Sessions with at least one page view.
    pub visits: u32,
    /// Sessions that put something into a cart.
    pub carts: u32,
    pub orders: u32,
    /// Money received, less what was sent back on that day.
    pub money: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToPack {
    pub order: OrderId,
    pub number: OrderNumber,
    pub customer_name: String,
    pub area: String,
    pub item_count: u32,
    pub total: Money,
    /// Minutes since it was placed.
    pub age_minutes: u32,
    /// To be accepted: paid in cash when delivered.
    pub is_cash: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowStock {
    pub variant: VariantId,
    pub product_name: String,
    pub variant_name: String,
    /// In the house and not promised to anybody.
    pub left: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayMoney {
    /// A day of the shop's calendar.
    pub day: LocalDay,
    pub money: Money,
    /// The same weekday, a week earlier.
    pub before: Money,
}

#[cfg(feature = "ssr")]
pub use load::load;

#[cfg(feature = "ssr")]
mod load {
    use super::{DayFigures, DayMoney, LowStock, Money, OrderNumber, ToPack, TodayPage};
    use crate::{
        ctx::Ctx,
        db::TenantTx,
        error::AppError,
        kernel::{access::Permission, currency::Currency},
        pages::dashboard::{count, currency},
    };
    use chrono::{DateTime, NaiveDate, Utc};

    /// The page of the day that it is now in the tenant's zone.
    pub async fn load(ctx: &Ctx) -> Result<TodayPage, AppError> {
        ctx.require(Permission::SeeDashboard)?;
        let mut tx = ctx.tx().await?;
        let days = list_days(&mut tx, ctx.now()).await?;
        let (to_pack, to_pack_count) = list_to_pack(&mut tx, ctx.now()).await?;
        let (low_stock, low_stock_count) = list_low_stock(&mut tx, ctx.now()).await?;
        let today = days.last().ok_or(AppError::NotFound)?;
        Ok(TodayPage {
            today: today.figures,
            yesterday: days.get(days.len().wrapping_sub(2)).unwrap_or(today).figures,
            unplaced_count: today.unplaced_count,
            awaiting_payment_count: today.awaiting_payment_count,
            week: pair_weeks(&days),
            to_pack,
            to_pack_count,
            low_stock,
            low_stock_count,
        })
    }

    struct Day {
        day: NaiveDate,
        figures: DayFigures,
        unplaced_count: u32,
        awaiting_payment_count: u32,
    }

    /// Each of the last seven days beside the same weekday before.
    fn pair_weeks(days: &[Day]) -> Vec<DayMoney> {
        let (before, now) = days.split_at(days.len().saturating_sub(7));
        now.iter()
            .zip(before)
            .map(|(day, before)| DayMoney {
                day: day.day.into(),
                money: day.figures.money,
                before: before.figures.money,
            })
            .collect()
    }

    /// Fourteen days, oldest first; visits, carts and orders are counted for the last two only.
    async fn list_days(tx: &mut TenantTx, now: DateTime<Utc>) -> Result<Vec<Day>, AppError> {
        let rows = sqlx::query!(
            r#"with zone as (
                   select timezone, ($2::timestamptz at time zone timezone)::date as today
                   from tenants
                   where id = $1
               ), store as (
                   select default_currency
                   from stores
                   where tenant_id = $1
                   order by created_at, id
                   limit 1
               ), days as (
                   select back,
                          zone.today - back as day,
                          (zone.today - back)::timestamp at time zone zone.timezone as opens,
                          (zone.today - back + 1)::timestamp at time zone zone.timezone as closes
                   from zone, generate_series(0, 13) as back
               )
               select days.day as "day!", store.default_currency,
                      case when back < 2 then (
                          select count(distinct e.session_id)
                          from events e
                          where e.tenant_id = $1
                            and e.event_type in ('page_view', 'product_view')
                            and e.device is distinct from 'bot'
                            and e.occurred_at >= days.opens
                            and e.occurred_at < days.closes) end as visits,
                      case when back < 2 then (
                          select count(distinct e.session_id)
                          from events e
                          where e.tenant_id = $1
                            and e.event_type = 'add_to_cart'
                            and e.device is distinct from 'bot'
                            and e.occurred_at >= days.opens
                            and e.occurred_at < days.closes) end as carts,
                      case when back < 2 then (
                          select count(*)
                          from orders o
                          where o.tenant_id = $1
                            and o.placed_at >= days.opens
                            and o.placed_at < days.closes) end as orders,
                      (select coalesce(sum(coalesce(p.paid_amount_cents, p.amount_cents)), 0)::bigint
                       from payments p
                       where p.tenant_id = $1
                         and p.status = 'succeeded'
                         and p.completed_at >= days.opens
                         and p.completed_at < days.closes)
                      - (select coalesce(sum(r.amount_cents), 0)::bigint
                         from refunds r
                         where r.tenant_id = $1
                           and r.status = 'processed'
                           and r.way <> 'credit'
                           and r.processed_at >= days.opens
                           and r.processed_at < days.closes) as "received_cents!",
                      case when back = 0 then (
                          select count(*)
                          from orders o
                          where o.tenant_id = $1
                            and o.status = 'awaiting_payment') end as awaiting,
                      case when back = 0 then (
                          select count(*)
                          from (
                              select e.payment_id
                              from ledger_entries e
                              where e.tenant_id = $1
                                and e.place = 'inbox'
                              group by e.payment_id
                              having sum(e.amount_cents) > 0
                          ) lying) end as unplaced
               from days, store
               order by days.day"#,
            tx.tenant(),
            now
        )
        .fetch_all(tx.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let currency = Currency::parse(&row.default_currency).unwrap_or_default();
                Ok(Day {
                    day: row.day,
                    figures: DayFigures {
                        visits: count(row.visits.unwrap_or(0)),
                        carts: count(row.carts.unwrap_or(0)),
                        orders: count(row.orders.unwrap_or(0)),
                        money: Money::new(row.received_cents, currency),
                    },
                    awaiting_payment_count: count(row.awaiting.unwrap_or(0)),
                    unplaced_count: count(row.unplaced.unwrap_or(0)),
                })
            })
            .collect()
    }

    async fn list_to_pack(tx: &mut TenantTx, now: DateTime<Utc>) -> Result<(Vec<ToPack>, u32), AppError> {
        let rows = sqlx::query!(
            r#"select o.id, o.order_number, o.number_prefix, coalesce(o.customer_name, '') as "customer_name!",
                      coalesce(o.delivery_city_area, '') as "area!", o.total_cents, o.currency, o.placed_at,
                      o.status = 'pending' as "is_cash!",
                      count(*) over () as "order_count!",
                      (select coalesce(sum(i.quantity), 0)
                       from order_items i
                       where i.tenant_id = $1
                         and i.order_id = o.id) as "item_count!"
               from orders o
               where o.tenant_id = $1
                 and (o.status = 'paid' or (o.status = 'pending' and o.payment_method = 'cod' and o.deposit_cents is null))
               order by o.placed_at, o.id
               limit 10"#,
            tx.tenant()
        )
        .fetch_all(tx.conn())
        .await?;
        let order_count = rows.first().map_or(0, |row| count(row.order_count));
        let orders = rows
            .into_iter()
            .map(|row| {
                Ok(ToPack {
                    order: row.id.into(),
                    number: OrderNumber::of(&row.number_prefix, row.order_number),
                    customer_name: row.customer_name,
                    area: row.area,
                    item_count: count(row.item_count),
                    total: Money::new(row.total_cents, currency(&row.currency)?),
                    age_minutes: count((now - row.placed_at).num_minutes()),
                    is_cash: row.is_cash,
                })
            })
            .collect::<Result<_, AppError>>()?;
        Ok((orders, order_count))
    }

    /// Starts from the few that can be low: few in the house, or promised to somebody.
    async fn list_low_stock(tx: &mut TenantTx, now: DateTime<Utc>) -> Result<(Vec<LowStock>, u32), AppError> {
        let rows = sqlx::query!(
            r#"with held as (
                   select variant_id, sum(quantity)::int as pieces
                   from stock_holds
                   where tenant_id = $1
                     and released_at is null
                     and converted_at is null
                     and expires_at > $2
                   group by variant_id
               ), suspects as (
                   select id
                   from product_variants
                   where tenant_id = $1
                     and is_active
                     and stock_quantity <= low_stock_threshold
                   union
                   select variant_id
                   from held
               )
               select v.id, p.name as product_name, v.name as variant_name,
                      v.stock_quantity - coalesce(held.pieces, 0) as "left!",
                      count(*) over () as "variant_count!"
               from suspects
               join product_variants v on v.tenant_id = $1 and v.id = suspects.id and v.is_active
               join products p on p.tenant_id = $1 and p.id = v.product_id and p.status = 'active'
               left join held on held.variant_id = v.id
               where v.tenant_id = $1
                 and v.stock_quantity - coalesce(held.pieces, 0) <= v.low_stock_threshold
               order by 4, p.name, v.position, v.id
               limit 10"#,
            tx.tenant(),
            now
        )
        .fetch_all(tx.conn())
        .await?;
        let variant_count = rows.first().map_or(0, |row| count(row.variant_count));
        let low = rows
            .into_iter()
            .map(|row| LowStock {
                variant: row.id.into(),
                product_name: row.product_name,
                variant_name: row.variant_name,
                left: row.left,
            })
            .collect();
        Ok((low, variant_count))
    }
}
