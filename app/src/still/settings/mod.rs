//! The settings: a table of contents, and a page for each thing that can be set.

pub mod activity;
pub mod business;
pub mod cards;
pub mod cash;
pub mod contents;
pub mod join;
pub mod mpesa;
mod mpesa_addresses;
mod mpesa_operator;
pub mod partners;
pub mod records;
pub mod sms;
pub mod store;
pub mod stores;
pub mod team;

use crate::dashboard::address;
use leptos::prelude::*;

/// The way back to the table of contents, above a page's heading.
pub(super) fn back(word: &'static str) -> impl IntoView + use<> {
    view! { <p class="back"><a href=address::SETTINGS>"← "{word}</a></p> }
}
