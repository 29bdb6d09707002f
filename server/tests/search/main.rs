//! Searching: what is found by which words, in which order, of whom; and that the index is what finds it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod finding;
mod plan;
mod world;
