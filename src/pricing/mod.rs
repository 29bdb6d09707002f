//! The only arithmetic of prices, and the discounts it knows; it knows nothing of carts, orders or pages.
//!
//! Invariants: what is taken off is never more than there is; parts sum to the whole; whole units stay whole.

pub mod code;
pub mod price_lines;
pub mod priced;
pub mod rule;
pub mod rule_form;
mod rules;
pub mod scope;
pub mod shop_price;

pub use rules::{amount_off::AmountOff, buy_get::BuyGet, free_delivery::FreeDelivery, percentage_off::PercentageOff};

#[cfg(feature = "ssr")]
pub mod edit_codes;
#[cfg(feature = "ssr")]
pub mod edit_rules;
#[cfg(feature = "ssr")]
pub mod lock_rules;
#[cfg(feature = "ssr")]
pub mod redemptions;
#[cfg(feature = "ssr")]
pub mod stored;
