//! Pickup Mtaani: a network of agents who take and hand out parcels.

mod answers;
mod client;
mod lists;
mod wire;

pub use answers::{Event, read_event};
pub use client::{Account, PickupMtaani};
