//! Orders in the merchant's hands, as stories: found, moved many at once, written on, called off, printed, entered.

#![allow(clippy::unwrap_used, clippy::unused_self, reason = "a story that cannot go on stops where it is")]

#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../checkout/account.rs"]
mod account;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../accounts/world.rs"]
mod browser;
mod cancelling;
mod entering;
mod finding;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../checkout/invariants.rs"]
mod invariants;
mod moving;
mod notes;
mod paper;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../refunds/shop.rs"]
mod shop;
mod site;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../checkout/story.rs"]
mod story;
