//! Finds an order for who has lost its link: by its number and the phone it was placed with.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{phone::Phone, token::Token},
    payments::matching::Reference,
    vault::Purpose,
};

/// The token of an order by its number and the phone it was placed with; the same silence for every miss.
pub async fn find(ctx: &Ctx, number: &str, phone: &str) -> Result<Option<Token>, AppError> {
    let (Some(number), Some(phone)) = (Reference::parse(number), Phone::parse(phone)) else { return Ok(None) };
    let number = number.number();
    let mut tx = ctx.tx().await?;
    let found = sqlx::query_scalar!(
        "select id
         from orders
         where tenant_id = $1
           and order_number = $2
           and customer_phone = $3
           and token_hash is not null",
        tx.tenant(),
        number,
        phone.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    let key = ctx.key(&mut tx).await?;
    Ok(found.map(|order| key.token(Purpose::Order, order)))
}
