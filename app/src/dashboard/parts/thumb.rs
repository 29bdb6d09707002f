//! A small picture beside a name; its place is kept when there is none.

use leptos::either::Either;
use leptos::prelude::*;

/// Decoration: the name beside it says what it shows.
pub fn thumb(src: Option<String>) -> impl IntoView {
    match src {
        Some(src) => Either::Left(view! { <img class="thumb" src=src width="48" height="48" alt="" loading="lazy"/> }),
        None => Either::Right(view! { <span class="thumb"></span> }),
    }
}
