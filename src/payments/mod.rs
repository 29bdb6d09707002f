//! Attempts to move money. Knows an order by its id only and never moves one.

pub mod method;

pub mod providers;
pub mod status;
