//! The people who buy: one per phone, where things are brought to them, what they said about being written to, and groups of them.

pub mod addresses;
pub mod bring_in;
pub mod consent;
pub mod edit_customer;
pub mod edit_groups;
pub mod erase_later;
pub mod group;
pub mod privacy;
pub mod record_consent;
pub mod shopper;
pub mod spelling;
pub mod tags;
