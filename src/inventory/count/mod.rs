//! A count of what is in the house: begun for a part of the shelf, entered by several people, applied at once.
//!
//! A line is compared with the stock of the moment it was counted, and the difference is what is applied: pieces that
//! are sold between counting and applying are not missing.

mod apply;
mod enter;
mod start;

pub use apply::{InTheWay, NotApplied, apply, cancel};
pub use enter::{Entered, Entry, enter};
pub use start::{Part, start};

/// The most lines of a count.
pub const MOST_LINES: i64 = 5_000;
/// Lines of one page, and the most that are entered at once.
pub const PER_PAGE: u32 = 40;
