//! Receipts: who gets one, what stands on it, how it is numbered, and how it reaches the buyer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod mail;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
mod numbers;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../cash/orders.rs"]
mod orders;
mod pages;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
