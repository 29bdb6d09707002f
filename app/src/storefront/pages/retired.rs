//! The address of a product that is not sold any more: it says so, and names others.

use crate::storefront::parts::{empty::empty, nearest::nearest};
use crate::storefront::{document, head::Head};
use crate::text::shop::{lists, words};
use duka::pages::storefront::frame::{Retired, ShopFrame};
use leptos::prelude::*;

/// The answer's status is 410.
pub fn retired(frame: &ShopFrame, retired: &Retired) -> String {
    let (words, own) = (words(frame.locale), lists::words(frame.locale));
    let heading = (own.retired)(&retired.name);
    let on = match &retired.category {
        Some(category) => (frame.locale.path(&format!("/c/{}", category.slug)), words.see_all),
        None => (frame.locale.path("/"), words.continue_shopping),
    };
    document::page(frame, Head::private(heading.clone()), || {
        view! {
            {empty(heading, own.retired_text, Some(on))}
            {nearest(frame, words.more_like_this, &retired.others)}
        }
    })
}
