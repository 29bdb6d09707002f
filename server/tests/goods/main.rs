//! What a merchant does to goods over HTTP: the product editor, the variants, the categories, and what shoppers see.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod addresses;
mod categories;
mod editing;
mod forms;
mod grid;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
mod options;
mod standing;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
mod written;
