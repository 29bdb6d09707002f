//! Finds an order for who has lost its link: by its number and the phone it was placed with.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{phone::Phone, token::Token},
    payments::matching::Reference,
    tenancy::throttle,
    vault::Purpose,
};

/// Whoever looks for orders of a phone, or for an order, waits for whoever looks for it too: or many who look at the same
/// moment would all be among the first.
const ONE_AT_A_TIME: &str =
    "select pg_advisory_xact_lock(hashtextextended('order looked for ' || encode($1, 'hex'), 0))";

/// The token of an order by its number, with the shop's prefix or without, and the phone it was placed with; the same
/// silence for every miss.
///
/// Misses are counted per phone and per number, and a hit takes none of them back, since anybody may order with another's
/// phone: who tries one number after another learns of no order where its buyer lives. Then it is
/// [`AppError::TooMany`], whether or not the two belong together.
pub async fn find(ctx: &Ctx, number: &str, phone: &str) -> Result<Option<Token>, AppError> {
    let named = (Reference::parse_prefixed(number), Phone::parse(phone));
    let (Some((prefix, reference)), Some(phone)) = named else { return Ok(None) };
    let guessed = [
        throttle::key("order looked for by phone:", &format!("{}|{}", ctx.tenant, phone.as_str())),
        throttle::key("order looked for by number:", &format!("{}|{}", ctx.tenant, reference.number())),
    ];
    let mut tx = ctx.tx().await?;
    // In this order always: who has a phone waits for numbers, and who has a number for nobody.
    for key in &guessed {
        sqlx::query(ONE_AT_A_TIME).bind(key.as_slice()).execute(tx.conn()).await?;
        if let Some(until) = tx.sign_in_blocked_until(key).await? {
            return Err(AppError::TooMany { retry_after_seconds: throttle::seconds_until(&ctx.platform, until) });
        }
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
        for key in &guessed {
            tx.note_sign_in_failure(key).await?;
        }
        tx.commit().await?;
        return Ok(None);
    };
    let key = ctx.key(&mut tx).await?;
    Ok(Some(key.token(Purpose::Order, order)))
}
