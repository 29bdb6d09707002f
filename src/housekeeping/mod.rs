//! The night's tidying: what was to be kept for a while only goes when that is over.

mod forget_old;
mod kept;

pub use forget_old::{forget_old, forget_tonight};
pub use kept::{KEPT, Kept};
