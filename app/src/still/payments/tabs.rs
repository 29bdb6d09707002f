//! The parts of the money, above each of them: `{tabs(locale, Tab::Close)}`.

use super::{CLOSE, PAYMENTS};
use crate::text::closing;
use duka::kernel::locale::Locale;
use leptos::prelude::*;

/// Which part a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Payments,
    Inbox,
    Refunds,
    Close,
}

pub fn tabs(locale: Locale, here: Tab) -> impl IntoView + use<> {
    let words = closing::words(locale);
    let all = [
        (Tab::Payments, PAYMENTS),
        (Tab::Inbox, "/dashboard/payments/inbox"),
        (Tab::Refunds, "/dashboard/payments/refunds"),
        (Tab::Close, CLOSE),
    ];
    let tabs: Vec<_> = all
        .into_iter()
        .zip(words.tabs)
        .map(|((tab, href), name)| {
            view! { <a class="tab" href=href aria-current=(tab == here).then_some("page")>{name}</a> }
        })
        .collect();
    view! { <nav class="tabs" aria-label=words.payments>{tabs}</nav> }
}
