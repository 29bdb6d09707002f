//! Loads a shopper's own pages: whose session it is, the frame, and what stands on the page.

use super::{MOST_PAGES, OwnCopy, OwnOrder, OwnOrders, OwnPlace, OwnPlaces, PAGE};
use crate::{
    ctx::Ctx,
    customers::{
        erase_later::{Open, find_open},
        shopper::session::{self, Shopper},
    },
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{money::Money, order_number::OrderNumber, token::Token},
    orders::status::OrderStatus,
    pages::storefront::{
        frame::{ShopFrame, Visit, load_frame},
        rows::{count, currency},
    },
    vault::Purpose,
};

/// A page of who is signed in, or only what surrounds it.
#[derive(Clone, Debug)]
pub enum Account<P> {
    Own(ShopFrame, P),
    Nobody(ShopFrame),
}

/// The frame, and whose session the cookie opens.
async fn enter(
    ctx: &Ctx,
    tx: &mut TenantTx,
    visit: &Visit,
    session: Option<&Token>,
) -> Result<(ShopFrame, Option<Shopper>), AppError> {
    let shopper = match session {
        Some(session) => session::find(tx, session, ctx.now()).await?,
        None => None,
    };
    let (frame, _) = load_frame(tx, visit).await?;
    Ok((frame, shopper))
}

/// Their orders, a page of them.
pub async fn load_orders(
    ctx: &Ctx,
    visit: &Visit,
    session: Option<&Token>,
    page: u32,
) -> Result<Account<OwnOrders>, AppError> {
    let page = page.clamp(1, MOST_PAGES);
    let mut tx = ctx.tx().await?;
    let (frame, shopper) = enter(ctx, &mut tx, visit, session).await?;
    let Some(shopper) = shopper else { return Ok(Account::Nobody(frame)) };
    let rows = sqlx::query!(
        r#"select o.id, o.order_number, o.number_prefix, o.placed_at, o.status, o.total_cents, o.currency,
                  o.token_hash is not null as "has_page!",
                  coalesce((
                      select i.name_snapshot
                      from order_items i
                      where i.tenant_id = $1
                        and i.order_id = o.id
                      order by i.position, i.id
                      limit 1
                  ), '') as "first!",
                  (select count(*)
                   from order_items i
                   where i.tenant_id = $1
                     and i.order_id = o.id) as "lines!"
           from orders o
           where o.tenant_id = $1
             and o.customer_id = $2
           order by o.placed_at desc, o.id desc
           limit $3
           offset $4"#,
        tx.tenant(),
        shopper.customer.uuid(),
        i64::from(PAGE) + 1,
        i64::from(PAGE) * i64::from(page - 1)
    )
    .fetch_all(tx.conn())
    .await?;
    let key = ctx.key(&mut tx).await?;
    tx.commit().await?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let has_more = rows.len() > most && page < MOST_PAGES;
    let orders = rows
        .into_iter()
        .take(most)
        .map(|row| {
            Ok(OwnOrder {
                number: OrderNumber::of(&row.number_prefix, row.order_number),
                placed_at: row.placed_at,
                status: OrderStatus::parse(&row.status)
                    .ok_or_else(|| DbError::corrupt("orders.status", &row.status))?,
                total: Money::new(row.total_cents, currency(&row.currency)?),
                first: row.first,
                more: count(row.lines - 1),
                path: row.has_page.then(|| format!("/orders/{}", key.token(Purpose::Order, row.id).hex())),
            })
        })
        .collect::<Result<Vec<_>, DbError>>()?;
    Ok(Account::Own(frame, OwnOrders { shopper, orders, page, has_more }))
}

/// Their places, the usual one first.
pub async fn load_places(ctx: &Ctx, visit: &Visit, session: Option<&Token>) -> Result<Account<OwnPlaces>, AppError> {
    let mut tx = ctx.tx().await?;
    let (frame, shopper) = enter(ctx, &mut tx, visit, session).await?;
    let Some(shopper) = shopper else { return Ok(Account::Nobody(frame)) };
    let places = sqlx::query!(
        r#"select id, coalesce(label, '') as "label!", coalesce(city_area, '') as "area!", coalesce(street_address, '') as "street!",
                  coalesce(instructions, '') as "told!", is_default, version
           from customer_addresses
           where tenant_id = $1
             and customer_id = $2
           order by is_default desc, last_used_at desc nulls last, id
           limit 50"#,
        tx.tenant(),
        shopper.customer.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    let places = places
        .into_iter()
        .map(|row| OwnPlace {
            id: row.id.into(),
            label: row.label,
            area: row.area,
            street: row.street,
            told: row.told,
            is_usual: row.is_default,
            version: row.version,
        })
        .collect();
    Ok(Account::Own(frame, OwnPlaces { shopper, places }))
}

/// What they may have, and end.
pub async fn load_own(ctx: &Ctx, visit: &Visit, session: Option<&Token>) -> Result<Account<OwnCopy>, AppError> {
    let mut tx = ctx.tx().await?;
    let (frame, shopper) = enter(ctx, &mut tx, visit, session).await?;
    let Some(shopper) = shopper else { return Ok(Account::Nobody(frame)) };
    // Who may not have it is not told either.
    let open = if shopper.is_sure { find_open(&mut tx, shopper.customer).await? } else { Open::default() };
    tx.commit().await?;
    Ok(Account::Own(frame, OwnCopy { shopper, open }))
}
