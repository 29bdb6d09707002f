//! Duka's models, rules and verbs: pure for the browser, with SQL and providers for the server.

pub mod error;
pub mod kernel;

#[cfg(feature = "ssr")]
pub mod ctx;
#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
pub mod jobs;
pub mod mail;
#[cfg(feature = "ssr")]
pub mod vault;

pub mod analytics;
#[cfg(feature = "ssr")]
pub mod tenancy;

pub mod catalog;
#[cfg(feature = "ssr")]
pub mod customers;

#[cfg(feature = "ssr")]
pub mod content;
pub mod delivery;
pub mod inventory;
pub mod pricing;

pub mod cart;
pub mod orders;
pub mod payments;

pub mod checkout;

pub mod seo;

#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod housekeeping;
pub mod pages;
