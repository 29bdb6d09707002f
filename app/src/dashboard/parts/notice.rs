//! What went wrong with a form that was posted without the bundle: it comes back in the address.

use crate::api::ApiError;
use crate::dashboard::here::words;
use crate::text::dash::DashWords;
use duka::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::error::ServerFnUrlError;
use leptos_router::hooks::use_query_map;

/// The refusal, and what is wrong with the first field when the form had mistakes.
fn sentences(words: &DashWords, error: &AppError) -> String {
    let field = match error {
        AppError::Invalid(errors) => errors.iter().next().map(|(_, problem)| (words.problem)(problem)),
        _ => None,
    };
    [Some((words.error)(error).as_str()), field].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Anybody can write such an address, so only sentences of ours are shown for it, never its text.
#[component]
pub fn UrlNotice() -> impl IntoView {
    let words = words();
    let query = use_query_map();
    let problem = Memo::new(move |_| {
        query.with(|query| {
            query.get_str("__err").map(|coded| sentences(words, &ServerFnUrlError::<ApiError>::decode_err(coded).0))
        })
    });
    view! {
        <div class="notices" role="status">
            {move || problem.get().map(|sentence| view! { <p class="notice notice--bad">{sentence}</p> })}
        </div>
    }
}
