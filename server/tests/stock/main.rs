//! Stock as stories: corrections, counts, what runs out, what the night finds, and many hands at one shelf.
#![allow(clippy::unwrap_used, clippy::unused_self, reason = "a story that cannot go on stops where it is")]

#[path = "../checkout/account.rs"]
#[allow(dead_code, reason = "these stories need a part of what an account can be")]
mod account;
mod any_order;
mod at_once;
mod counting;
mod forms;
mod gone;
#[path = "../checkout/invariants.rs"]
mod invariants;
mod morning;
mod night;
#[path = "../checkout/story.rs"]
#[allow(dead_code, reason = "these stories need a part of what can happen")]
mod story;
#[path = "../start/world.rs"]
#[allow(dead_code, reason = "these forms need a part of what browsers can do")]
mod world;

mod far;
