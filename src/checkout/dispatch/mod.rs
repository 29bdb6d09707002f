//! Parcels are given to riders, tried again, and come back.
//!
//! A parcel is a row of `delivery_orders`, one for each try; one of an order counts. Only these verbs and the rider's
//! own write them. The order's process stays the order's: giving away moves it to dispatched, handing over to
//! delivered, and what came back goes to packing again before it is called off.

mod fail;
mod follow;
mod give;
mod give_many;
mod handing;
mod renew_link;
mod take_back;

pub use fail::{FAILURE_FIELDS, NotHandedOver, fail};
pub(super) use fail::{is_written, write_failure};
pub(super) use follow::follow;
pub use give::give;
pub(super) use give::mark;
pub use give_many::{Given, give_many};
pub use handing::{HANDING_FIELDS, Handing, LONGEST_NAME, Rider};
pub use renew_link::renew_link;
pub use take_back::take_back;
