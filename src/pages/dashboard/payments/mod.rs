//! The money's screens: every payment, one of them with its story, money without a place, the days that were closed.

pub mod close;
pub mod detail;
pub mod export;
pub mod inbox;
pub mod list;
