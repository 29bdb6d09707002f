//! Attempts to move money. Knows an order by its id only and never moves one.

#[cfg(feature = "ssr")]
pub(crate) mod account;
#[cfg(feature = "ssr")]
pub mod account_operator;
#[cfg(feature = "ssr")]
pub mod account_settings;
#[cfg(feature = "ssr")]
pub mod account_test;
#[cfg(feature = "ssr")]
pub mod balance;
#[cfg(feature = "ssr")]
pub mod ledger;
pub mod method;
pub mod providers;
#[cfg(feature = "ssr")]
pub(crate) mod questions;
pub mod receipt;
#[cfg(feature = "ssr")]
pub mod register_addresses;
pub mod status;
