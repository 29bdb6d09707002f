//! Accounts over HTTP: who gets in, who does not, and what each link is good for.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod inside;
mod links;
mod second_factor;
mod sessions;
mod strangers;
mod world;
