//! The real Daraja client against the sandbox, over real HTTP: every call, every fault, everything that is posted.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod by_hand;
mod operator;
mod prompts;
mod pull;
mod world;
