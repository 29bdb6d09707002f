//! Files of products on the dashboard: uploaded, looked at, brought in by the worker, reported, and taken out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

#[path = "../people/merchant.rs"]
#[allow(dead_code, reason = "each program of tests uses its part of it")]
mod merchant;
mod pages;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
