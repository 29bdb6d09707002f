//! A rider collects an order's money at the door, by a link that staff made for this one order.
//!
//! The link's token is derived from its row; only the hash is kept. It opens nothing but this order's money, and is over
//! when the order is delivered, when its time is up, or when another is made. Who has it answers to whoever made it.

mod collect;
mod link;

pub use collect::{collect_by_prompt, collect_cash};
pub use link::make_link;
