//! Finds an order for who has lost its link: by its number and the phone it was placed with.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{phone::Phone, token::Token},
    payments::matching::Reference,
    vault::Purpose,
};

/// The token of an order by its number, with the shop's prefix or without, and the phone it was placed with; the same
/// silence for every miss.
pub async fn find(ctx: &Ctx, number: &str, phone: &str) -> Result<Option<Token>, AppError> {
    let named = (Reference::parse_prefixed(number), Phone::parse(phone));
    let (Some((prefix, reference)), Some(phone)) = named else { return Ok(None) };
    let mut tx = ctx.tx().await?;
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
    let key = ctx.key(&mut tx).await?;
    Ok(found.map(|order| key.token(Purpose::Order, order)))
}
