//! What mails to a buyer say of their order: found when one is sent, so that their address stands on the order only.

use super::{
    kind::MailKind,
    letter::{About, Person, To},
};
use crate::{
    ctx::Platform,
    db::{DbError, TenantTx, directory::ShopHost},
    error::AppError,
    kernel::{currency::Currency, email::Email, money::Money, order_number::OrderNumber, phone::Phone, token::Token},
    vault::Purpose,
};
use uuid::Uuid;

/// Where a buyer sees their order: in the shop it was placed in.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderPage {
    pub host: ShopHost,
    /// Opens it.
    pub link: Token,
}

impl std::fmt::Debug for OrderPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OrderPage(•••)")
    }
}

/// Who closed an order whose money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Somebody of the shop called it off.
    ByTheShop,
    /// It was not paid in full in time.
    ByTheClock,
}

/// A refund as its buyer is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TellRefund {
    pub to: Person,
    pub order_number: OrderNumber,
    pub amount: Money,
    pub reason: String,
    /// Who closed the order, of which nothing comes any more; none while it is open.
    pub closed: Option<Closed>,
    /// Of the money that was sent.
    pub receipt: Option<String>,
    pub page: OrderPage,
}

/// A parcel that somebody else carries, as its buyer is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TellParcel {
    pub to: Person,
    pub order_number: OrderNumber,
    /// Who has it.
    pub carrier: String,
    /// What it is asked for by.
    pub code: String,
    /// Where it is picked up; none when it is brought, or nobody wrote down where it goes.
    pub agent: Option<String>,
    pub page: OrderPage,
}

/// A try that failed, as its buyer is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TellFailure {
    pub to: Person,
    pub order_number: OrderNumber,
    /// The word of `delivery_orders.failure`.
    pub why: String,
    pub page: OrderPage,
}

/// Where an order goes that has left the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Towards {
    /// To the buyer's door.
    Door,
    /// Nowhere: it is collected at the shop.
    Shop,
    /// To a partner's agent whom the buyer chose, as the checkout called it.
    Agent(String),
}

/// A message, and where it goes.
pub(super) type Found = Option<(About, To)>;

struct Bought {
    to: Person,
    reach: To,
    number: OrderNumber,
    total: Money,
    is_cancelled: bool,
    towards: Towards,
    has_been_paid: bool,
    page: OrderPage,
}

/// None when the buyer left no address of that kind, it was taken away since, or they said no.
async fn find_bought(
    platform: &Platform,
    tx: &mut TenantTx,
    order: Uuid,
    is_sms: bool,
) -> Result<Option<Bought>, AppError> {
    let row = sqlx::query!(
        r#"select o.order_number, o.number_prefix, o.total_cents, o.currency, coalesce(o.customer_name, '') as "name!",
                  o.customer_email, o.customer_phone, o.status = 'cancelled' as "is_cancelled!",
                  coalesce(o.shipping_address ->> 'street' = '', false) as "has_no_street!", coalesce(o.delivery_city_area, '') as "area!",
                  exists (
                      select
                      from delivery_quotes q
                      where q.tenant_id = $1
                        and q.id = o.delivery_quote_id
                        and q.agent_id is not null
                  ) as "is_to_agent!",
                  o.paid_at is not null as "has_been_paid!", s.name as shop, s.slug, h.kind as "kind?", h.name as "host?"
           from orders o
           join stores s on s.tenant_id = $1 and s.id = o.store_id
           left join hosts h on h.tenant_id = $1 and h.store_id = s.id and h.is_primary
           where o.tenant_id = $1
             and o.id = $2
             and coalesce((
                     select c.is_given
                     from customer_consents c
                     where c.tenant_id = $1
                       and c.customer_id = o.customer_id
                       and c.channel = $3
                       and c.purpose = 'service'
                     order by c.recorded_at desc, c.is_given
                     limit 1
                 ), true)"#,
        tx.tenant(),
        order,
        if is_sms { "sms" } else { "mail" }
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let reach = if is_sms {
        row.customer_phone.as_deref().and_then(Phone::parse).map(To::Sms)
    } else {
        row.customer_email.as_deref().and_then(Email::parse).map(To::Mail)
    };
    let Some(reach) = reach else { return Ok(None) };
    let host = match (row.kind.as_deref(), row.host) {
        (Some("domain"), Some(name)) => ShopHost::Domain(name),
        (_, Some(name)) => ShopHost::Subdomain(name),
        (_, None) => ShopHost::Subdomain(row.slug),
    };
    let link = platform.vault.key(tx).await?.token(Purpose::Order, order);
    Ok(Some(Bought {
        to: Person { name: row.name, shop: row.shop },
        reach,
        number: OrderNumber::of(&row.number_prefix, row.order_number),
        total: Money::new(row.total_cents, read_currency(&row.currency)?),
        is_cancelled: row.is_cancelled,
        towards: match (row.is_to_agent, row.has_no_street) {
            (true, _) => Towards::Agent(row.area),
            (false, true) => Towards::Shop,
            (false, false) => Towards::Door,
        },
        has_been_paid: row.has_been_paid,
        page: OrderPage { host, link },
    }))
}

fn read_currency(word: &str) -> Result<Currency, AppError> {
    Currency::parse(word).ok_or_else(|| DbError::corrupt("currency", &word).into())
}

/// None also when the order is open again.
pub(super) async fn find_expired(
    platform: &Platform,
    tx: &mut TenantTx,
    order: Uuid,
    is_sms: bool,
) -> Result<Found, AppError> {
    let Some(bought) = find_bought(platform, tx, order, is_sms).await?.filter(|bought| bought.is_cancelled) else {
        return Ok(None);
    };
    let row = sqlx::query!(
        r#"select coalesce(payment_method = 'cod' and deposit_cents is null, false) as "is_cash!",
                  exists (
                      select 1
                      from payments
                      where tenant_id = $1
                        and order_id = $2
                        and status = 'succeeded'
                  ) as "is_part_paid!"
           from orders
           where tenant_id = $1
             and id = $2"#,
        tx.tenant(),
        order
    )
    .fetch_one(tx.conn())
    .await?;
    let Bought { to, reach, number, page, .. } = bought;
    let (is_part_paid, is_cash) = (row.is_part_paid, row.is_cash);
    Ok(Some((About::OrderExpired { to, number, page, is_part_paid, is_cash }, reach)))
}

pub(super) async fn find_paid(
    platform: &Platform,
    tx: &mut TenantTx,
    order: Uuid,
    is_sms: bool,
) -> Result<Found, AppError> {
    let bought = find_bought(platform, tx, order, is_sms).await?.filter(|bought| bought.has_been_paid);
    Ok(bought
        .map(|Bought { to, reach, number, total, page, .. }| (About::OrderPaid { to, number, total, page }, reach)))
}

/// A step on the way from the shop to the door; none once the order was cancelled. `subject` is the order, or the
/// delivery that failed before the one that is told of.
pub(super) async fn find_step(
    platform: &Platform,
    tx: &mut TenantTx,
    subject: Uuid,
    kind: MailKind,
    is_sms: bool,
) -> Result<Found, AppError> {
    let of_delivery = sqlx::query_scalar!(
        "select order_id
         from delivery_orders
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        subject
    )
    .fetch_optional(tx.conn())
    .await?;
    let order = of_delivery.unwrap_or(subject);
    let bought = find_bought(platform, tx, order, is_sms).await?.filter(|bought| !bought.is_cancelled);
    let code = if kind == MailKind::OrderOnItsWay { find_code(platform, tx, order).await? } else { None };
    Ok(bought.and_then(|Bought { to, reach, number, total, page, towards, .. }| {
        let is_collected = towards != Towards::Door;
        let about = match kind {
            MailKind::OrderPlaced => About::OrderPlaced { to, number, total, page },
            MailKind::OrderOnItsWay => About::OrderOnItsWay { to, number, page, towards, code },
            MailKind::OrderDelivered => About::OrderDelivered { to, number, page, is_collected },
            _ => return None,
        };
        Some((about, reach))
    }))
}

/// For the rider who has it now; none when nobody of the shop's own carries it.
async fn find_code(platform: &Platform, tx: &mut TenantTx, order: Uuid) -> Result<Option<Token>, AppError> {
    let carried = sqlx::query_scalar!(
        "select id
         from delivery_orders
         where tenant_id = $1
           and order_id = $2
           and is_current
           and status = 'in_transit'",
        tx.tenant(),
        order
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(parcel) = carried else { return Ok(None) };
    Ok(Some(platform.vault.key(tx).await?.token(Purpose::DeliveryCode, parcel)))
}

/// None also when the order is open again.
pub(super) async fn find_cancelled(
    platform: &Platform,
    tx: &mut TenantTx,
    order: Uuid,
    is_sms: bool,
) -> Result<Found, AppError> {
    let bought = find_bought(platform, tx, order, is_sms).await?.filter(|bought| bought.is_cancelled);
    let Some(Bought { to, reach, number, page, .. }) = bought else { return Ok(None) };
    let reason = sqlx::query_scalar!(
        "select note
         from order_status_history
         where tenant_id = $1
           and order_id = $2
           and to_status = 'cancelled'
         order by changed_at desc
         limit 1",
        tx.tenant(),
        order
    )
    .fetch_optional(tx.conn())
    .await?;
    let reason = reason.flatten().unwrap_or_default();
    Ok(Some((About::OrderCancelled { to, number, page, reason }, reach)))
}

/// None also when the parcel has ended meanwhile, one way or the other, or its order was cancelled.
pub(super) async fn find_parcel(
    platform: &Platform,
    tx: &mut TenantTx,
    delivery: Uuid,
    is_sms: bool,
) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"select d.order_id, d.tracking_code as "code!", p.name as carrier, a.title as "agent?"
           from delivery_orders d
           join delivery_partners p on p.tenant_id = $1 and p.id = d.partner_id
           left join partner_parcels b on b.tenant_id = $1 and b.delivery_id = d.id
           left join partner_agents a on a.tenant_id = $1 and a.id = b.agent_id
           where d.tenant_id = $1
             and d.id = $2
             and d.tracking_code <> ''
             and d.status in ('pending', 'accepted', 'in_transit')"#,
        tx.tenant(),
        delivery
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let bought = find_bought(platform, tx, row.order_id, is_sms).await?.filter(|bought| !bought.is_cancelled);
    Ok(bought.map(|Bought { to, reach, number, page, .. }| {
        let told =
            TellParcel { to, order_number: number, carrier: row.carrier, code: row.code, agent: row.agent, page };
        (About::ParcelBooked(told), reach)
    }))
}

/// None also when the order has been handed over meanwhile, or is on its way again.
pub(super) async fn find_failed(
    platform: &Platform,
    tx: &mut TenantTx,
    delivery: Uuid,
    is_sms: bool,
) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"select d.order_id, coalesce(d.failure, '') as "why!"
           from delivery_orders d
           join orders o on o.tenant_id = $1 and o.id = d.order_id
           where d.tenant_id = $1
             and d.id = $2
             and d.status = 'failed'
             and o.status in ('dispatched', 'packing')
             and not exists (
                     select
                     from delivery_orders later
                     where later.tenant_id = $1
                       and later.order_id = d.order_id
                       and later.attempt > d.attempt
                 )"#,
        tx.tenant(),
        delivery
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let bought = find_bought(platform, tx, row.order_id, is_sms).await?;
    Ok(bought.map(|Bought { to, reach, number, page, .. }| {
        (About::DeliveryFailed(TellFailure { to, order_number: number, why: row.why, page }), reach)
    }))
}

/// None also when the refund was given up, or is not sent where that is to be told.
pub(super) async fn find_refund(
    platform: &Platform,
    tx: &mut TenantTx,
    refund: Uuid,
    is_sent: bool,
    is_sms: bool,
) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"select amount_cents, currency, coalesce(reason, '') as "reason!", receipt, status, order_id as "order_id!",
                  exists (select from order_status_history h where h.tenant_id = $1 and h.order_id = refunds.order_id
                          and h.to_status = 'cancelled' and h.changed_by is not null) as "is_called_off!"
           from refunds
           where tenant_id = $1
             and id = $2
             and order_id is not null
             and given_up_at is null"#,
        tx.tenant(),
        refund
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row.filter(|row| !is_sent || row.status == "processed") else { return Ok(None) };
    let Some(Bought { to, reach, number, page, is_cancelled, .. }) =
        find_bought(platform, tx, row.order_id, is_sms).await?
    else {
        return Ok(None);
    };
    let told = TellRefund {
        to,
        order_number: number,
        amount: Money::new(row.amount_cents, read_currency(&row.currency)?),
        reason: row.reason,
        closed: is_cancelled.then_some(if row.is_called_off { Closed::ByTheShop } else { Closed::ByTheClock }),
        receipt: row.receipt,
        page,
    };
    Ok(Some((if is_sent { About::RefundSent(told) } else { About::RefundAsked(told) }, reach)))
}
