//! What people see: the shop's pages, the merchant's dashboard, the words of both.

pub mod api;
pub mod assets;
#[cfg(feature = "dash")]
pub mod dashboard;
pub mod storefront;
pub mod text;
pub mod ui;
