//! The tabs above every page of the money.

use crate::dashboard::address::PAYMENTS;
use crate::text::inbox::words;
use duka::kernel::locale::Locale;
use leptos::prelude::*;

/// Where a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Payments,
    Inbox,
    Refunds,
    Close,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Payments, Self::Inbox, Self::Refunds, Self::Close];

    fn address(self) -> String {
        match self {
            Self::Payments => PAYMENTS.to_owned(),
            Self::Inbox => format!("{PAYMENTS}/inbox"),
            Self::Refunds => format!("{PAYMENTS}/refunds"),
            Self::Close => format!("{PAYMENTS}/close"),
        }
    }
}

/// `here` is marked as the present one.
pub fn tabs(locale: Locale, here: Tab) -> impl IntoView + use<> {
    let words = words(locale);
    let links: Vec<_> = Tab::ALL
        .into_iter()
        .zip(words.tabs)
        .map(|(tab, name)| {
            let is_here = (tab == here).then_some("page");
            view! { <a class="tab" href=tab.address() aria-current=is_here>{name}</a> }
        })
        .collect();
    view! { <nav class="tabs" aria-label=words.tabs_of>{links}</nav> }
}
