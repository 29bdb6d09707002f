//! Delivery partners: the contract that all keep, agents at the checkout, parcels booked once, and the partner being away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod booking;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../delivery/buyer.rs"]
mod buyer;
mod by_hand;
mod choosing;
mod contract;
#[path = "../http/dump.rs"]
mod dump;
mod following;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../people/merchant.rs"]
mod merchant;
mod network;
mod not_booked;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../cash/orders.rs"]
mod orders;
#[path = "../http/paper.rs"]
mod paper;
mod settings;
mod side_by_side;
mod silence;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
