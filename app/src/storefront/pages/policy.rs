//! What the merchant has written down, as paragraphs.

use crate::storefront::{document, head::Head};
use crate::text::shop::words;
use duka::pages::storefront::{frame::ShopFrame, policy::PolicyPage};
use leptos::prelude::*;

pub fn policy(frame: &ShopFrame, page: &PolicyPage) -> String {
    let title = (words(frame.locale).policy)(page.kind);
    let normal = page.text.replace("\r\n", "\n");
    let paragraphs: Vec<_> = normal
        .split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p>{text.to_owned()}</p> })
        .collect();
    document::page(frame, Head::new(title).described(&page.text), || {
        view! {
            <article class="policy">
                <h1>{title}</h1>
                {paragraphs}
            </article>
        }
    })
}
