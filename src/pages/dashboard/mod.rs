//! What a merchant's screens are made of.

pub mod order;
pub mod orders;
pub mod products;
pub mod today;
