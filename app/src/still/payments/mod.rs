//! The money's pages: every payment, one of them, the days that were closed.

pub mod close;
pub mod day;
pub mod list;
pub mod payment;
pub mod tabs;

use crate::text::dash::DashWords;
use duka::kernel::local_time::LocalTime;
use leptos::prelude::*;

pub const PAYMENTS: &str = "/dashboard/payments";
pub const CLOSE: &str = "/dashboard/payments/close";

/// A link above the heading.
fn back(href: &'static str, word: &'static str) -> impl IntoView {
    view! { <p class="back"><a href=href>"← "{word}</a></p> }
}

fn time(dash: &'static DashWords, at: &LocalTime) -> impl IntoView + use<> {
    view! { <time datetime=at.as_str().to_owned()>{dash.moment(at)}</time> }
}

/// Text for a place behind a question mark.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
