//! Who is signed in, and the words of their language, for every component.

use crate::api::SignedIn;
use crate::text::dash::{self, DashWords};
use leptos::prelude::*;

/// Reads the person from the request, or in the browser from the page.
pub fn provide() {
    provide_context(SharedValue::new(from_request).into_inner());
}

/// The person, as the frame shows them.
pub fn here() -> SignedIn {
    use_context::<SignedIn>().unwrap_or_else(SignedIn::nobody)
}

/// The words of the person's language.
pub fn words() -> &'static DashWords {
    dash::words(here().locale)
}

#[cfg(feature = "ssr")]
pub fn from_request() -> SignedIn {
    use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<SignedIn>().cloned())
        .unwrap_or_else(SignedIn::nobody)
}

#[cfg(not(feature = "ssr"))]
fn from_request() -> SignedIn {
    SignedIn::nobody()
}
