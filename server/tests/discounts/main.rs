//! Discounts over HTTP: how a merchant makes them, and what shoppers see and type.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod codes;
mod editing;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
mod rules;
mod sales;
mod typing;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
