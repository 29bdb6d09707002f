//! Where a merchant delivers, for how much, how fast.
//!
//! Knows neither carts nor orders.

pub mod bands;
pub mod cash_rules;
#[cfg(feature = "ssr")]
pub mod edit_zones;
#[cfg(feature = "ssr")]
pub mod find_zone;
pub mod offer;
pub mod parcel;
#[cfg(feature = "ssr")]
pub mod partners;
#[cfg(feature = "ssr")]
pub mod places;
#[cfg(feature = "ssr")]
pub mod quote;
pub mod zone_form;
pub mod zones;
