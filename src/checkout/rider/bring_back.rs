//! A rider could not hand the parcel over: why, and the team decides what is next.

use super::link::find_carried;
use crate::{
    checkout::{
        dispatch::{NotHandedOver, is_written, write_failure},
        locks::lock_order,
    },
    ctx::Ctx,
    error::AppError,
    kernel::{access::Actor, token::Token, typed::Typed},
};

/// Writes down why. Twice is once; the link is over.
pub async fn bring_back(ctx: &Ctx, link: &Token, typed: &Typed) -> Result<(), AppError> {
    let why = NotHandedOver::read(typed).map_err(AppError::Invalid)?;
    let ctx = Ctx { actor: Actor::Program, ..ctx.clone() };
    let mut tx = ctx.tx().await?;
    let carried = find_carried(&mut tx, link, ctx.now()).await?;
    let order = lock_order(&mut tx, carried.order).await?;
    if is_written(&mut tx, carried.parcel, &why).await? {
        return Ok(());
    }
    if !carried.is_live {
        return Err(AppError::NotFound);
    }
    write_failure(&ctx, &mut tx, &order, carried.parcel, &why).await?;
    Ok(tx.commit().await?)
}
