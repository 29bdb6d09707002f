//! Products: the list, with price and stock of every variant at hand.

pub mod list;
mod price;
mod stock;
mod variant;
