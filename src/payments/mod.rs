//! Attempts to move money. Knows an order by its id only and never moves one.

#[cfg(feature = "ssr")]
pub(crate) mod account;
#[cfg(feature = "ssr")]
pub mod account_settings;
#[cfg(feature = "ssr")]
pub mod account_test;
#[cfg(feature = "ssr")]
pub(crate) mod card_account;
#[cfg(feature = "ssr")]
pub mod card_settings;
pub mod ledger;
#[cfg(feature = "ssr")]
pub mod matching;
pub mod method;
pub mod providers;
pub mod refund;
pub mod rules;
pub mod status;
