//! The list of orders, searched and filtered.

use crate::kernel::{id::OrderId, local_time::LocalTime, money::Money};
use crate::orders::status::{OrderStatus, PaymentState};
use serde::{Deserialize, Serialize};

/// What the address asks for; all fields may be empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFilter {
    /// Order number, name, phone, or M-Pesa receipt.
    #[serde(default)]
    pub words: String,
    /// A word of `orders.status`, or `to_pack`; anything else is all of them.
    #[serde(default)]
    pub status: String,
    /// From 1.
    #[serde(default)]
    pub page: u32,
}

impl OrderFilter {
    /// Paid, or to be paid in cash and not yet accepted.
    pub const TO_PACK: &'static str = "to_pack";
    /// The choices offered above the list: all, then in the order of an order's life.
    pub const OFFERED: [&'static str; 7] =
        ["", Self::TO_PACK, "awaiting_payment", "packing", "dispatched", "delivered", "cancelled"];
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersPage {
    pub filter: OrderFilter,
    pub rows: Vec<OrderRow>,
    pub order_count: u32,
    pub page_count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: i64,
    pub status: OrderStatus,
    pub payment_status: PaymentState,
    pub payment_method: String,
    pub customer_name: String,
    pub area: String,
    pub item_count: u32,
    pub total: Money,
    /// By the shop's clock.
    pub placed_on: LocalTime,
}

#[cfg(feature = "ssr")]
pub use load::load;

#[cfg(feature = "ssr")]
mod load {
    use super::{Money, OrderFilter, OrderRow, OrderStatus, OrdersPage, PaymentState};
    use crate::{
        ctx::Ctx,
        db::{DbError, TenantTx},
        error::AppError,
        kernel::{access::Permission, phone::Phone},
        pages::dashboard::{anywhere, count, currency, page_count},
        payments::matching::Reference,
    };

    const PER_PAGE: u32 = 25;
    /// Nobody turns more pages than this; who looks for something old searches.
    const LAST_PAGE: u32 = 400;
    const WORDS_LENGTH: usize = 100;

    /// The filter as the statements take it.
    struct Search {
        statuses: Option<Vec<String>>,
        pattern: Option<String>,
        number: Option<i64>,
        phone: Option<String>,
        receipt: Option<String>,
    }

    impl Search {
        fn of(filter: &OrderFilter) -> Self {
            let statuses = match filter.status.as_str() {
                OrderFilter::TO_PACK => Some(vec!["paid".to_owned(), "pending".to_owned()]),
                word => OrderStatus::parse(word).map(|status| vec![status.as_str().to_owned()]),
            };
            let words = filter.words.as_str();
            Self {
                statuses,
                pattern: (!words.is_empty()).then(|| anywhere(words)),
                number: Reference::parse(words).map(Reference::number),
                phone: Phone::parse(words).map(|phone| phone.as_str().to_owned()),
                receipt: (!words.is_empty()).then(|| words.to_uppercase()),
            }
        }
    }

    /// One page of the list, newest first.
    pub async fn load(ctx: &Ctx, mut filter: OrderFilter) -> Result<OrdersPage, AppError> {
        ctx.require(Permission::SeeDashboard)?;
        filter.words = filter.words.trim().chars().take(WORDS_LENGTH).collect();
        filter.page = filter.page.clamp(1, LAST_PAGE);
        let search = Search::of(&filter);
        let mut tx = ctx.tx().await?;
        let order_count = count_orders(&mut tx, &search).await?;
        let rows = list_orders(&mut tx, &search, (filter.page - 1) * PER_PAGE).await?;
        Ok(OrdersPage { filter, rows, order_count, page_count: page_count(order_count, PER_PAGE).min(LAST_PAGE) })
    }

    async fn count_orders(tx: &mut TenantTx, search: &Search) -> Result<u32, AppError> {
        let found = sqlx::query_scalar!(
            r#"select count(*) as "count!"
               from orders o
               where o.tenant_id = $1
                 and ($2::text[] is null or o.status = any($2))
                 and ($3::text is null
                      or o.customer_name ilike $3
                      or o.order_number = $4
                      or o.customer_phone = $5
                      or exists (select from payments p where p.tenant_id = $1 and p.order_id = o.id and p.mpesa_receipt = $6))"#,
            tx.tenant(),
            search.statuses.as_deref(),
            search.pattern,
            search.number,
            search.phone,
            search.receipt
        )
        .fetch_one(tx.conn())
        .await?;
        Ok(count(found))
    }

    async fn list_orders(tx: &mut TenantTx, search: &Search, skip: u32) -> Result<Vec<OrderRow>, AppError> {
        let rows = sqlx::query!(
            r#"select o.id, o.order_number, o.status, o.payment_status, coalesce(o.payment_method, '') as "payment_method!",
                      coalesce(o.customer_name, '') as "customer_name!", coalesce(o.delivery_city_area, '') as "area!",
                      o.total_cents, o.currency,
                      (o.placed_at at time zone t.timezone) as "placed_on!",
                      (select coalesce(sum(i.quantity), 0)
                       from order_items i
                       where i.tenant_id = $1
                         and i.order_id = o.id) as "item_count!"
               from orders o
               join tenants t on t.id = $1
               where o.tenant_id = $1
                 and ($2::text[] is null or o.status = any($2))
                 and ($3::text is null
                      or o.customer_name ilike $3
                      or o.order_number = $4
                      or o.customer_phone = $5
                      or exists (select from payments p where p.tenant_id = $1 and p.order_id = o.id and p.mpesa_receipt = $6))
               order by o.placed_at desc, o.id desc
               limit $7
               offset $8"#,
            tx.tenant(),
            search.statuses.as_deref(),
            search.pattern,
            search.number,
            search.phone,
            search.receipt,
            i64::from(PER_PAGE),
            i64::from(skip)
        )
        .fetch_all(tx.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(OrderRow {
                    id: row.id.into(),
                    number: row.order_number,
                    status: OrderStatus::parse(&row.status)
                        .ok_or_else(|| DbError::corrupt("orders.status", &row.status))?,
                    payment_status: PaymentState::parse(&row.payment_status)
                        .ok_or_else(|| DbError::corrupt("orders.payment_status", &row.payment_status))?,
                    payment_method: row.payment_method,
                    customer_name: row.customer_name,
                    area: row.area,
                    item_count: count(row.item_count),
                    total: Money::new(row.total_cents, currency(&row.currency)?),
                    placed_on: row.placed_on.into(),
                })
            })
            .collect()
    }
}
