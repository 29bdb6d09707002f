//! A page that could not be shown: what happened, and a way on.

use crate::dashboard::{address, here::words};
use duka::error::AppError;
use leptos::prelude::*;
use leptos_meta::Title;

/// Stands where the page would. Answers with the status that machines understand.
#[component]
pub fn Failed(error: AppError) -> impl IntoView {
    let words = words();
    #[cfg(feature = "ssr")]
    answer_with(&error);
    let is_missing = error == AppError::NotFound;
    let title = if is_missing { words.not_found } else { words.try_again };
    let text = if is_missing { words.not_found_text.to_owned() } else { (words.error)(&error) };
    let way_on = if error == AppError::SignedOut {
        view! { <a class="button button--main" href="/sign-in" rel="external">{words.sign_in}</a> }
    } else {
        view! { <a class="button button--main" href=address::TODAY rel="external">{words.back_to_today}</a> }
    };
    view! {
        <Title text=title/>
        <section class="empty">
            <h1>{title}</h1>
            <p>{text}</p>
            <p>{way_on}</p>
        </section>
    }
}

#[cfg(feature = "ssr")]
fn answer_with(error: &AppError) {
    if let Some(answer) = use_context::<leptos_axum::ResponseOptions>() {
        answer.set_status(crate::api::status(error));
    }
}
