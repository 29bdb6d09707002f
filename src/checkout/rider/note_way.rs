//! A rider says how the place is found, for whoever comes next.

use super::link::find_link;
use crate::{
    ctx::Ctx,
    customers::addresses::{LONGEST_NOTE, note_way as write},
    error::AppError,
    kernel::{
        access::Actor,
        field_errors::{FieldErrors, required_text},
        token::Token,
        typed::Typed,
    },
};
use serde_json::json;

/// Keeps the note beside the place of the link's order. Twice is once.
pub async fn note_way(ctx: &Ctx, link: &Token, typed: &Typed) -> Result<(), AppError> {
    let mut errors = FieldErrors::none();
    typed.expect_only(&["way"], &mut errors);
    let note = errors.expect("way", required_text(typed.get("way"), LONGEST_NOTE));
    let Some(note) = note.filter(|_| errors.is_empty()) else { return Err(AppError::Invalid(errors)) };
    let mut tx = ctx.tx().await?;
    let (link, order) = find_link(&mut tx, link, ctx.now()).await?;
    write(&mut tx, order, &note).await?;
    tx.audit(Actor::Program, "way_noted", "orders", order.uuid(), json!({ "rider_link": link })).await?;
    Ok(tx.commit().await?)
}
