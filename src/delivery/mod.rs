//! Where a merchant delivers, for how much, how fast.
//!
//! Knows neither carts nor orders.

pub mod cash_rules;
#[cfg(feature = "ssr")]
pub mod edit_zones;
pub mod zone_form;
#[cfg(feature = "ssr")]
pub mod zones;
