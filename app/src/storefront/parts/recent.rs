//! The shelf of what this phone looked at lately: empty here, since only the phone knows; the loader fills and shows it.

use crate::text::recent::words;
use duka::pages::storefront::frame::ShopFrame;
use leptos::prelude::*;

/// Stands at the end of a page, where nothing moves when it appears.
pub fn recent(frame: &ShopFrame) -> impl IntoView + use<> {
    view! {
        <section class="block" data-recent=frame.locale.path("/p/") hidden>
            <h2>{words(frame.locale).heading}</h2>
            <ul class="recent"></ul>
        </section>
    }
}
