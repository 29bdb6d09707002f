//! The search above a list: a plain form whose words land in the address.

use crate::dashboard::address;
use crate::dashboard::here::words;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// Keeps the chosen status beside the words.
#[component]
pub fn Search(
    path: &'static str,
    hint: &'static str,
    #[prop(into)] typed: Signal<String>,
    #[prop(into)] status: Signal<String>,
) -> impl IntoView {
    let words = words();
    let navigate = use_navigate();
    let go = move |submitted: SubmitEvent| {
        if let Some(to) = address::of_search(path, &submitted) {
            submitted.prevent_default();
            navigate(&to, leptos_router::NavigateOptions::default());
        }
    };
    view! {
        <form class="search" method="get" action=path role="search" on:submit=go>
            <label class="hidden" for="search">{words.search}</label>
            <input class="input" id="search" type="search" name="words" maxlength="100" autocomplete="off" placeholder=hint value=typed.get_untracked() prop:value=typed/>
            {move || (!status.get().is_empty()).then(|| view! { <input type="hidden" name="status" value=status.get()/> })}
            <button class="button" type="submit">{words.search}</button>
        </form>
    }
}
