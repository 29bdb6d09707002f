//! A shopper's own address book: how each place is found in their words, which is the usual one, and which to forget.

use super::session::expect;
use crate::{
    ctx::Ctx,
    customers::addresses::{Words, write},
    error::AppError,
    kernel::{field_errors::FieldErrors, id::CustomerAddressId, token::Token, typed::Typed},
};
use serde_json::json;

/// The fields of the form.
pub const FIELDS: [&str; 3] = ["label", "instructions", "is_default"];

/// Writes what they say of a place of theirs, over `version`; what riders wrote stays. Another's is not found.
pub async fn change_own_place(
    ctx: &Ctx,
    session: &Token,
    place: CustomerAddressId,
    version: i32,
    typed: &Typed,
) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let shopper = expect(&mut tx, session, ctx.now()).await?;
    let mut errors = FieldErrors::none();
    typed.expect_only(&FIELDS, &mut errors);
    let words = Words::read(typed, errors)?;
    write(ctx, &mut tx, (shopper.customer, place), version, &words).await?;
    Ok(tx.commit().await?)
}

/// Takes a place of theirs out of the book; orders that went there keep it. Twice is once, and another's stays.
pub async fn forget_own_place(ctx: &Ctx, session: &Token, place: CustomerAddressId) -> Result<(), AppError> {
    let mut tx = ctx.tx().await?;
    let shopper = expect(&mut tx, session, ctx.now()).await?;
    let gone = sqlx::query!(
        "delete from customer_addresses
         where tenant_id = $1
           and customer_id = $2
           and id = $3",
        tx.tenant(),
        shopper.customer.uuid(),
        place.uuid()
    )
    .execute(tx.conn())
    .await?;
    if gone.rows_affected() > 0 {
        let details = json!({ "place": place });
        tx.audit(ctx.actor, "customer_place_forgotten", "customers", shopper.customer.uuid(), details).await?;
    }
    Ok(tx.commit().await?)
}
