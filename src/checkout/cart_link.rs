//! Going on with a cart on another phone: making the one link that opens it, and finding what a link opens.

use crate::{
    cart::link_token::LinkToken,
    ctx::Ctx,
    error::AppError,
    kernel::{id::StoreId, token::Token},
    vault::Purpose,
};
use chrono::TimeDelta;

/// Long enough for the payday of a week.
pub const WORKS_FOR: TimeDelta = TimeDelta::days(7);

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// A cart that is still one: the token of its cookie, how many pieces are in it, and whether another one with
    /// something in it would be left for it.
    Cart { token: Token, pieces: u32, leaves_another: bool },
    /// The order that it has become, by the token of its page.
    Order(Token),
}

/// Makes the link of the cart that `cart` opens; the one before opens nothing any more. None when there is no such cart,
/// or nothing in it.
pub async fn make_link(ctx: &Ctx, store: StoreId, cart: &Token) -> Result<Option<LinkToken>, AppError> {
    let (now, link) = (ctx.now(), LinkToken::random());
    let mut tx = ctx.tx().await?;
    let done = sqlx::query!(
        "update carts
         set link_hash = $5, link_sealed = $6, link_expires_at = $7, updated_at = now()
         where tenant_id = $1
           and cart_token = $2
           and store_id = $3
           and status = 'open'
           and expires_at > $4
           and exists (select from cart_items i where i.tenant_id = $1 and i.cart_id = carts.id)",
        tx.tenant(),
        cart.hash_hex(),
        store.uuid(),
        now,
        link.hash(),
        link.seal(cart),
        now + WORKS_FOR
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok((done.rows_affected() == 1).then_some(link))
}

/// What a link opens in this store, for a browser whose own cart is `own`. One that is over, was replaced, is another
/// shop's or made up is "not found".
pub async fn open_link(ctx: &Ctx, store: StoreId, link: &LinkToken, own: Option<&Token>) -> Result<Opened, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select c.cart_token, c.link_sealed, c.status, c.expires_at > $4 as "is_fresh!",
                  (select o.id
                   from orders o
                   where o.tenant_id = $1
                     and o.cart_id = c.id) as order_id,
                  (select coalesce(sum(i.quantity), 0)
                   from cart_items i
                   where i.tenant_id = $1
                     and i.cart_id = c.id) as "pieces!",
                  exists (
                      select
                      from carts k
                      join cart_items i on i.tenant_id = $1 and i.cart_id = k.id
                      where k.tenant_id = $1
                        and k.store_id = $2
                        and k.cart_token = $5
                        and k.id <> c.id
                        and k.status = 'open'
                        and k.expires_at > $4
                  ) as "leaves_another!"
           from carts c
           where c.tenant_id = $1
             and c.store_id = $2
             and c.link_hash = $3
             and c.link_expires_at > $4"#,
        tx.tenant(),
        store.uuid(),
        link.hash(),
        ctx.now(),
        own.map(Token::hash_hex)
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if let Some(order) = row.order_id {
        let token = ctx.key(&mut tx).await?.token(Purpose::Order, order);
        return Ok(Opened::Order(token));
    }
    let token = row.link_sealed.as_deref().and_then(|sealed| link.open(sealed));
    match token.filter(|token| row.cart_token == Some(token.hash_hex())) {
        Some(token) if row.status == "open" && row.is_fresh => {
            let pieces = u32::try_from(row.pieces).unwrap_or(0);
            Ok(Opened::Cart { token, pieces, leaves_another: row.leaves_another })
        }
        _ => Err(AppError::NotFound),
    }
}
