//! The only place with sentences for people, in every language the pages speak.

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "dash")]
pub mod dash;
#[cfg(feature = "ssr")]
pub mod discounts;
#[cfg(feature = "ssr")]
pub mod mail;
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
