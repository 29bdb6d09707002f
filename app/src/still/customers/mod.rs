//! Those who buy: the list, its groups, one person, their data.

pub mod files;
pub mod groups;
pub mod list;
mod places;
pub mod privacy;
pub mod profile;
mod said;

use crate::text::dash::DashWords;
use duka::kernel::{id::CustomerId, local_time::LocalTime};
use leptos::prelude::*;

pub use crate::dashboard::address::CUSTOMERS;

/// One person's page.
pub fn of(customer: CustomerId) -> String {
    format!("{CUSTOMERS}/{customer}")
}

fn time(dash: &'static DashWords, at: &LocalTime) -> impl IntoView + use<> {
    view! { <time datetime=at.as_str().to_owned()>{dash.moment(at)}</time> }
}
