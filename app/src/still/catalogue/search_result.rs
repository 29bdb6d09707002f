//! How a product looks in the list of a search engine.

use crate::text::catalogue::CatalogueWords;
use duka::kernel::typed::Typed;
use duka::seo::meta;
use leptos::prelude::*;

/// What it is made of: the form, and what the form leaves to the shop.
pub struct SearchResult<'a> {
    pub typed: &'a Typed,
    pub description_html: &'a str,
    pub shop_name: &'a str,
    /// Without a slash at the end.
    pub shop_url: &'a str,
}

/// The three lines. A script keeps them up to date; what it needs stands in the attributes.
pub fn search_result(words: &'static CatalogueWords, shown: &SearchResult<'_>) -> impl IntoView + use<> {
    let first = |one: &str, other: &str| if one.trim().is_empty() { other.to_owned() } else { one.to_owned() };
    let title = meta::title(&first(shown.typed.get("seo_title"), shown.typed.get("name")), shown.shop_name);
    let summary = meta::description(&first(shown.typed.get("seo_description"), shown.description_html));
    let summary = first(&summary, words.no_description);
    let address = format!("{}/p/{}", shown.shop_url, shown.typed.get("slug").trim());
    view! {
        <figure
            class="search-result"
            data-wake="search-result"
            data-shop=shown.shop_name.to_owned()
            data-address=format!("{}/p/", shown.shop_url)
            data-none=words.no_description
        >
            <figcaption>{words.search_result}</figcaption>
            <p class="search-result__address" data-part="address">{address}</p>
            <p class="search-result__title" data-part="title">{title}</p>
            <p class="search-result__text" data-part="text">{summary}</p>
        </figure>
    }
}
