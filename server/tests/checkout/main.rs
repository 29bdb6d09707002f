//! Checkout as stories: what a shopper, M-Pesa and time do, and what the world looks like after.

#![allow(clippy::unwrap_used, clippy::unused_self, reason = "a story that cannot go on stops where it is")]

mod account;
mod by_hand;
mod counted;
mod coupons;
mod discounts;
mod invariants;
mod keys;
mod lost;
mod pauses;
mod paying;
mod placing;
mod real_goods;
mod receipts;
mod receipts_answers;
mod slow_line;
mod story;
mod time;
