//! A few products by their names alone, for who did not find what they came for.

use duka::pages::storefront::{frame::ShopFrame, search::Nearest};
use leptos::prelude::*;

/// Nothing when there are none.
pub fn nearest(frame: &ShopFrame, heading: &'static str, products: &[Nearest]) -> impl IntoView + use<> {
    let links: Vec<_> = products
        .iter()
        .map(|one| {
            let address = frame.locale.path(&format!("/p/{}", one.slug));
            view! { <li><a href=address>{one.name.clone()}</a></li> }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <section class="block">
                <h2>{heading}</h2>
                <ul class="recent">{links}</ul>
            </section>
        }
    })
}
