//! Delivery partners behind one contract: a network of agents, and desks that a person speaks to.
//!
//! Knows neither orders nor who booked; a parcel is named by a key of ours.

pub mod account;
pub mod agents;
pub mod contract;
pub mod pickup_mtaani;
pub mod refresh;
pub mod settings;
