//! The program is killed, its database taken away, its readers hang up, in the middle of work; then the world is looked at.

mod away;
mod cable;
mod impatient;
#[path = "../checkout/invariants.rs"]
mod invariants;
mod killed;
mod program;
mod shopper;
mod world;
