//! Where an order goes: places as they are typed, fees that hold until a shown time, areas with rules, and the trial.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod areas;
mod asking;
mod buyer;
mod collecting;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
mod quoting;
mod told;
mod trial;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
