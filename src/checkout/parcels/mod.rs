//! An order's parcel with a delivery partner: asked for, booked by the worker, followed to its end; or written down by hand.
//!
//! No transaction is open while a partner is waited for, and a parcel is booked once: claimed, asked for under a key of
//! ours, finished.

mod ask;
mod book;
mod follow;
mod read_event;
mod standing;
mod write_down;

pub use ask::book_parcel;
pub use book::book;
pub use follow::{follow, follow_due};
pub(super) use read_event::read_parcel_event;
pub use write_down::{FIELDS, HandParcel, STATES, say_state, write_down};
