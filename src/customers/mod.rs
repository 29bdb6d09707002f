//! The people who buy: one per phone.

pub mod privacy;
