//! A page or list with nothing in it, and the way on.

use leptos::prelude::*;

/// A heading, a sentence and a link that leads on.
pub fn empty(heading: String, text: &'static str, link: Option<(String, &'static str)>) -> impl IntoView + use<> {
    view! {
        <div class="empty">
            <h1>{heading}</h1>
            <p>{text}</p>
            {link.map(|(address, name)| view! { <p><a class="button" href=address>{name}</a></p> })}
        </div>
    }
}
