//! Money that comes by itself to a paybill or till: asked about, told of, matched, and put in its place by a person.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

#[path = "../checkout/account.rs"]
#[allow(dead_code, reason = "these stories need a part of what an account can be")]
mod account;
mod decisions;
mod inbox;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../checkout/invariants.rs"]
mod invariants;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
mod notices;
mod out_of_reach;
#[path = "../http/paper.rs"]
mod paper;
mod paying;
mod provider;
mod questions;
mod silence;
#[allow(dead_code, clippy::unused_self, reason = "each program of tests uses its part of it")]
#[path = "../checkout/story.rs"]
mod story;
mod till;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
