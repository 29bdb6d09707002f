//! The kinds of discount, one file each: what it is told, and what it takes off.

pub mod amount_off;
pub mod buy_get;
pub mod free_delivery;
pub mod percentage_off;
mod pieces;

pub use pieces::{Pieces, spread};
