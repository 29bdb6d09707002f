//! The first day of a merchant, over the real router: signing up, the shop that is not open, opening it, own domains.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod closing;
mod domains;
mod first_day;
mod forms;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
mod names;
mod signing_up;
mod world;
