//! The only place with sentences for people, in every language the pages speak.

#[cfg(feature = "dash")]
pub mod dash;
#[cfg(feature = "ssr")]
pub mod mail;
pub mod shop;
#[cfg(feature = "ssr")]
pub mod still;
