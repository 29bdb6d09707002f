//! The money's pages: every payment, one of them, money without a place, the days that were closed.

pub mod close;
pub mod credit;
pub mod day;
pub mod inbox;
pub mod list;
pub mod money;
pub mod payment;
pub mod tabs;

use super::time::time;
use crate::text::{dash::DashWords, inbox::InboxWords};
use duka::pages::dashboard::payments::inbox::InboxRow;
use leptos::prelude::*;

pub use crate::dashboard::address::PAYMENTS;

pub const INBOX: &str = "/dashboard/payments/inbox";
pub const CLOSE: &str = "/dashboard/payments/close";

/// A link above the heading.
fn back(href: &'static str, word: &'static str) -> impl IntoView {
    view! { <p class="back"><a href=href>"← "{word}</a></p> }
}

/// How much, from whom, with what account, by which way and when.
fn told(words: &'static InboxWords, dash: &'static DashWords, row: &InboxRow) -> impl IntoView + use<> {
    let from: Vec<String> = [row.payer_name.clone(), row.payer_phone.clone()].into_iter().flatten().collect();
    let is_part = row.left != row.received;
    view! {
        <p class="coin__sum">
            <b>{row.left.to_string()}</b>
            {is_part.then(|| view! { " "<small>{(words.left_of)(&row.received)}</small> })}
        </p>
        <dl class="coin__facts">
            {(!from.is_empty()).then(|| view! { <div><dt>{words.from}</dt><dd>{from.join(" · ")}</dd></div> })}
            <div>
                <dt>{words.account}</dt>
                <dd>{row.typed_account.clone().unwrap_or_else(|| words.no_account.to_owned())}</dd>
            </div>
            {row.receipt.clone().map(|receipt| view! { <div><dt>{words.receipt}</dt><dd>{receipt}</dd></div> })}
            <div><dt>{(dash.payment_method)(&row.method)}</dt><dd>{time(dash, &row.came_on)}</dd></div>
        </dl>
    }
}
