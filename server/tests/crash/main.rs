//! The program as a process: killed, its database taken away, its readers gone, in the middle of work; and what its
//! verbs say and how they end.

#![allow(clippy::unwrap_used, clippy::unused_self, reason = "a story that cannot go on stops where it is")]

mod away;
mod cable;
mod crowds;
mod impatient;
#[path = "../checkout/invariants.rs"]
mod invariants;
mod killed;
mod own_postgres;
mod program;
mod promptly;
#[path = "../checkout/rounds.rs"]
mod rounds;
mod shopper;
mod spooled;
mod verbs;
mod world;
