//! What people see: the shop's pages, the merchant's dashboard, the words of both.

// The types of hydrated pages are as deep as their trees.
#![recursion_limit = "256"]

pub mod api;
pub mod assets;
#[cfg(feature = "dash")]
pub mod dashboard;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod paper;
#[cfg(feature = "ssr")]
pub mod sms;
#[cfg(feature = "dash")]
pub mod still;
pub mod storefront;
pub mod text;
pub mod ui;
