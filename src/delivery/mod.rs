//! Where a merchant delivers, for how much, how fast.
//!
//! Knows neither carts nor orders.

#[cfg(feature = "ssr")]
pub mod zones;
