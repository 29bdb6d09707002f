//! The sandbox over real HTTP, as a shop program meets it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod controls;
mod mail;
mod paystack;
mod phones;
mod push;
mod query;
mod shop;
mod token;
