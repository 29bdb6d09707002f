//! The dashboard's doors.

pub mod orders;
pub mod products;
pub mod today;
