//! The dashboard's pages: rendered whole for whoever is signed in, then alive in the browser.

use crate::request::see_other;
use app::{api::SignedIn, dashboard::shell};
use axum::{
    extract::Request,
    response::{IntoResponse as _, Response},
};

/// One page; nobody signed in leads to the sign-in.
pub async fn page(request: Request) -> Response {
    if request.extensions().get::<SignedIn>().is_none() {
        return see_other("/sign-in");
    }
    // Its own task: a browser that hangs up must not leave a half-drawn page behind.
    let drawing = tokio::spawn(leptos_axum::render_app_async_with_context(|| {}, shell)(request));
    match drawing.await {
        Ok(answer) => answer.into_response(),
        // What broke there breaks here: the gate gives it a reference and words.
        Err(fault) => {
            std::panic::resume_unwind(fault.try_into_panic().unwrap_or_else(|fault| Box::new(fault.to_string())))
        }
    }
}
