//! Still pages about one order's money: what came by hand, a link for the buyer, a link for the rider.

mod by_hand;
mod links;

pub use by_hand::{Said, by_hand};
pub use links::{payment_link, rider_link};

use crate::dashboard::address;
use crate::text::dash;
use duka::kernel::{id::OrderId, locale::Locale, order_number::OrderNumber};
use leptos::prelude::*;

/// The way back to the order, above a page's heading.
fn back(locale: Locale, order: OrderId, number: OrderNumber) -> impl IntoView {
    view! { <p class="back"><a href=address::order(order)>"← "{(dash::words(locale).order_number)(number)}</a></p> }
}
