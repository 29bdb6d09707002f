//! The only place with sentences for people, in every language the pages speak.

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod catalogue;
#[cfg(feature = "dash")]
pub mod dash;
#[cfg(feature = "ssr")]
pub mod discounts;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod mpesa;
#[cfg(feature = "ssr")]
pub mod pictures;
#[cfg(any(feature = "ssr", feature = "dash"))]
pub mod receipts;
pub mod savings;
#[cfg(feature = "ssr")]
pub mod settings;
pub mod shop;
#[cfg(feature = "dash")]
pub mod standing;
#[cfg(feature = "ssr")]
pub mod start;
#[cfg(feature = "ssr")]
pub mod still;
#[cfg(feature = "ssr")]
pub mod stock;
