//! The program is killed, and its database taken away, in the middle of work; then the world is looked at.

mod away;
mod cable;
#[path = "../checkout/invariants.rs"]
mod invariants;
mod killed;
mod program;
mod shopper;
mod world;
