//! The axum program: commands, start-up, what every request passes, the shop's and the platform's addresses.

pub mod boot;
pub mod cache;
pub mod command;
pub mod commands;
pub mod config;
pub mod doors;
pub mod listen;
pub mod log;
pub mod mailer;
pub mod ops;
pub mod platform;
pub mod request;
pub mod router;
pub mod shop;
pub mod site;
pub mod spool;
pub mod state;
pub mod worker;
