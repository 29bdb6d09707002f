//! A discount that staff give on one order by hand: how much, and why.

use crate::dashboard::address;
use crate::still::{
    form::{Form, Line, Sheet, VERSION},
    frame::{Still, page},
};
use crate::text::{discounts, still as words_of_forms};
use duka::pages::dashboard::order::OrderDetail;
use leptos::prelude::*;

/// The form, with what the order comes to now.
pub fn order_discount(still: &Still<'_>, order: &OrderDetail, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = discounts::words(locale);
    let labels = [("amount", words.amount), ("reason", words.reason)];
    let form = Form { locale, sheet, labels: &labels };
    let back = address::order(order.id);
    page(still, || {
        view! {
            <h1>{(words.on_order)(order.number)}</h1>
            <p class="still__lead">{words.on_order_lead}</p>
            <form class="card sheet" method="post" action=format!("{back}/discount")>
                {form.top()}
                <p>{words.total}": "<b>{order.total.to_string()}</b></p>
                <input type="hidden" name=VERSION value=order.version.to_string()/>
                {form.line(Line { name: "amount", inputmode: Some("numeric"), placeholder: Some("200"), max: 12, ..Line::default() })}
                {form.line(Line { name: "reason", hint: Some(words.reason_hint), max: 200, ..Line::default() })}
                <button class="button button--main" type="submit">{words.give}</button>
            </form>
            <p><a href=back.clone()>{words_of_forms::words(locale).back}</a></p>
        }
    })
}
