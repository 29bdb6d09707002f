//! The dashboard as merchants use it, against a real database.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod orders;
mod pages;
mod products;
mod signing_in;
mod world;
