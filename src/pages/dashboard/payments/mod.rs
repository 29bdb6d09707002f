//! The money's screens: every payment, one of them with its story, the days that were closed.

pub mod close;
pub mod detail;
pub mod export;
pub mod list;
