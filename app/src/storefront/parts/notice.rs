//! A refusal, set apart from the page.

use leptos::prelude::*;

pub fn notice(sentence: String) -> impl IntoView + use<> {
    view! { <p class="notice notice--refusal" role="alert">{sentence}</p> }
}
