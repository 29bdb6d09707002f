//! Merchants' accounts: tenants, stores, team, sessions.

pub mod account_token;
pub mod address;
pub mod business;
pub(crate) mod catalogue_version;
pub mod confirm;
pub mod create_tenant;
pub mod invites;
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
pub mod store_settings;
pub mod stores;
pub mod team;
mod throttle;
pub mod totp;
