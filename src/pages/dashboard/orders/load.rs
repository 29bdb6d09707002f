//! How the list of orders is loaded: two statements, whatever is asked for.

use super::{MOST_COUNTED, OrderFilter, OrderRow, OrdersPage};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{access::Permission, money::Money, order_number::OrderNumber, phone::Phone},
    orders::{
        channel::Channel,
        status::{OrderStatus, PaymentState},
    },
    pages::dashboard::{anywhere, count, currency, page_count},
    payments::matching::Reference,
};

const PER_PAGE: u32 = 25;
/// Nobody turns more pages than this; who looks for something old searches.
const LAST_PAGE: u32 = MOST_COUNTED / PER_PAGE;

/// One page of the list, newest first. A page behind the last is the first.
pub async fn load(ctx: &Ctx, mut filter: OrderFilter) -> Result<OrdersPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    filter.page = filter.page.clamp(1, LAST_PAGE);
    let mut tx = ctx.tx().await?;
    // One statement for every filter: only a plan for the words at hand can use their index.
    tx.plan_as_it_grows().await?;
    let (areas, tags, mark) = load_around(&mut tx).await?;
    let (mut order_count, mut rows) = list_orders(&mut tx, &filter).await?;
    if rows.is_empty() && filter.page > 1 {
        filter.page = 1;
        (order_count, rows) = list_orders(&mut tx, &filter).await?;
    }
    Ok(OrdersPage {
        filter,
        rows,
        order_count,
        page_count: page_count(order_count, PER_PAGE).min(LAST_PAGE),
        areas,
        tags,
        mark,
        may_move: ctx.actor.may(Permission::MoveOrders),
    })
}

/// The mark of the newest change of any order; empty before the first. The counter is in it because an order that was
/// begun earlier can be written later.
pub async fn newest_change(ctx: &Ctx) -> Result<String, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let mark = sqlx::query_scalar!(
        r#"select concat_ws('-', (select next_number from order_counters where tenant_id = $1),
                     (extract(epoch from max(updated_at)) * 1000000)::bigint) as "mark!"
           from orders
           where tenant_id = $1"#,
        tx.tenant()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(mark)
}

/// What there is to choose from, and the mark of the newest change.
async fn load_around(tx: &mut TenantTx) -> Result<(Vec<String>, Vec<String>, String), AppError> {
    let row = sqlx::query!(
        r#"select array(
                      select z.city_area
                      from delivery_zones z
                      where z.tenant_id = $1
                        and z.is_active
                      order by z.city_area
                      limit 500
                  ) as "areas!",
                  array(
                      select distinct tag
                      from (
                          select o.tags
                          from orders o
                          where o.tenant_id = $1
                            and o.tags <> '{}'
                          order by o.placed_at desc
                          limit 500
                      ) lately
                      cross join unnest(lately.tags) as tag
                      order by tag
                      limit 200
                  ) as "tags!",
                  concat_ws('-', (select next_number from order_counters where tenant_id = $1),
                      (select (extract(epoch from max(o.updated_at)) * 1000000)::bigint
                       from orders o
                       where o.tenant_id = $1)) as "mark!""#,
        tx.tenant()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.areas, row.tags, row.mark))
}

async fn list_orders(tx: &mut TenantTx, filter: &OrderFilter) -> Result<(u32, Vec<OrderRow>), AppError> {
    let words = filter.words.as_str();
    let statuses = filter.statuses();
    let (from, to) = filter.days();
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let rows = sqlx::query!(
        r#"with found as materialized (
               select o.id, o.placed_at
               from orders o
               join tenants t on t.id = $1
               where o.tenant_id = $1
                 and ($2::text[] is null or o.status = any($2))
                 and ($3::text is null
                      or o.customer_name ilike $3
                      or o.order_number = $4
                      or o.customer_phone = $5
                      or exists (select from payments p where p.tenant_id = $1 and p.order_id = o.id and p.mpesa_receipt = $6))
                 and ($7::text is null or o.payment_status = $7)
                 and ($8::text is null or o.channel = $8)
                 and ($9::text is null or lower(o.delivery_city_area) = lower($9))
                 and ($10::date is null or o.placed_at >= $10::date::timestamp at time zone t.timezone)
                 and ($11::date is null or o.placed_at < ($11::date + 1)::timestamp at time zone t.timezone)
                 and ($12::text is null or (o.tags <> '{}' and $12 = any(o.tags)))
               order by o.placed_at desc, o.id desc
               limit $13
           ), counted as (
               select count(*) as total
               from found
           ), shown as (
               select found.id
               from found
               order by found.placed_at desc, found.id desc
               limit $14
               offset $15
           )
           select counted.total as "total!", o.id, o.order_number, o.number_prefix, o.version, o.status, o.payment_status, o.channel, o.tags,
                  coalesce(o.payment_method, '') as "payment_method!",
                  coalesce(o.customer_name, '') as "customer_name!", coalesce(o.delivery_city_area, '') as "area!",
                  o.total_cents, o.currency,
                  case when (select count(*) from stores where tenant_id = $1) > 1
                      then (select s.name from stores s where s.tenant_id = $1 and s.id = o.store_id) end as shop,
                  (o.placed_at at time zone t.timezone) as "placed_on!",
                  (select coalesce(sum(i.quantity), 0)
                   from order_items i
                   where i.tenant_id = $1
                     and i.order_id = o.id) as "item_count!",
                  (select count(*)
                   from order_notes n
                   where n.tenant_id = $1
                     and n.order_id = o.id) as "note_count!"
           from shown
           join orders o on o.tenant_id = $1 and o.id = shown.id
           join tenants t on t.id = $1
           cross join counted
           order by o.placed_at desc, o.id desc"#,
        tx.tenant(),
        statuses.as_deref(),
        (!words.is_empty()).then(|| anywhere(words)),
        Reference::parse_prefixed(words).map(|(_, reference)| reference.number()),
        Phone::parse(words).map(|phone| phone.as_str().to_owned()),
        (!words.is_empty()).then(|| words.to_uppercase()),
        optional(&filter.paid),
        optional(&filter.channel),
        optional(&filter.area),
        from,
        to,
        optional(&filter.tag),
        i64::from(MOST_COUNTED),
        i64::from(PER_PAGE),
        i64::from((filter.page - 1) * PER_PAGE)
    )
    .fetch_all(tx.conn())
    .await?;
    let total = rows.first().map_or(0, |row| count(row.total));
    let rows: Result<Vec<_>, AppError> = rows
        .into_iter()
        .map(|row| {
            Ok(OrderRow {
                id: row.id.into(),
                number: OrderNumber::of(&row.number_prefix, row.order_number),
                version: row.version,
                status: OrderStatus::parse(&row.status)
                    .ok_or_else(|| DbError::corrupt("orders.status", &row.status))?,
                payment_status: PaymentState::parse(&row.payment_status)
                    .ok_or_else(|| DbError::corrupt("orders.payment_status", &row.payment_status))?,
                payment_method: row.payment_method,
                channel: Channel::parse(&row.channel)
                    .ok_or_else(|| DbError::corrupt("orders.channel", &row.channel))?,
                customer_name: row.customer_name,
                area: row.area,
                shop: row.shop,
                tags: row.tags,
                note_count: count(row.note_count),
                item_count: count(row.item_count),
                total: Money::new(row.total_cents, currency(&row.currency)?),
                placed_on: row.placed_on.into(),
            })
        })
        .collect();
    Ok((total, rows?))
}
