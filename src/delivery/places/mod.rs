//! The places of Kenya as people call them: county, town, estate, nicknames and what stands there.

#[cfg(test)]
mod cases;
mod look_up;
mod outline;
pub mod spelling;

pub use look_up::{Found, look_up, look_up_near};
pub use outline::{Atlas, Place, PlaceId, atlas};
