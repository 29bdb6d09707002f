//! Merchants and their teams over HTTP: settings, edits that meet, invites and roles, and the log of it all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails here, with a sentence")]

mod at_once;
mod audit;
mod awake;
mod edits;
mod merchant;
mod mpesa;
mod mpesa_addresses;
mod siblings;
mod team;
mod two_shops;
mod typed;
mod unknown_fields;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../http/world.rs"]
mod world;
