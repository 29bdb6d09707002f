//! Giving the code: a right one opens a session in the browser that asked, once; five wrong ones end it.

use super::{ask_code::phone_key, session};
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        id::{CustomerId, OrderId},
        locale::Locale,
        token::Token,
    },
    mail::sign_in_code::SignInCode,
    vault::Purpose,
};
use chrono::TimeDelta;
use serde_json::json;

/// Wrong codes that a browser may give for one that was asked for.
pub const MOST_GUESSES: i32 = 5;

/// A form that was pressed twice comes again within this: what the first brought never reached the browser.
const PRESSED_TWICE: TimeDelta = TimeDelta::seconds(30);

/// What became of a typed code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    In(SignedIn),
    /// Not six digits; nothing was counted.
    NotACode,
    /// Another code; so many may still be tried.
    Wrong {
        left: u32,
    },
    /// Ten minutes have gone, it was used, or too many were wrong: it begins with asking again.
    Over,
}

/// Somebody who is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// For the session's cookie.
    pub token: Token,
    pub customer: CustomerId,
    /// The language they chose once.
    pub locale: Option<Locale>,
    /// What their next checkout may begin with.
    pub last_order: Option<Token>,
}

/// Lets in whoever gives the code that belongs to `asked`, the token of the browser that asked. What that browser held
/// before, `before`, opens nothing any more. A code that was asked for in vain is never right. Given twice at once by that
/// browser it is given once: the session that it never heard of ends, and another begins.
pub async fn give_code(ctx: &Ctx, asked: &Token, typed: &str, before: Option<&Token>) -> Result<Given, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        "select id, customer_id, channel, wrong_codes, used_at
         from shopper_codes
         where tenant_id = $1
           and token_hash = $2
           and expires_at > $3
           and (used_at is null or used_at > $4)
         for update",
        tx.tenant(),
        asked.hash(),
        now,
        now - PRESSED_TWICE
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row.filter(|row| row.wrong_codes < MOST_GUESSES) else { return Ok(Given::Over) };
    let Some(given) = SignInCode::read(typed) else { return Ok(Given::NotACode) };
    let right = SignInCode::of(&ctx.key(&mut tx).await?.token(Purpose::ShopperCode, row.id));
    let Some(customer) = row.customer_id.filter(|_| given.is(&right)).map(CustomerId::from) else {
        if row.used_at.is_some() {
            return Ok(Given::Over);
        }
        sqlx::query!(
            "update shopper_codes
             set wrong_codes = wrong_codes + 1, updated_at = $3
             where tenant_id = $1
               and id = $2",
            tx.tenant(),
            row.id,
            now
        )
        .execute(tx.conn())
        .await?;
        tx.commit().await?;
        let left = u32::try_from(MOST_GUESSES - row.wrong_codes - 1).unwrap_or(0);
        return Ok(if left == 0 { Given::Over } else { Given::Wrong { left } });
    };
    // Every other code of theirs is over too.
    sqlx::query!(
        "with unheard as (
             update shopper_sessions
             set ended_at = $3, updated_at = $3
             where tenant_id = $1
               and customer_id = $2
               and created_at = $5
               and ended_at is null
         )
         update shopper_codes
         set used_at = case when id = $4 then $3 end,
             expires_at = case when id = $4 then expires_at else least(expires_at, $3) end,
             updated_at = $3
         where tenant_id = $1
           and customer_id = $2
           and used_at is null",
        tx.tenant(),
        customer.uuid(),
        now,
        row.id,
        row.used_at
    )
    .execute(tx.conn())
    .await?;
    if let Some(before) = before {
        session::end_in(&mut tx, before, now).await?;
    }
    let token = session::start(&mut tx, customer, &row.channel, now).await?;
    let Some(shopper) = session::find(&mut tx, &token, now).await? else {
        // They were erased meanwhile, or another e-mail came to their number.
        tx.commit().await?;
        return Ok(Given::Over);
    };
    tx.note_sign_in_success(&phone_key(ctx, &shopper.phone)).await?;
    let last_order = sqlx::query_scalar!(
        "select id
         from orders
         where tenant_id = $1
           and customer_id = $2
           and token_hash is not null
         order by placed_at desc, id desc
         limit 1",
        tx.tenant(),
        customer.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .map(OrderId::from);
    let key = ctx.key(&mut tx).await?;
    let details = json!({ "channel": row.channel, "session": shopper.session });
    tx.audit(ctx.actor, "customer_signed_in", "customers", customer.uuid(), details).await?;
    tx.commit().await?;
    Ok(Given::In(SignedIn {
        token,
        customer,
        locale: shopper.locale,
        last_order: last_order.map(|order| key.token(Purpose::Order, order.uuid())),
    }))
}
