//! A form whose address is a server function's: it posts by itself, and with the bundle it stays on the page.

use leptos::ev::SubmitEvent;
use leptos::form::FromFormData;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Calls the function with what was typed, instead of leaving the page.
pub fn send<F>(action: ServerAction<F>, submitted: &SubmitEvent)
where
    F: ServerFn + FromFormData + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
    F::Error: Send + Sync + 'static,
{
    // What cannot be read here goes the way without the bundle.
    if let Ok(typed) = F::from_event(submitted) {
        submitted.prevent_default();
        action.dispatch(typed);
    }
}
