//! What a merchant's screens are made of.

#[cfg(feature = "ssr")]
pub mod activity;
#[cfg(feature = "ssr")]
pub mod content;
#[cfg(feature = "ssr")]
pub mod customers;
#[cfg(feature = "ssr")]
pub mod deliveries;
#[cfg(feature = "ssr")]
pub mod delivery_trial;
#[cfg(feature = "ssr")]
pub mod discounts;
#[cfg(feature = "ssr")]
pub mod left_at_checkout;
pub mod order;
#[cfg(feature = "ssr")]
pub mod order_money;
#[cfg(feature = "ssr")]
pub mod order_notes;
pub mod order_story;
#[cfg(feature = "ssr")]
pub mod orders;
#[cfg(feature = "ssr")]
pub mod packing;
#[cfg(feature = "ssr")]
pub mod parcel;
#[cfg(feature = "ssr")]
pub mod payments;
#[cfg(feature = "ssr")]
pub mod pictures;
#[cfg(feature = "ssr")]
pub mod price_trial;
pub mod products;
#[cfg(feature = "ssr")]
pub mod refunds;
#[cfg(feature = "ssr")]
pub mod stock;
pub mod today;

#[cfg(feature = "ssr")]
use super::{count, currency};

/// How many pages of `per_page` rows there are; one at least.
#[cfg(feature = "ssr")]
fn page_count(rows: u32, per_page: u32) -> u32 {
    rows.div_ceil(per_page).max(1)
}

/// What was typed to search by, as far as it is looked at. The database has no text with a zero in it.
#[cfg(feature = "ssr")]
fn looked_at(typed: &str, most: usize) -> String {
    typed.trim().chars().filter(|letter| !letter.is_control()).take(most).collect()
}

/// The pattern that finds `words` anywhere in a text.
#[cfg(feature = "ssr")]
fn anywhere(words: &str) -> String {
    let plain = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{plain}%")
}
