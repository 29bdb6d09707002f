//! The money of one order for those who handle it: what is missing, what came by hand, the links to buyer and rider.

use super::currency;
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{OrderId, RiderLinkId, StoreId},
        local_time::LocalTime,
        locale::Locale,
        money::Money,
        order_number::OrderNumber,
        phone::Phone,
        token::Token,
    },
    orders::status::OrderStatus,
    payments::ledger,
    vault::Purpose,
};

#[derive(Clone, Debug)]
pub struct OrderMoneyPage {
    pub id: OrderId,
    pub number: OrderNumber,
    pub store: StoreId,
    pub store_name: String,
    pub status: OrderStatus,
    /// What is still to be paid.
    pub missing: Money,
    /// Whether the merchant's own way was chosen.
    pub is_manual: bool,
    /// Whether the shop sends prompts.
    pub takes_mpesa: bool,
    /// The buyer's language.
    pub locale: Locale,
    /// Digits for `wa.me`.
    pub whatsapp: Option<String>,
    /// Opens the order's own page.
    pub token: Token,
    /// What came by hand, the newest first.
    pub taken: Vec<TakenByHand>,
    pub rider: Option<RiderLink>,
}

impl OrderMoneyPage {
    /// Whether a rider can collect something now.
    pub fn may_collect(&self) -> bool {
        matches!(self.status, OrderStatus::AwaitingPayment | OrderStatus::Packing | OrderStatus::Dispatched)
            && !self.missing.is_zero()
    }
    /// Whether the buyer can pay something on the order's own page now.
    pub fn may_pay(&self) -> bool {
        self.may_collect() && (self.takes_mpesa || self.is_manual)
    }
}

/// Times are by the shop's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenByHand {
    pub amount: Money,
    pub on: LocalTime,
    pub brought_by: Option<String>,
    pub note: Option<String>,
    /// Who wrote it down; none when a rider did.
    pub by: Option<String>,
}

/// The link that works now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiderLink {
    pub token: Token,
    pub until: LocalTime,
}

/// The order's money, for who may handle it; four statements.
pub async fn load(ctx: &Ctx, id: OrderId) -> Result<OrderMoneyPage, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select o.order_number, o.number_prefix, o.status, o.currency, o.total_cents, o.locale, o.customer_phone, o.store_id, s.name as store_name,
                  coalesce(o.payment_method = 'manual', false) as "is_manual!",
                  exists (select from mpesa_accounts m where m.tenant_id = $1 and m.is_active) as "takes_mpesa!",
                  l.id as "link?", (l.expires_at at time zone t.timezone) as "until?"
           from orders o
           join tenants t on t.id = $1
           join stores s on s.tenant_id = $1 and s.id = o.store_id
           left join rider_links l on l.tenant_id = $1 and l.order_id = o.id and l.ended_at is null and l.expires_at > $3
           where o.tenant_id = $1
             and o.id = $2"#,
        tx.tenant(),
        id.uuid(),
        ctx.now()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let currency = currency(&row.currency)?;
    let missing = ledger::on_order(&mut tx, id, currency).await?.missing(Money::new(row.total_cents, currency))?;
    let taken = list_taken(&mut tx, id, currency).await?;
    let key = ctx.key(&mut tx).await?;
    Ok(OrderMoneyPage {
        id,
        number: OrderNumber::of(&row.number_prefix, row.order_number),
        store: row.store_id.into(),
        store_name: row.store_name,
        status: OrderStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("orders.status", &row.status))?,
        missing,
        is_manual: row.is_manual,
        takes_mpesa: row.takes_mpesa,
        locale: Locale::parse(&row.locale).unwrap_or_default(),
        whatsapp: row.customer_phone.as_deref().and_then(Phone::parse).map(|phone| phone.msisdn().to_owned()),
        token: key.token(Purpose::Order, id.uuid()),
        taken,
        rider: row.link.zip(row.until).map(|(link, until)| RiderLink {
            token: key.token(Purpose::RiderLink, RiderLinkId::from(link).uuid()),
            until: until.into(),
        }),
    })
}

async fn list_taken(tx: &mut TenantTx, order: OrderId, currency: Currency) -> Result<Vec<TakenByHand>, AppError> {
    let rows = sqlx::query!(
        r#"select h.amount_cents, (h.created_at at time zone t.timezone) as "on!", h.brought_by, h.note,
                  case when h.rider_link_id is null then coalesce(nullif(u.name, ''), u.email) end as by
           from hand_payments h
           join tenants t on t.id = $1
           left join users u on u.tenant_id = $1 and u.id = h.recorded_by
           where h.tenant_id = $1
             and h.order_id = $2
           order by h.created_at desc, h.id
           limit 50"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TakenByHand {
            amount: Money::new(row.amount_cents, currency),
            on: row.on.into(),
            brought_by: row.brought_by,
            note: row.note,
            by: row.by,
        })
        .collect())
}

/// The token of an order's own page, for its receipt.
pub async fn find_token(ctx: &Ctx, id: OrderId) -> Result<(StoreId, Token), AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let store = sqlx::query_scalar!(
        "select store_id
         from orders
         where tenant_id = $1
           and id = $2
           and token_hash is not null",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let key = ctx.key(&mut tx).await?;
    Ok((store.into(), key.token(Purpose::Order, id.uuid())))
}
