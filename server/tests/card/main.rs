//! Paying by card, the whole way: the provider's page, the return, its events, the clock, and money given back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod believing;
#[path = "../http/dump.rs"]
mod dump;
mod events;
mod failing;
mod giving_back;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../checkout/invariants.rs"]
mod invariants;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
#[path = "../http/paper.rs"]
mod paper;
mod paying;
mod provider;
mod refunds;
mod secrets;
mod settings;
mod till;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
