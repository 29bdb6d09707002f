//! Links to the page before and the page after.

use crate::text::dash::DashWords;
use leptos::prelude::*;

/// Nothing when there is one page only. `address` makes the address of a page.
pub fn pager<F>(words: &'static DashWords, page: u32, page_count: u32, address: F) -> impl IntoView + use<F>
where
    F: Fn(u32) -> String,
{
    let link = |to: u32, word: &'static str| (1..=page_count).contains(&to).then(|| (address(to), word));
    let links = turns(link(page.saturating_sub(1), words.previous), link(page.saturating_add(1), words.next));
    (page_count > 1).then(|| {
        view! {
            <nav class="pager" aria-label=words.pages>
                <span>{(words.page_of)(page, page_count)}</span>
                {links}
            </nav>
        }
    })
}

/// The links alone: where each leads, and its word.
pub fn turns(
    before: Option<(String, &'static str)>,
    after: Option<(String, &'static str)>,
) -> Vec<impl IntoView + use<>> {
    [before.map(|link| (link, "prev")), after.map(|link| (link, "next"))]
        .into_iter()
        .flatten()
        .map(|((href, word), rel)| view! { <a class="button" href=href rel=rel>{word}</a> })
        .collect()
}
