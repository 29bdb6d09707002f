//! Loads a cart priced now: frame, lines, and what delivery to the default area costs.

use super::{CartLine, CartPage};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        currency::Currency,
        id::{CartId, StoreId},
        money::Money,
        token::Token,
    },
    pages::storefront::{
        frame::{ShopFrame, Visit, load_frame},
        rows::{AreaRow, PictureRow, available, currency},
    },
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

/// The cart that `cart` opens; an unknown, finished or missing one is empty. Three statements at the most.
pub async fn load(ctx: &Ctx, visit: &Visit, cart: Option<&Token>) -> Result<(ShopFrame, CartPage), AppError> {
    let mut tx = ctx.tx().await?;
    let (frame, _) = load_frame(&mut tx, visit).await?;
    let (currency, delivery) = find_default_area(&mut tx, visit.store).await?;
    let lines = match cart {
        Some(cart) => {
            list_lines(&mut tx, visit.store, cart, ctx.now()).await?.map_or_else(Vec::new, |(_, lines)| lines)
        }
        None => Vec::new(),
    };
    let subtotal = Money::sum(currency, lines.iter().map(|line| line.total)).map_err(AppError::broken)?;
    Ok((frame, CartPage { lines, subtotal, delivery: delivery.map(|area| area.fee(currency)) }))
}

async fn find_default_area(tx: &mut TenantTx, store: StoreId) -> Result<(Currency, Option<AreaRow>), AppError> {
    let row = sqlx::query!(
        r#"select s.default_currency,
                  (select to_jsonb(zone)
                   from (
                       select z.city_area as area, z.name as "group", z.fee_cents, z.min_order_cents, z.eta_minutes
                       from delivery_zones z
                       where z.tenant_id = $1
                         and z.is_active
                       order by z.is_default desc, z.position, z.city_area
                       limit 1
                   ) zone) as "zone: Json<AreaRow>"
           from stores s
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((currency(&row.default_currency)?, row.zone.map(|zone| zone.0)))
}

/// An open cart and its lines in the order they were put in; none when it holds nothing.
pub(in crate::pages::storefront) async fn list_lines(
    tx: &mut TenantTx,
    store: StoreId,
    cart: &Token,
    now: DateTime<Utc>,
) -> Result<Option<(CartId, Vec<CartLine>)>, AppError> {
    let rows = sqlx::query!(
        r#"select c.id as cart_id, i.id, i.variant_id, i.quantity, v.name as variant_name, v.price_cents,
                  p.name as product_name, p.slug as product_slug, p.currency,
                  case when v.is_active and p.status = 'active' then v.stock_quantity else 0 end as "stock!",
                  (select coalesce(sum(h.quantity), 0)
                   from stock_holds h
                   where h.tenant_id = $1
                     and h.variant_id = v.id
                     and h.released_at is null
                     and h.converted_at is null
                     and h.expires_at > $4) as "held!",
                  pi.url as "url?", pi.widths as "widths?", pi.width as "width?", pi.height as "height?",
                  pi.placeholder as "placeholder?", pi.alt_text as "alt_text?"
           from carts c
           join cart_items i on i.tenant_id = $1 and i.cart_id = c.id
           join product_variants v on v.tenant_id = $1 and v.id = i.variant_id
           join products p on p.tenant_id = $1 and p.id = v.product_id
           left join lateral (
               select m.url, m.widths, m.width, m.height, m.placeholder, m.alt_text
               from product_images m
               where m.tenant_id = $1
                 and m.product_id = p.id
               order by m.id = v.image_id desc nulls last, m.position, m.id
               limit 1
           ) pi on true
           where c.tenant_id = $1
             and c.cart_token = $3
             and c.store_id = $2
             and c.status = 'open'
             and c.expires_at > $4
           order by i.created_at, i.id
           limit 100"#,
        tx.tenant(),
        store.uuid(),
        cart.hash_hex(),
        now
    )
    .fetch_all(tx.conn())
    .await?;
    let Some(cart) = rows.first().map(|row| row.cart_id.into()) else { return Ok(None) };
    let lines = rows
        .into_iter()
        .map(|row| -> Result<CartLine, AppError> {
            let unit_price = Money::new(row.price_cents, currency(&row.currency)?);
            let quantity = u32::try_from(row.quantity).unwrap_or(0);
            let picture = PictureRow {
                url: row.url,
                widths: row.widths,
                width: row.width,
                height: row.height,
                placeholder: row.placeholder,
                alt_text: row.alt_text,
            };
            Ok(CartLine {
                item: row.id.into(),
                variant: row.variant_id.into(),
                picture: picture.picture(&row.product_name),
                product_name: row.product_name,
                product_slug: row.product_slug,
                variant_name: row.variant_name,
                quantity,
                unit_price,
                total: unit_price.times(quantity).map_err(AppError::broken)?,
                available: available(row.stock, row.held),
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Some((cart, lines)))
}
