//! Finds an order for who has lost its link: by its number and the phone it was placed with.
//!
//! Numbers follow each other and an order says where its buyer lives, so nobody tries one after the other with a phone
//! that they know.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{phone::Phone, token::Token},
    payments::matching::Reference,
    tenancy::throttle,
    vault::Purpose,
};

/// What became of looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// What opens its page.
    Order(Token),
    /// The same silence for every miss.
    Nothing,
    /// That was no number or no phone: it is told as a miss and none was made, since nobody learns anything by it.
    Unreadable,
    /// Too many numbers were tried for that phone; nothing was looked for.
    Wait { seconds: u32 },
}

/// The order of a number, with the shop's prefix or without, and the phone it was placed with. From the fifth miss on a
/// phone waits, ever longer; finding one forgets none of them.
pub async fn find_order(ctx: &Ctx, number: &str, phone: &str) -> Result<Found, AppError> {
    let named = (Reference::parse_prefixed(number), Phone::parse(phone));
    let (Some((prefix, reference)), Some(phone)) = named else { return Ok(Found::Unreadable) };
    let tried = throttle::key("order's phone:", &format!("{}|{}", ctx.tenant, phone.as_str()));
    let mut tx = ctx.tx().await?;
    if let Some(seconds) = throttle::take_turn(ctx, &mut tx, &tried).await? {
        return Ok(Found::Wait { seconds });
    }
    let found = sqlx::query_scalar!(
        "select id
         from orders
         where tenant_id = $1
           and order_number = $2
           and customer_phone = $3
           and token_hash is not null
           and ($4 = '' or replace(number_prefix, '-', '') = $4)",
        tx.tenant(),
        reference.number(),
        phone.as_str(),
        prefix
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(order) = found else {
        tx.note_sign_in_failure(&tried).await?;
        tx.commit().await?;
        return Ok(Found::Nothing);
    };
    let key = ctx.key(&mut tx).await?;
    Ok(Found::Order(key.token(Purpose::Order, order)))
}
