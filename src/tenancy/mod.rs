//! Merchants' accounts: tenants, stores, team, sessions.

pub mod address;
pub(crate) mod catalogue_version;
pub mod create_tenant;
pub mod domain_name;
pub mod member;
pub mod own_domain;
pub mod ownership;
pub mod password;
pub mod session;
pub mod shop_address;
pub mod sign_in;
pub mod sign_up;
pub mod standing;
