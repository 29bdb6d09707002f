//! A signed-in shopper's cart goes with them: it is theirs from then on, and what lies in one elsewhere comes into this one.

use super::{
    queries,
    service::{KEPT, MOST_LINES},
};
use crate::{
    ctx::Ctx,
    customers::shopper::session,
    error::AppError,
    kernel::{
        id::{CartId, CustomerId, StoreId},
        locale::Locale,
        token::Token,
    },
};

/// Notes whose cart it is, as the browser's session says; a session that is over says nothing.
pub async fn tie(ctx: &Ctx, cart: CartId, session: &Token) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let Some(shopper) = session::find(&mut tx, session, ctx.now()).await? else { return Ok(()) };
    sqlx::query!(
        "update carts
         set customer_id = $3, updated_at = now()
         where tenant_id = $1
           and id = $2
           and status = 'open'
           and customer_id is distinct from $3",
        tx.tenant(),
        cart.uuid(),
        shopper.customer.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(tx.commit().await?)
}

/// Makes the cart of this browser that of who has just signed in, and moves into it what their open carts of this store
/// hold elsewhere. A variant that is in it already stays as it is here, and what it has no room for stays there. Answers
/// the cart's token and how many pieces it has; none when there is nothing anywhere.
///
/// Locks the variants' keys by id, then the cart: the order in which an order is placed.
pub async fn follow(
    ctx: &Ctx,
    store: StoreId,
    own: Option<&Token>,
    customer: CustomerId,
    locale: Locale,
) -> Result<Option<(Token, u32)>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let elsewhere = sqlx::query_scalar!(
        "select v.id
         from product_variants v
         where v.tenant_id = $1
           and v.is_active
           and v.id in (
               select i.variant_id
               from cart_items i
               join carts c on c.tenant_id = $1 and c.id = i.cart_id
               where i.tenant_id = $1
                 and c.customer_id = $2
                 and c.store_id = $3
                 and c.status = 'open'
                 and c.expires_at > $4
                 and c.cart_token is distinct from $5
           )
         order by v.id
         for key share",
        tx.tenant(),
        customer.uuid(),
        store.uuid(),
        now,
        own.map(Token::hash_hex)
    )
    .fetch_all(tx.conn())
    .await?;
    let held = match own {
        Some(token) => queries::lock_cart(&mut tx, store, token, now).await?.map(|cart| (token.clone(), cart)),
        None => None,
    };
    if held.is_none() && elsewhere.is_empty() {
        return Ok(None);
    }
    let (token, cart) = held.unwrap_or_else(|| (Token::random(), CartId::mint()));
    sqlx::query!(
        "insert into carts (tenant_id, id, store_id, cart_token, customer_id, locale, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (tenant_id, cart_token) do update
         set customer_id = excluded.customer_id, updated_at = now()",
        tx.tenant(),
        cart.uuid(),
        store.uuid(),
        token.hash_hex(),
        customer.uuid(),
        locale.tag(),
        now + KEPT
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "with own as (
             select k.variant_id
             from cart_items k
             where k.tenant_id = $1
               and k.cart_id = $5
         ), fitting as (
             select e.variant_id
             from unnest($6::uuid[]) as e (variant_id)
             where e.variant_id not in (select variant_id from own)
             order by e.variant_id
             limit greatest($7::bigint - (select count(*) from own), 0)
         ), moved as (
             delete from cart_items i
             using carts c
             where i.tenant_id = $1
               and (i.variant_id in (select variant_id from fitting) or i.variant_id in (select variant_id from own))
               and c.tenant_id = $1
               and c.id = i.cart_id
               and c.id <> $5
               and c.customer_id = $2
               and c.store_id = $3
               and c.status = 'open'
               and c.expires_at > $4
             returning i.product_id, i.variant_id, i.quantity, i.unit_price_cents, i.line_total_cents, i.updated_at
         ), newest as (
             select distinct on (m.variant_id) m.product_id, m.variant_id, m.quantity, m.unit_price_cents, m.line_total_cents
             from moved m
             order by m.variant_id, m.updated_at desc
         )
         insert into cart_items (tenant_id, cart_id, product_id, variant_id, quantity, unit_price_cents, line_total_cents)
         select $1, $5, n.product_id, n.variant_id, n.quantity, n.unit_price_cents, n.line_total_cents
         from newest n
         where n.variant_id in (select variant_id from fitting)
         on conflict (tenant_id, cart_id, variant_id) do nothing",
        tx.tenant(),
        customer.uuid(),
        store.uuid(),
        now,
        cart.uuid(),
        &elsewhere,
        i64::from(MOST_LINES)
    )
    .execute(tx.conn())
    .await?;
    let pieces = queries::count_pieces(&mut tx, cart).await?;
    tx.commit().await?;
    Ok(Some((token, pieces)))
}
