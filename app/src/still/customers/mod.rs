//! Those who buy: the list, its groups, one person, their data.

pub mod files;
pub mod groups;
pub mod list;
mod places;
pub mod privacy;
pub mod profile;
mod said;

use super::time::time;
use duka::kernel::id::CustomerId;

pub use crate::dashboard::address::CUSTOMERS;

/// One person's page.
pub fn of(customer: CustomerId) -> String {
    format!("{CUSTOMERS}/{customer}")
}
