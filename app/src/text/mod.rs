//! The only place with sentences for people, in every language the pages speak.

#[cfg(feature = "dash")]
pub mod dash;
pub mod shop;
#[cfg(feature = "ssr")]
pub mod start;
#[cfg(feature = "ssr")]
pub mod still;
#[cfg(feature = "dash")]
pub mod suspended;
