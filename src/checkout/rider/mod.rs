//! A rider at the door, by a link that staff made for this one order: collects its money, and says what became of the parcel.
//!
//! The link's token is derived from its row; only the hash is kept. It opens nothing but this order, and is over when
//! the order is delivered or the parcel comes back, when its time is up, or when another is made. Who has it answers to
//! whoever made it.

mod bring_back;
mod collect;
mod confirm;
mod link;
mod note_way;

pub use bring_back::bring_back;
pub use collect::{collect_by_prompt, collect_cash};
pub use confirm::{Confirmed, confirm};
pub use link::make_link;
pub(super) use link::{end_links, write_link};
pub use note_way::note_way;
