//! The shopper's steps as events, written by the server whether scripts run or not.

pub mod event;
#[cfg(feature = "ssr")]
pub mod record;
