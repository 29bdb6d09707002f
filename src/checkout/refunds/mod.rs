//! Money that goes back: asked for, sent, settled, given up, or kept as a customer's credit.
//!
//! What is asked for leaves the order at once and stands in the ledger as the refund's, so two people can never give
//! the same shilling back. It is sent by a job that claims it first, and never sent again while its end is not known.
//! Locks: the goods when some go back on the shelf, the order, the refund, its payments by id.

pub mod ask;
pub mod asked;
pub mod by_hand;
pub mod check;
pub mod credit;
mod finish;
mod letters;
mod locks;
pub mod result;
pub mod send;
pub mod sold;
pub mod to_card;
mod way;
mod write;

pub(super) use way::senders;
