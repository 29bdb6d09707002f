//! What a shopper's pages are made of. A view holds nothing that a shopper may not see.

#[cfg(feature = "ssr")]
pub mod account;
pub mod area;
pub mod cart;
pub mod category;
pub mod checkout;
#[cfg(feature = "ssr")]
pub mod feed;
pub mod frame;
pub mod home;
pub mod listing;
pub mod order;
pub mod parts;
pub mod policy;
pub mod product;
pub mod receipt;
pub mod rider;
pub mod savings;
pub mod search;
pub mod suggest;
pub mod visit_cost;
#[cfg(feature = "ssr")]
pub mod written;

#[cfg(feature = "ssr")]
mod cards;
#[cfg(feature = "ssr")]
mod narrowing;
#[cfg(feature = "ssr")]
mod rows;
