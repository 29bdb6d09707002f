//! One order's way to the buyer: its tries, who has it, the rider's link, and what can be done next.

use super::{KnownRider, list_riders};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    delivery::parcel::{Failure, MOST_GUESSES, ParcelStatus},
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{OrderId, RiderLinkId, StoreId},
        local_time::LocalTime,
        money::Money,
        order_number::OrderNumber,
        phone::Phone,
        token::Token,
    },
    orders::status::OrderStatus,
    pages::dashboard::currency,
    vault::Purpose,
};

#[derive(Clone, Debug)]
pub struct OrderWay {
    pub order: OrderId,
    pub number: OrderNumber,
    pub version: i32,
    pub status: OrderStatus,
    pub store: StoreId,
    pub name: String,
    pub area: String,
    pub street: String,
    /// The buyer comes to the shop for it: no rider carries it.
    pub is_collected: bool,
    /// What the buyer pays for delivery.
    pub fee: Money,
    /// What is to be collected at the door.
    pub missing: Money,
    /// The newest first.
    pub tries: Vec<Try>,
    /// The rider's link while it works.
    pub link: Option<WayLink>,
    pub riders: Vec<KnownRider>,
    pub may_give: bool,
}

impl OrderWay {
    /// The try that is under way.
    pub fn open(&self) -> Option<&Try> {
        self.tries.first().filter(|one| self.status == OrderStatus::Dispatched && one.status.is_open())
    }
    /// The same, when a rider of the shop's own carries it; what a partner has is followed on the parcel's page.
    pub fn carried(&self) -> Option<&Try> {
        self.open().filter(|one| one.is_current)
    }
    /// Whether it can be given to a rider now.
    pub fn can_be_given(&self) -> bool {
        match self.status {
            OrderStatus::Packing => !self.is_collected,
            OrderStatus::Dispatched => !self.is_collected && self.open().is_none(),
            _ => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    pub attempt: i32,
    pub status: ParcelStatus,
    /// Given to a rider, and the try that counts.
    pub is_current: bool,
    pub rider: String,
    /// Digits for `wa.me` and `tel:`; none for what no rider carries.
    pub rider_digits: Option<String>,
    pub cost: Money,
    pub failure: Option<Failure>,
    pub note: Option<String>,
    pub given_on: Option<LocalTime>,
    pub ended_on: Option<LocalTime>,
    /// Too many codes were wrong.
    pub is_locked: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayLink {
    pub token: Token,
    pub until: LocalTime,
}

/// Three statements.
pub async fn load(ctx: &Ctx, id: OrderId) -> Result<OrderWay, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let may_give = ctx.actor.may(Permission::MoveOrders) && ctx.actor.may(Permission::HandleMoney);
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select o.order_number, o.number_prefix, o.version, o.status, o.store_id, o.currency, o.total_cents, o.delivery_fee_cents,
                  coalesce(o.customer_name, '') as "name!", coalesce(o.delivery_city_area, '') as "area!",
                  coalesce(o.shipping_address ->> 'street', '') as "street!",
                  coalesce(o.shipping_address ->> 'street' = '', false) and not exists (
                      select
                      from delivery_quotes z
                      where z.tenant_id = $1
                        and z.id = o.delivery_quote_id
                        and z.agent_id is not null
                  ) as "is_collected!",
                  l.id as "link?", (l.expires_at at time zone t.timezone) as "until?",
                  (select there.cents from order_money($1, o.id) as there (cents)) as "there_cents!"
           from orders o
           join tenants t on t.id = $1
           left join rider_links l on l.tenant_id = $1
                                  and l.order_id = o.id
                                  and l.delivery_id is not null
                                  and l.ended_at is null
                                  and l.expires_at > $3
                                  and o.status = 'dispatched'
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
    let tries = list_tries(&mut tx, id, currency).await?;
    let riders = list_riders(&mut tx).await?;
    let link = match row.link.zip(row.until).filter(|_| may_give) {
        None => None,
        Some((link, until)) => {
            let token = ctx.key(&mut tx).await?.token(Purpose::RiderLink, RiderLinkId::from(link).uuid());
            Some(WayLink { token, until: until.into() })
        }
    };
    Ok(OrderWay {
        order: id,
        number: OrderNumber::of(&row.number_prefix, row.order_number),
        version: row.version,
        status: OrderStatus::parse(&row.status).ok_or_else(|| DbError::corrupt("orders.status", &row.status))?,
        store: row.store_id.into(),
        name: row.name,
        area: row.area,
        street: row.street,
        is_collected: row.is_collected,
        fee: Money::new(row.delivery_fee_cents, currency),
        missing: Money::new((row.total_cents - row.there_cents).max(0), currency),
        tries,
        link,
        riders,
        may_give,
    })
}

async fn list_tries(tx: &mut TenantTx, order: OrderId, currency: Currency) -> Result<Vec<Try>, AppError> {
    let rows = sqlx::query!(
        r#"select d.attempt, d.status, d.is_current, d.cost_cents, d.failure, d.notes, d.wrong_codes,
                  coalesce(r.name, '') as "rider!", r.phone as "phone?",
                  (d.dispatched_at at time zone t.timezone) as given_on,
                  (coalesce(d.delivered_at, d.failed_at) at time zone t.timezone) as ended_on
           from delivery_orders d
           join tenants t on t.id = $1
           left join delivery_partners r on r.tenant_id = $1 and r.id = d.partner_id
           where d.tenant_id = $1
             and d.order_id = $2
           order by d.attempt desc, d.created_at desc
           limit 20"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Try {
                attempt: row.attempt,
                status: ParcelStatus::parse(&row.status)
                    .ok_or_else(|| DbError::corrupt("delivery_orders.status", &row.status))?,
                is_current: row.is_current,
                rider: row.rider,
                rider_digits: row.phone.as_deref().and_then(Phone::parse).map(|phone| phone.msisdn().to_owned()),
                cost: Money::new(row.cost_cents, currency),
                failure: row.failure.as_deref().and_then(Failure::parse),
                note: row.notes.filter(|text| !text.trim().is_empty()),
                given_on: row.given_on.map(Into::into),
                ended_on: row.ended_on.map(Into::into),
                is_locked: u32::try_from(row.wrong_codes).unwrap_or(0) >= MOST_GUESSES,
            })
        })
        .collect()
}
