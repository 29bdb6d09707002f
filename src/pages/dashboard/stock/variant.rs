//! One variant's stock: its numbers, its ledger, and who holds pieces of it until when.

use super::StockRow;
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{OrderId, VariantId},
        local_time::LocalTime,
        order_number::OrderNumber,
    },
};
use uuid::Uuid;

const PER_PAGE: i64 = 50;

#[derive(Clone, Debug)]
pub struct VariantStock {
    pub row: StockRow,
    pub holds: Vec<Hold>,
    /// Newest first.
    pub ledger: Vec<LedgerLine>,
    /// From 1.
    pub page: u32,
    pub has_more: bool,
    pub may_adjust: bool,
    /// May give an order's goods back.
    pub may_release: bool,
}

/// Pieces promised to an order.
#[derive(Clone, Debug)]
pub struct Hold {
    pub order: OrderId,
    pub number: OrderNumber,
    pub customer_name: String,
    pub quantity: i32,
    pub until: LocalTime,
    /// A prompt is open: nobody takes the goods away now.
    pub is_being_paid: bool,
}

/// One movement.
#[derive(Clone, Debug)]
pub struct LedgerLine {
    pub change: i32,
    /// `sale`, `restock`, `adjustment` or `refund`.
    pub reason: String,
    pub reference: Option<Reference>,
    /// None when the program did it.
    pub person: Option<String>,
    pub note: String,
    pub balance_after: Option<i32>,
    pub at: LocalTime,
}

/// What a movement is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    Order { id: OrderId, number: OrderNumber },
    Count(Uuid),
    Import,
    Refund,
}

pub async fn load(ctx: &Ctx, variant: VariantId, page: u32) -> Result<VariantStock, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let page = page.clamp(1, 2_000);
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select v.product_id, p.name as product_name, v.name as variant_name, coalesce(v.sku, '') as "sku!",
                  v.stock_quantity, v.low_stock_threshold, v.version
           from product_variants v
           join products p on p.tenant_id = $1 and p.id = v.product_id
           where v.tenant_id = $1
             and v.id = $2"#,
        tx.tenant(),
        variant.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let holds: Vec<Hold> = sqlx::query!(
        r#"select h.order_id, o.order_number, o.number_prefix, coalesce(o.customer_name, '') as "customer_name!", h.quantity,
                  h.expires_at at time zone t.timezone as "until!",
                  exists (
                      select 1
                      from payments y
                      where y.tenant_id = $1
                        and y.order_id = h.order_id
                        and y.status in ('initiated', 'pending')
                        and y.method in ('mpesa_till', 'mpesa_paybill')
                  ) as "is_being_paid!"
           from stock_holds h
           join tenants t on t.id = $1
           join orders o on o.tenant_id = $1 and o.id = h.order_id
           where h.tenant_id = $1
             and h.variant_id = $2
             and h.released_at is null
             and h.converted_at is null
             and h.expires_at > $3
           order by h.expires_at, h.id
           limit 200"#,
        tx.tenant(),
        variant.uuid(),
        ctx.now()
    )
    .fetch_all(tx.conn())
    .await?
    .into_iter()
    .map(|row| Hold {
        order: row.order_id.into(),
        number: OrderNumber::of(&row.number_prefix, row.order_number),
        customer_name: row.customer_name,
        quantity: row.quantity,
        until: LocalTime::from(row.until),
        is_being_paid: row.is_being_paid,
    })
    .collect();
    let mut lines = sqlx::query!(
        r#"select m.change, m.reason, m.reference_type, m.reference_id, coalesce(m.note, '') as "note!", m.balance_after,
                  coalesce(nullif(u.name, ''), u.email) as "person?", o.order_number as "order_number?", o.number_prefix as "number_prefix?",
                  m.created_at at time zone t.timezone as "at!"
           from inventory_movements m
           join tenants t on t.id = $1
           left join users u on u.tenant_id = $1 and u.id = m.created_by
           left join orders o on o.tenant_id = $1 and o.id = m.reference_id and m.reference_type = 'order'
           where m.tenant_id = $1
             and m.variant_id = $2
           order by m.created_at desc, m.id desc
           limit $3
           offset $4"#,
        tx.tenant(),
        variant.uuid(),
        PER_PAGE + 1,
        i64::from(page - 1) * PER_PAGE
    )
    .fetch_all(tx.conn())
    .await?;
    let has_more = i64::try_from(lines.len()).is_ok_and(|count| count > PER_PAGE);
    lines.truncate(usize::try_from(PER_PAGE).unwrap_or(50));
    let ledger = lines
        .into_iter()
        .map(|line| LedgerLine {
            change: line.change,
            reason: line.reason,
            reference: match (
                line.reference_type.as_deref(),
                line.reference_id,
                OrderNumber::maybe(line.number_prefix.as_deref(), line.order_number),
            ) {
                (Some("order"), Some(id), Some(number)) => Some(Reference::Order { id: id.into(), number }),
                (Some("count"), Some(id), _) => Some(Reference::Count(id)),
                (Some("import"), ..) => Some(Reference::Import),
                (Some("refund"), ..) => Some(Reference::Refund),
                _ => None,
            },
            person: line.person,
            note: line.note,
            balance_after: line.balance_after,
            at: LocalTime::from(line.at),
        })
        .collect();
    let held = holds.iter().map(|hold| hold.quantity).sum();
    Ok(VariantStock {
        row: StockRow {
            variant,
            product: row.product_id.into(),
            product_name: row.product_name,
            variant_name: row.variant_name,
            sku: row.sku,
            stock: row.stock_quantity,
            held,
            limit: row.low_stock_threshold,
            version: row.version,
        },
        holds,
        ledger,
        page,
        has_more,
        may_adjust: ctx.actor.may(Permission::AdjustStock),
        may_release: ctx.actor.may(Permission::MoveOrders),
    })
}
