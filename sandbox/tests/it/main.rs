//! The sandbox over real HTTP, as a shop program meets it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod by_hand;
mod controls;
mod mail;
mod operator;
mod paystack;
mod phones;
mod pickup_mtaani;
mod pull;
mod push;
mod query;
mod shop;
mod sms;
mod token;
