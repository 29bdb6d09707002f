//! Merchants' accounts: tenants, stores, team, sessions.

pub mod account_token;
pub mod address;
pub(crate) mod catalogue_version;
pub mod confirm;
pub mod create_tenant;
pub mod device;
pub mod forgot;
pub mod member;
pub mod new_email;
pub mod new_password;
pub mod password;
mod person;
pub mod profile;
pub mod recovery;
pub mod second_factor;
pub mod session;
pub mod session_list;
pub mod sign_in;
mod throttle;
pub mod totp;
