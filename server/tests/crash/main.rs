//! The program is killed, its database taken away, its readers hang up, in the middle of work; then the world is looked at.

#![allow(clippy::unwrap_used, clippy::unused_self, reason = "a story that cannot go on stops where it is")]

mod away;
mod cable;
mod impatient;
#[path = "../checkout/invariants.rs"]
mod invariants;
mod killed;
mod program;
#[path = "../checkout/rounds.rs"]
mod rounds;
mod shopper;
mod spooled;
mod world;
