//! Money that goes back, as stories: what is asked for, sent, refused, given up, kept as credit, and what the world is after.

#![allow(clippy::unwrap_used, clippy::unused_self, reason = "a story that cannot go on stops where it is")]

#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../checkout/account.rs"]
mod account;
mod asking;
mod at_once;
mod audited;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../accounts/world.rs"]
mod browser;
mod by_hand;
mod credit;
mod former;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../checkout/invariants.rs"]
mod invariants;
mod pages;
#[path = "../http/paper.rs"]
mod paper;
mod sending;
mod shop;
mod silence;
#[path = "../checkout/slow_line.rs"]
mod slow_line;
#[allow(dead_code, reason = "each program of tests uses its part of it")]
#[path = "../checkout/story.rs"]
mod story;
