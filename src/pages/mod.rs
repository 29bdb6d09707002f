//! Reads, one file per page: the view that leaves, and on the server how it is loaded.

pub mod dashboard;
pub mod storefront;
