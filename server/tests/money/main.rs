//! Money under fire: the daily close, the provider's list, histories of every kind, races, and a provider that fails.
#![allow(clippy::unwrap_used, clippy::unused_self, reason = "a story that cannot go on stops where it is")]

#[path = "../checkout/account.rs"]
#[allow(dead_code, reason = "these stories need a part of what an account can be")]
mod account;
mod bank;
mod closing;
mod expiring;
mod faults;
mod forms;
mod histories;
#[path = "../checkout/invariants.rs"]
mod invariants;
mod listed;
#[path = "../http/paper.rs"]
mod paper;
mod prompts;
mod racing;
#[path = "../checkout/rounds.rs"]
mod rounds;
mod silence;
#[path = "../checkout/slow_line.rs"]
mod slow_line;
#[path = "../checkout/story.rs"]
#[allow(dead_code, reason = "these stories need a part of what can happen")]
mod story;
mod twice;
#[path = "../start/world.rs"]
#[allow(dead_code, reason = "these forms need a part of what browsers can do")]
mod world;
