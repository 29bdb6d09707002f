//! Finds an order by its number and the phone it was placed with.

use crate::storefront::parts::{notice::notice, reach::reach};
use crate::storefront::{document, head::Head};
use crate::text::shop::words;
use crate::ui::field::{Field, field};
use duka::pages::storefront::frame::ShopFrame;
use leptos::prelude::*;

/// What became of the last search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Nobody has searched yet.
    Nothing,
    /// It found nothing: one answer, whatever was wrong.
    Missed,
    /// This phone or number was tried too often.
    TooOften { seconds: u32 },
}

pub fn find_order(frame: &ShopFrame, sought: Sought) -> String {
    let words = words(frame.locale);
    let told = match sought {
        Sought::Nothing => None,
        Sought::Missed => Some(words.find_miss.to_owned()),
        Sought::TooOften { seconds } => Some((words.find_wait)(seconds.div_ceil(60))),
    };
    document::page(frame, Head::private(words.find_order), || {
        view! {
            <h1>{words.find_order}</h1>
            {told.map(|told| view! { {notice(told)}{reach(frame)} })}
            <form class="block block--narrow" method="post" action=frame.locale.path("/orders/find")>
                <p>{words.find_order_text}</p>
                {field(Field { name: "order_number", label: words.order_number_label, autocomplete: "off", inputmode: Some("numeric"), max: 20, ..Field::default() })}
                {field(Field { name: "phone", label: words.phone, kind: "tel", autocomplete: "tel", inputmode: Some("tel"), max: 40, ..Field::default() })}
                <button class="button">{words.find}</button>
            </form>
        }
    })
}
