//! Orders on paper: a slip for each parcel, and one list of what to take from the shelves for all of them. Pieces whose
//! money goes back, or has gone, are on neither.

use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::OrderId,
        local_time::LocalTime,
        money::Money,
        order_number::OrderNumber,
        phone::Phone,
    },
    orders::status::{OrderStatus, PaymentState},
    pages::dashboard::currency,
};
use serde::Deserialize;
use sqlx::types::Json;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The most orders that are printed at once.
pub const MOST_PRINTED: usize = 50;

/// One parcel's slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub order: OrderId,
    pub number: OrderNumber,
    pub status: OrderStatus,
    pub placed_on: LocalTime,
    pub shop: String,
    /// As people read it, where it is a mobile number.
    pub shop_phone: Option<String>,
    pub name: String,
    /// As people read it: `0711 223 344`.
    pub phone: String,
    pub area: String,
    pub street: String,
    pub instructions: Option<String>,
    pub lines: Vec<SlipLine>,
    /// What whoever brings it collects; none when it is paid.
    pub to_collect: Option<Money>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SlipLine {
    pub name: String,
    pub variant: String,
    pub sku: Option<String>,
    pub quantity: u32,
}

/// One good of the picking list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    pub name: String,
    pub variant: String,
    pub sku: Option<String>,
    /// Pieces for all of the orders.
    pub quantity: u32,
    /// Pieces for each order, by number.
    pub orders: Vec<(OrderNumber, u32)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickingList {
    /// By product, then variant, as goods lie on a shelf.
    pub picks: Vec<Pick>,
    pub numbers: Vec<OrderNumber>,
}

/// Reads the orders that an address names, parted by spaces; what a list adds behind a colon is not looked at. Each once.
pub fn read_orders(named: &str) -> Result<Vec<OrderId>, AppError> {
    let mut orders = Vec::new();
    let wrong = |problem| AppError::Invalid(FieldErrors::one("order", problem));
    for one in named.split_whitespace() {
        let id = one.split_once(':').map_or(one, |(id, _)| id);
        let id = OrderId::parse(id).ok_or_else(|| wrong(FieldProblem::Unreadable))?;
        if !orders.contains(&id) {
            orders.push(id);
        }
        if orders.len() > MOST_PRINTED {
            return Err(wrong(FieldProblem::TooMany));
        }
    }
    if orders.is_empty() { Err(wrong(FieldProblem::Missing)) } else { Ok(orders) }
}

/// The slips of these orders, the oldest first. What is not ours is not among them.
pub async fn load_slips(ctx: &Ctx, orders: &[OrderId]) -> Result<Vec<Slip>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let slips = list_slips(&mut tx, orders).await?;
    if slips.is_empty() { Err(AppError::NotFound) } else { Ok(slips) }
}

async fn list_slips(tx: &mut TenantTx, orders: &[OrderId]) -> Result<Vec<Slip>, AppError> {
    let ids = ids(orders);
    let rows = sqlx::query!(
        r#"select o.id, o.order_number, o.number_prefix, o.status, o.payment_status, (o.placed_at at time zone t.timezone) as "placed_on!",
                  s.name as shop, s.primary_contact_phone as shop_phone, coalesce(o.customer_name, '') as "name!",
                  coalesce(o.customer_phone, '') as "phone!", coalesce(o.delivery_city_area, '') as "area!",
                  coalesce(o.shipping_address->>'street', '') as "street!",
                  coalesce(o.shipping_address->>'instructions', o.notes) as instructions, o.total_cents, o.currency,
                  (select there.cents from order_money($1, o.id) as there (cents)) as "there_cents!",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'name', i.name_snapshot,
                              'variant', coalesce(i.variant_snapshot, ''),
                              'sku', v.sku,
                              'quantity', i.quantity - back.pieces) order by i.position, i.id), '[]')
                   from order_items i
                   left join product_variants v on v.tenant_id = $1 and v.id = i.variant_id
                   cross join lateral (
                       select coalesce(sum(l.quantity), 0) as pieces
                       from refund_lines l
                       join refunds r on r.tenant_id = $1 and r.id = l.refund_id and r.given_up_at is null
                       where l.tenant_id = $1
                         and l.order_item_id = i.id
                   ) back
                   where i.tenant_id = $1
                     and i.order_id = o.id
                     and i.quantity > back.pieces) as "lines!: Json<Vec<SlipLine>>"
           from orders o
           join tenants t on t.id = $1
           join stores s on s.tenant_id = $1 and s.id = o.store_id
           where o.tenant_id = $1
             and o.id = any($2)
             and o.status not in ('cancelled', 'refunded')
           order by o.placed_at, o.id
           limit 50"#,
        tx.tenant(),
        &ids
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let payment = PaymentState::parse(&row.payment_status)
                .ok_or_else(|| DbError::corrupt("orders.payment_status", &row.payment_status))?;
            let owes = matches!(payment, PaymentState::Unpaid | PaymentState::Partial);
            let missing = Money::new((row.total_cents - row.there_cents).max(0), currency(&row.currency)?);
            let phone = Phone::parse(&row.phone);
            Ok(Slip {
                order: row.id.into(),
                number: OrderNumber::of(&row.number_prefix, row.order_number),
                status: OrderStatus::parse(&row.status)
                    .ok_or_else(|| DbError::corrupt("orders.status", &row.status))?,
                placed_on: row.placed_on.into(),
                shop: row.shop,
                shop_phone: row.shop_phone.map(|typed| Phone::parse(&typed).map_or(typed, |phone| phone.display())),
                name: row.name,
                phone: phone.map_or(row.phone, |phone| phone.display()),
                area: row.area,
                street: row.street,
                instructions: row.instructions.filter(|text| !text.is_empty()),
                lines: row.lines.0,
                to_collect: Some(missing).filter(|missing| owes && !missing.is_zero()),
            })
        })
        .collect()
}

/// What these orders need, the same good of all of them together.
pub async fn load_picking(ctx: &Ctx, orders: &[OrderId]) -> Result<PickingList, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let ids = ids(orders);
    let rows = sqlx::query!(
        r#"select coalesce(i.variant_id, i.id) as "good!", i.name_snapshot as name, coalesce(i.variant_snapshot, '') as "variant!",
                  v.sku as "sku?", o.order_number, o.number_prefix, (i.quantity - back.pieces)::int as "quantity!"
           from order_items i
           join orders o on o.tenant_id = $1 and o.id = i.order_id
           left join product_variants v on v.tenant_id = $1 and v.id = i.variant_id
           cross join lateral (
               select coalesce(sum(l.quantity), 0) as pieces
               from refund_lines l
               join refunds r on r.tenant_id = $1 and r.id = l.refund_id and r.given_up_at is null
               where l.tenant_id = $1
                 and l.order_item_id = i.id
           ) back
           where i.tenant_id = $1
             and i.order_id = any($2)
             and i.quantity > back.pieces
             and o.status not in ('cancelled', 'refunded')
           order by o.order_number desc, i.position
           limit 5000"#,
        tx.tenant(),
        &ids
    )
    .fetch_all(tx.conn())
    .await?;
    let mut numbers = BTreeSet::new();
    let mut goods: HashMap<Uuid, Pick> = HashMap::new();
    for row in rows {
        let pieces = u32::try_from(row.quantity).unwrap_or(0);
        let number = OrderNumber::of(&row.number_prefix, row.order_number);
        numbers.insert(number);
        // Named as the newest order names it: it may have been called otherwise before.
        let pick = goods.entry(row.good).or_insert_with(|| Pick {
            name: row.name,
            variant: row.variant,
            sku: row.sku,
            quantity: 0,
            orders: Vec::new(),
        });
        pick.quantity += pieces;
        pick.orders.insert(0, (number, pieces));
    }
    let mut picks: Vec<Pick> = goods.into_values().collect();
    picks.sort_by_key(|pick| (pick.name.to_lowercase(), pick.variant.to_lowercase(), pick.sku.clone()));
    if picks.is_empty() {
        Err(AppError::NotFound)
    } else {
        Ok(PickingList { picks, numbers: numbers.into_iter().collect() })
    }
}

fn ids(orders: &[OrderId]) -> Vec<Uuid> {
    orders.iter().map(|order| order.uuid()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_each_order_once_and_not_too_many() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(read_orders(&format!("{id}:7 {id}")).map(|read| read.len()), Ok(1));
        let wrong = |problem| Err(AppError::Invalid(FieldErrors::one("order", problem)));
        assert_eq!(read_orders(""), wrong(FieldProblem::Missing));
        assert_eq!(read_orders("1001"), wrong(FieldProblem::Unreadable));
        let many: Vec<String> = (0..=MOST_PRINTED).map(|at| format!("01890a5d-ac96-774b-bcce-{at:012}")).collect();
        assert_eq!(read_orders(&many.join(" ")), wrong(FieldProblem::TooMany));
    }
}
