//! The way from the front page to this one, for people and for search engines.

use crate::text::shop::words;
use duka::pages::storefront::frame::ShopFrame;
use duka::seo::{meta, schema_org::BreadcrumbList};
use leptos::prelude::*;

/// Names and paths (without language prefix) after the front page; the last is this page and is not a link.
pub fn breadcrumbs(frame: &ShopFrame, steps: &[(String, String)]) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let before = &steps[..steps.len().saturating_sub(1)];
    let links: Vec<_> =
        before.iter().map(|(name, path)| view! { " / "<a href=frame.locale.path(path)>{name.clone()}</a> }).collect();
    view! {
        <nav class="crumbs" aria-label=words.where_you_are>
            <a href=frame.locale.path("/")>{words.home}</a>
            {links}
        </nav>
    }
}

/// The same way as structured data.
pub fn data(frame: &ShopFrame, steps: &[(String, String)]) -> BreadcrumbList {
    let home = (words(frame.locale).home.to_owned(), meta::address(&frame.origin, frame.locale, "/"));
    let after = steps.iter().map(|(name, path)| (name.clone(), meta::address(&frame.origin, frame.locale, path)));
    BreadcrumbList::new(std::iter::once(home).chain(after))
}
