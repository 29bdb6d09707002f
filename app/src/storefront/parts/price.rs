//! A price, and what it was.

use crate::text::shop::ShopWords;
use duka::kernel::money::Money;
use leptos::prelude::*;

/// `from KSh 1,250`, with the price before struck through and said aloud.
pub fn price(words: &'static ShopWords, now: Money, was: Option<Money>, is_from: bool) -> impl IntoView + use<> {
    view! {
        <p class="price">
            {was.map(|_| view! { <span class="unseen">{words.now_price}" "</span> })}
            {is_from.then(|| view! { <small>{words.from_price}" "</small> })}
            <b>{now.to_string()}</b>
            {was.map(|was| view! { " "<span class="unseen">{words.was_price}" "</span><s>{was.to_string()}</s> })}
        </p>
    }
}
