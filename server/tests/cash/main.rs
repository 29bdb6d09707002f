//! Money without a provider: who may pay in cash, money that is handed over, riders at the door, a way of one's own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod again;
mod by_hand;
mod deposit;
mod links;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
mod orders;
mod own_way;
mod rider;
mod rules;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
