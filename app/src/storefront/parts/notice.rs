//! A few sentences set apart from the page: a refusal, a change, good news.

use leptos::prelude::*;

/// What kind of news it is; also its colour.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Refusal,
    Change,
}

pub fn notice(tone: Tone, sentence: String) -> impl IntoView + use<> {
    let class = if tone == Tone::Refusal { "notice notice--refusal" } else { "notice" };
    view! { <p class=class role="alert">{sentence}</p> }
}
