//! Staff enter an order that somebody gave them by phone, at the market or in a chat; every rule of the checkout holds.

use super::{
    forms::CheckoutForm,
    place_order::{Placed, Refused, place},
};
use crate::{
    ctx::Ctx,
    kernel::{access::Permission, id::StoreId, locale::Locale, token::Token},
    orders::channel::Channel,
};

/// Places the order of a draft for a buyer. Sent twice it is one order, because a draft is a cart.
///
/// `channel` is the word that staff chose. Nothing is written on a refusal.
pub async fn place_for(
    ctx: &Ctx,
    store: StoreId,
    draft: &Token,
    locale: Locale,
    form: CheckoutForm,
    channel: &str,
) -> Result<Placed, Refused> {
    ctx.require(Permission::MoveOrders)?;
    place(ctx, store, draft, locale, form, Channel::parse_by_staff(channel)).await
}
