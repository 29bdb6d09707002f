//! Finds an order by its number and the phone it was placed with.

use crate::storefront::parts::{notice::notice, reach::reach};
use crate::storefront::{document, head::Head};
use crate::text::shop::words;
use crate::ui::field::{Field, field};
use duka::pages::storefront::frame::ShopFrame;
use leptos::prelude::*;

/// `is_miss` after a search that found nothing: one answer, whatever was wrong.
pub fn find_order(frame: &ShopFrame, is_miss: bool) -> String {
    let words = words(frame.locale);
    document::page(frame, Head::private(words.find_order), || {
        view! {
            <h1>{words.find_order}</h1>
            {is_miss.then(|| view! { {notice(words.find_miss.to_owned())}{reach(frame)} })}
            <form class="block block--narrow" method="post" action=frame.locale.path("/orders/find")>
                <p>{words.find_order_text}</p>
                {field(Field { name: "order_number", label: words.order_number_label, autocomplete: "off", inputmode: Some("numeric"), max: 20, ..Field::default() })}
                {field(Field { name: "phone", label: words.phone, kind: "tel", autocomplete: "tel", inputmode: Some("tel"), max: 40, ..Field::default() })}
                <button class="button">{words.find}</button>
            </form>
        }
    })
}
