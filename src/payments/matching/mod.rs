//! Which order money is for, by what its payer typed, how much it is, when it came and from whom; pure.
//!
//! Knows orders only as [`OpenOrder`]. Automatic is nothing but a unique candidate that owes exactly this amount;
//! everything else is a proposal for a person.

mod account;
mod judge;
mod payer;
mod reading;
mod reference;
mod slip;
mod till;
mod why;

pub use account::{Match, OpenOrder, PaidIn, find_candidates, named_numbers, proposals_for};
pub use judge::{Judgement, judge};
pub use payer::{is_key_of, payer_key, same_first_name};
pub use reference::Reference;
pub use slip::Edit;
pub use till::propose;
pub use why::{Proposal, Why};

#[cfg(test)]
mod a_day_at_the_till;
#[cfg(test)]
mod thousand_mistakes;
