//! What a shopper decides about what is kept of them: their language, a copy of everything, and that it is erased.

use super::session::{Shopper, expect};
use crate::{
    ctx::Ctx,
    customers::{
        erase_later::{Open, keep, note_asked},
        privacy::export::copy_of,
    },
    error::AppError,
    kernel::{locale::Locale, token::Token},
};
use serde_json::{Value, json};

/// From now on they are written to in this language.
pub async fn choose_own_language(ctx: &Ctx, session: &Token, locale: Locale) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let shopper = expect(&mut tx, session, ctx.now()).await?;
    sqlx::query!(
        "update customers
         set locale = $3, updated_at = $4
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        shopper.customer.uuid(),
        locale.tag(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    let details = json!({ "locale": locale });
    tx.audit(ctx.actor, "customer_language_chosen", "customers", shopper.customer.uuid(), details).await?;
    Ok(tx.commit().await?)
}

/// Everything that the merchant keeps of them, as the merchant would give it out.
pub async fn copy_own(ctx: &Ctx, session: &Token) -> Result<Value, AppError> {
    let shopper = expect_sure(ctx, session).await?;
    copy_of(ctx, &shopper.phone).await?.ok_or(AppError::NotFound)
}

/// They want to be forgotten. Answers what it waits for; nothing is at once. Twice is once.
pub async fn erase_own(ctx: &Ctx, session: &Token) -> Result<Open, AppError> {
    let shopper = expect_sure(ctx, session).await?;
    note_asked(ctx, shopper.customer, shopper.is_by_mail).await
}

/// They changed their mind, as long as it waits. Twice is once.
pub async fn keep_own(ctx: &Ctx, session: &Token) -> Result<(), AppError> {
    let shopper = expect_sure(ctx, session).await?;
    keep(ctx, shopper.customer).await
}

/// Who may have, or end, all that is kept of the phone.
async fn expect_sure(ctx: &Ctx, session: &Token) -> Result<Shopper, AppError> {
    let mut tx = ctx.tx().await?;
    let shopper = expect(&mut tx, session, ctx.now()).await?;
    tx.commit().await?;
    if shopper.is_sure { Ok(shopper) } else { Err(AppError::NotPermitted) }
}
