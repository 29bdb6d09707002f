//! The one question for who came back from the checkout: a tap on an answer, with words if they like, or none.

use crate::{
    text::why_left::words,
    ui::text_area::{TextArea, text_area},
};
use duka::{
    cart::why_left::{LONGEST_WORDS, WhyLeft},
    pages::storefront::frame::ShopFrame,
};
use leptos::prelude::*;

pub fn why_left(frame: &ShopFrame) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let answers: Vec<_> = WhyLeft::ALL
        .into_iter()
        .map(|why| {
            view! { <button class="button button--quiet" name="reason" value=why.as_str()>{(words.why)(why)}</button>" " }
        })
        .collect();
    let area = TextArea {
        id: "why-words".to_owned(),
        name: "words",
        max: u16::try_from(LONGEST_WORDS).unwrap_or(u16::MAX),
        rows: 2,
        ..TextArea::default()
    };
    view! {
        <form class="notice" method="post" action=frame.locale.path("/cart/why")>
            <h2>{words.question}</h2>
            <p>{words.lead}</p>
            <p><label for="why-words">{words.in_words}</label></p>
            {text_area(area)}
            <p class="choice">{answers}<button class="button button--plain" name="reason" value="">{words.not_now}</button></p>
        </form>
    }
}
