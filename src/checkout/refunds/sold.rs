//! An order as a refund sees it: its frozen lines, what is back of them, and the money that stands on it.

use super::{
    super::locks::LockedOrder,
    way::{self, Senders},
};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{OrderId, OrderItemId, PaymentId, VariantId},
        money::Money,
        order_number::OrderNumber,
    },
    orders::{
        refund_shares::{NoRefund, Shares, Sold, SoldLine, Wanted, share},
        status::OrderStatus,
    },
    payments::{ledger, refund::RefundWay},
};

/// A line's name and goods, in the order of [`Sold::lines`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    pub item: OrderItemId,
    pub name: String,
    pub variant_name: String,
    pub variant: Option<VariantId>,
    pub unit_price: Money,
    /// Pieces that a refund has put back on the shelf, a given-up one included.
    pub restocked: u32,
}

/// Some of a payment's money that stands on the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub payment: PaymentId,
    pub method: String,
    pub receipt: Option<String>,
    /// All that the payment ever brought.
    pub brought: Money,
    /// What of it stands on the order.
    pub there: Money,
}

/// An order with all that a refund of it depends on.
#[derive(Clone, Debug)]
pub struct SoldOrder {
    pub order: OrderId,
    pub number: OrderNumber,
    pub status: OrderStatus,
    pub sold: Sold,
    pub goods: Vec<Goods>,
    /// Whether its goods have left the shelf.
    pub has_sold: bool,
    pub(super) sources: Vec<Source>,
    pub(super) senders: Senders,
}

impl SoldOrder {
    /// Still waits for the rest of its money: it can only be given up as a whole.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, OrderStatus::AwaitingPayment | OrderStatus::Pending)
    }

    /// The smallest amount that can go back, in minor units: M-Pesa and hands move whole shillings.
    pub fn unit(&self) -> i64 {
        if self.sources.iter().all(|source| source.method == "card") || !self.sold.there.is_whole() {
            1
        } else {
            self.sold.total.currency().minor_per_whole()
        }
    }

    /// What a refund would be made of.
    pub fn share(&self, wanted: &Wanted) -> Result<Shares, NoRefund> {
        share(&self.sold, wanted, self.unit())
    }

    /// Pieces that go back on the shelf when all that is left of the order does: those that these shares are of, or all
    /// of them when no money moves; a piece that is there already never again.
    pub fn for_shelf(&self, shares: Option<&Shares>) -> Vec<(OrderItemId, u32)> {
        let lines =
            self.sold.lines.iter().zip(&self.goods).filter(|(_, goods)| self.has_sold && goods.variant.is_some());
        lines
            .map(|(line, goods)| {
                let share = |shares: &Shares| {
                    shares.lines.iter().find(|share| share.item == line.item).map_or(0, |share| share.pieces)
                };
                let pieces = shares.map_or(line.quantity, share);
                (line.item, pieces.min(line.quantity.saturating_sub(goods.restocked)))
            })
            .filter(|(_, pieces)| *pieces > 0)
            .collect()
    }

    /// How these would travel.
    pub fn way(&self, shares: &Shares, by_hand: bool) -> RefundWay {
        way::choose(&way::take(&self.sources, shares.total), by_hand, &self.senders)
    }
}

/// The order for the page that asks; nothing is locked.
pub async fn look(ctx: &Ctx, order: OrderId) -> Result<SoldOrder, AppError> {
    ctx.require(Permission::RefundMoney)?;
    look_in(&mut ctx.tx().await?, order).await
}

/// The same for a page that looks for a reason of its own.
pub(in crate::checkout) async fn look_in(tx: &mut TenantTx, order: OrderId) -> Result<SoldOrder, AppError> {
    let row = sqlx::query!(
        "select status, total_cents, currency
         from orders
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let currency = Currency::parse(&row.currency).ok_or_else(|| DbError::corrupt("orders.currency", &row.currency))?;
    let status = OrderStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("orders.status", &row.status))?;
    let total = Money::new(row.total_cents, currency);
    read(tx, Head { order, status, total }).await
}

/// The same under the order's lock.
pub(in crate::checkout) async fn read_locked(tx: &mut TenantTx, order: &LockedOrder) -> Result<SoldOrder, AppError> {
    read(tx, Head { order: order.id, status: order.status, total: order.total }).await
}

struct Head {
    order: OrderId,
    status: OrderStatus,
    total: Money,
}

async fn read(tx: &mut TenantTx, head: Head) -> Result<SoldOrder, AppError> {
    let currency = head.total.currency();
    let money = |minor| Money::new(minor, currency);
    let (lines, goods) = list_lines(tx, head.order, currency).await?;
    let row = sqlx::query!(
        r#"select o.order_number, o.number_prefix, o.delivery_fee_cents, o.tax_cents,
                  coalesce(sum(r.amount_cents), 0)::bigint as "amount_back!",
                  coalesce(sum(r.delivery_cents), 0)::bigint as "delivery_back!",
                  coalesce(sum(r.tax_cents), 0)::bigint as "tax_back!",
                  exists (
                      select
                      from inventory_movements m
                      where m.tenant_id = $1
                        and m.reference_id = $2
                        and m.reason = 'sale'
                  ) as "has_sold!"
           from orders o
           left join refunds r on r.tenant_id = $1 and r.order_id = o.id and r.kind <> 'excess' and r.given_up_at is null
           where o.tenant_id = $1
             and o.id = $2
           group by o.order_number, o.number_prefix, o.delivery_fee_cents, o.tax_cents"#,
        tx.tenant(),
        head.order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let there = ledger::on_order(tx, head.order, currency).await?.on_order;
    let sources = list_sources(tx, head.order, currency).await?;
    let payments: Vec<PaymentId> = sources.iter().map(|source| source.payment).collect();
    let senders = way::senders(tx, &payments).await?;
    Ok(SoldOrder {
        order: head.order,
        number: OrderNumber::of(&row.number_prefix, row.order_number),
        status: head.status,
        sold: Sold {
            lines,
            delivery: money(row.delivery_fee_cents),
            total: head.total,
            tax: money(row.tax_cents),
            delivery_back: money(row.delivery_back),
            amount_back: money(row.amount_back),
            tax_back: money(row.tax_back),
            there,
        },
        goods,
        has_sold: row.has_sold,
        sources,
        senders,
    })
}

async fn list_lines(
    tx: &mut TenantTx,
    order: OrderId,
    currency: Currency,
) -> Result<(Vec<SoldLine>, Vec<Goods>), AppError> {
    let rows = sqlx::query!(
        r#"select i.id, i.quantity, i.unit_price_cents, i.line_total_cents, i.tax_cents, i.name_snapshot,
                  coalesce(i.variant_snapshot, '') as "variant_name!", i.variant_id,
                  coalesce(b.pieces, 0) as "pieces!", coalesce(b.amount_cents, 0)::bigint as "amount_back!",
                  coalesce(b.tax_cents, 0)::bigint as "tax_back!", coalesce(b.restocked, 0) as "restocked!"
           from order_items i
           left join lateral (
               select sum(l.quantity) filter (where r.given_up_at is null) as pieces,
                      sum(l.amount_cents) filter (where r.given_up_at is null) as amount_cents,
                      sum(l.tax_cents) filter (where r.given_up_at is null) as tax_cents,
                      sum(l.quantity) filter (where l.is_restocked) as restocked
               from refund_lines l
               join refunds r on r.tenant_id = $1 and r.id = l.refund_id
               where l.tenant_id = $1
                 and l.order_item_id = i.id
           ) b on true
           where i.tenant_id = $1
             and i.order_id = $2
           order by i.position, i.id
           limit 100"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let money = |minor| Money::new(minor, currency);
    let mut lines = Vec::with_capacity(rows.len());
    let mut goods = Vec::with_capacity(rows.len());
    for row in rows {
        let quantity = u32::try_from(row.quantity).unwrap_or(0);
        let unit_price = money(row.unit_price_cents);
        lines.push(SoldLine {
            item: row.id.into(),
            quantity,
            gross: unit_price.times(quantity).map_err(AppError::broken)?,
            net: money(row.line_total_cents),
            tax: money(row.tax_cents),
            pieces_back: u32::try_from(row.pieces).unwrap_or(0),
            amount_back: money(row.amount_back),
            tax_back: money(row.tax_back),
        });
        goods.push(Goods {
            item: row.id.into(),
            name: row.name_snapshot,
            variant_name: row.variant_name,
            variant: row.variant_id.map(Into::into),
            unit_price,
            restocked: u32::try_from(row.restocked).unwrap_or(0),
        });
    }
    Ok((lines, goods))
}

/// Payments with money on the order, the largest first.
async fn list_sources(tx: &mut TenantTx, order: OrderId, currency: Currency) -> Result<Vec<Source>, AppError> {
    let rows = sqlx::query!(
        r#"select p.id, p.method, p.mpesa_receipt, coalesce(p.paid_amount_cents, p.amount_cents) as "brought_cents!",
                  e.there_cents as "there_cents!"
           from (
               select payment_id, sum(amount_cents)::bigint as there_cents
               from ledger_entries
               where tenant_id = $1
                 and order_id = $2
               group by payment_id
               having sum(amount_cents) > 0
           ) e
           join payments p on p.tenant_id = $1 and p.id = e.payment_id
           where p.tenant_id = $1
           order by e.there_cents desc, p.id
           limit 100"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Source {
            payment: row.id.into(),
            method: row.method,
            receipt: row.mpesa_receipt,
            brought: Money::new(row.brought_cents, currency),
            there: Money::new(row.there_cents, currency),
        })
        .collect())
}
