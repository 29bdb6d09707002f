//! What one rider has: every stop with its own link, to be sent in one message.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{OrderId, RiderId, RiderLinkId, StoreId},
        money::Money,
        order_number::OrderNumber,
        phone::Phone,
        token::Token,
    },
    pages::dashboard::currency,
    vault::Purpose,
};

/// As many as fit into one message; who has more is sent the rest with the next.
const MOST_STOPS: i64 = 50;

#[derive(Clone, Debug)]
pub struct Stops {
    pub rider: RiderId,
    pub name: String,
    /// Digits for `wa.me` and `tel:`.
    pub digits: String,
    /// By area.
    pub stops: Vec<Stop>,
}

#[derive(Clone, Debug)]
pub struct Stop {
    pub order: OrderId,
    pub number: OrderNumber,
    pub store: StoreId,
    pub area: String,
    pub street: String,
    pub to_collect: Option<Money>,
    /// None when the link is too old: the order's page makes another.
    pub token: Option<Token>,
}

/// What is on its way with this rider; two statements.
pub async fn load(ctx: &Ctx, rider: RiderId) -> Result<Stops, AppError> {
    ctx.require(Permission::HandleMoney)?;
    let mut tx = ctx.tx().await?;
    let known = sqlx::query!(
        r#"select name, phone as "phone!"
           from delivery_partners
           where tenant_id = $1
             and id = $2
             and provider = 'manual'
             and phone is not null"#,
        tx.tenant(),
        rider.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let rows = sqlx::query!(
        r#"select o.id, o.order_number, o.number_prefix, o.store_id, coalesce(o.delivery_city_area, '') as "area!",
                  coalesce(o.shipping_address ->> 'street', '') as "street!", o.total_cents, o.currency, l.id as "link?",
                  (select there.cents from order_money($1, o.id) as there (cents)) as "there_cents!"
           from delivery_orders d
           join orders o on o.tenant_id = $1 and o.id = d.order_id and o.status = 'dispatched'
           left join rider_links l on l.tenant_id = $1 and l.delivery_id = d.id and l.ended_at is null and l.expires_at > $3
           where d.tenant_id = $1
             and d.partner_id = $2
             and d.is_current
             and d.status = 'in_transit'
           order by o.delivery_city_area, d.dispatched_at, o.id
           limit $4"#,
        tx.tenant(),
        rider.uuid(),
        ctx.now(),
        MOST_STOPS
    )
    .fetch_all(tx.conn())
    .await?;
    let key = ctx.key(&mut tx).await?;
    let stops: Result<Vec<_>, AppError> = rows
        .into_iter()
        .map(|row| {
            let missing = Money::new((row.total_cents - row.there_cents).max(0), currency(&row.currency)?);
            Ok(Stop {
                order: row.id.into(),
                number: OrderNumber::of(&row.number_prefix, row.order_number),
                store: row.store_id.into(),
                area: row.area,
                street: row.street,
                to_collect: (!missing.is_zero()).then_some(missing),
                token: row.link.map(|link| key.token(Purpose::RiderLink, RiderLinkId::from(link).uuid())),
            })
        })
        .collect();
    Ok(Stops {
        rider,
        name: known.name,
        digits: Phone::parse(&known.phone).map(|phone| phone.msisdn().to_owned()).unwrap_or_default(),
        stops: stops?,
    })
}
