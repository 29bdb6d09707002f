//! Finds an order by its number and the phone it was placed with.

use crate::storefront::parts::reach::reach;
use crate::storefront::{document, head::Head};
use crate::text::shop::words;
use crate::ui::field::{Field, field};
use duka::pages::storefront::frame::ShopFrame;
use leptos::prelude::*;

/// What somebody looked for just now, and what became of it: one sentence for every miss, or how long to wait.
#[derive(Clone, Debug, Default)]
pub struct LookedFor {
    pub number: String,
    pub phone: String,
    pub problem: Option<String>,
}

pub fn find_order(frame: &ShopFrame, looked_for: LookedFor) -> String {
    let words = words(frame.locale);
    let LookedFor { number, phone, problem } = looked_for;
    document::page(frame, Head::private(words.find_order), || {
        view! {
            <h1>{words.find_order}</h1>
            {problem.map(|problem| view! { <div class="notice notice--refusal" role="alert"><p>{problem}</p>{reach(frame)}</div> })}
            <form class="block block--narrow" method="post" action=frame.locale.path("/orders/find")>
                <p>{words.find_order_text}</p>
                {field(Field { name: "order_number", label: words.order_number_label, value: number, autocomplete: "off", inputmode: Some("numeric"), max: 20, ..Field::default() })}
                {field(Field { name: "phone", label: words.phone, value: phone, kind: "tel", autocomplete: "tel", inputmode: Some("tel"), max: 40, ..Field::default() })}
                <button class="button">{words.find}</button>
            </form>
        }
    })
}
