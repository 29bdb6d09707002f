//! The parts of a product, above each of them: `{tabs(locale, &product, Tab::Details)}`.

use crate::text::catalogue;
use duka::kernel::locale::Locale;
use leptos::prelude::*;

/// Which part a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Details,
    Variants,
    Pictures,
    Stock,
}

/// `product` is its id.
pub fn tabs(locale: Locale, product: &str, here: Tab) -> impl IntoView + use<> {
    let words = catalogue::words(locale);
    let home = format!("/dashboard/products/{product}");
    let tab = |tab: Tab, href: String, name: &'static str| {
        view! { <a class="tab" href=href aria-current=(tab == here).then_some("page")>{name}</a> }
    };
    view! {
        <nav class="tabs" aria-label=words.parts>
            {tab(Tab::Details, home.clone(), words.details)}
            {tab(Tab::Variants, format!("{home}/variants"), words.variants)}
            {tab(Tab::Pictures, format!("{home}/pictures"), words.pictures)}
            {tab(Tab::Stock, format!("/dashboard/stock?product={product}"), words.stock)}
        </nav>
    }
}
