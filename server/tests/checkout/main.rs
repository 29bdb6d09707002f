//! Checkout as stories: what a shopper, M-Pesa and time do, and what the world looks like after.

mod invariants;
mod paying;
mod placing;
mod story;
mod time;
