//! Merchants' accounts: tenants, stores, team, sessions.

pub mod address;
pub mod business;
pub(crate) mod catalogue_version;
pub mod create_tenant;
pub mod invites;
pub mod member;
pub mod password;
pub mod session;
pub mod sign_in;
pub mod store_settings;
pub mod stores;
pub mod team;
