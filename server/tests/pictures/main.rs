//! Pictures over HTTP: what comes in, what is stored of it, how it is ordered, pages that show it, the shop's logo and how it is reached.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod adding;
mod bucket;
mod content;
mod logo;
#[path = "../people/merchant.rs"]
#[allow(dead_code, reason = "each program of tests uses its part of it")]
mod merchant;
mod on_pages;
mod ordering;
mod reaching;
mod samples;
mod sending;
#[path = "../http/world.rs"]
#[allow(dead_code, reason = "each program of tests uses its part of it")]
mod world;
