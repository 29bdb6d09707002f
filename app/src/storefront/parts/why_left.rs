//! The one question for who came back from the checkout: a tap on an answer, or none.

use crate::text::why_left::words;
use duka::{cart::why_left::WhyLeft, pages::storefront::frame::ShopFrame};
use leptos::prelude::*;

pub fn why_left(frame: &ShopFrame) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let answers: Vec<_> = WhyLeft::ALL
        .into_iter()
        .map(|why| {
            view! { <button class="button button--quiet" name="reason" value=why.as_str()>{(words.why)(why)}</button>" " }
        })
        .collect();
    view! {
        <form class="notice" method="post" action=frame.locale.path("/cart/why")>
            <h2>{words.question}</h2>
            <p>{words.lead}</p>
            <p class="choice">{answers}<button class="button button--plain" name="reason" value="">{words.not_now}</button></p>
        </form>
    }
}
