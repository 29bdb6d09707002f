//! Merchants' accounts: tenants, stores, team, sessions.

pub mod address;
pub(crate) mod catalogue_version;
pub mod create_tenant;
pub mod member;
pub mod password;
pub mod session;
pub mod sign_in;
