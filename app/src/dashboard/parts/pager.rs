//! Links to the page before and the page after.

use crate::text::dash::DashWords;
use leptos::prelude::*;

/// Nothing when there is one page only. `address` makes the address of a page.
pub fn pager<F>(words: &'static DashWords, page: u32, page_count: u32, address: F) -> impl IntoView + use<F>
where
    F: Fn(u32) -> String,
{
    let link = |to: u32, word: &'static str, rel: &'static str| {
        (1..=page_count).contains(&to).then(|| (address(to), word, rel))
    };
    let links =
        [link(page.saturating_sub(1), words.previous, "prev"), link(page.saturating_add(1), words.next, "next")];
    (page_count > 1).then(|| {
        view! {
            <nav class="pager" aria-label=words.pages>
                <span>{(words.page_of)(page, page_count)}</span>
                {links
                    .into_iter()
                    .flatten()
                    .map(|(href, word, rel)| view! { <a class="button" href=href rel=rel>{word}</a> })
                    .collect::<Vec<_>>()}
            </nav>
        }
    })
}
