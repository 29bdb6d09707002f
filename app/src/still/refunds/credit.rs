//! A customer's credit pays for an order, or for a part of it.

use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Sheet},
    page,
};
use crate::text::{refunds, still as words_of_forms};
use duka::checkout::refunds::credit::CreditOf;
use duka::kernel::id::OrderId;
use leptos::prelude::*;

/// What the person saw when they pressed.
pub const SEEN: &str = "seen";

pub fn credit(still: &Still<'_>, order: OrderId, found: &CreditOf, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = refunds::words(locale);
    let form = Form { locale, sheet, labels: &[] };
    let usable = found.usable();
    let back = address::order(order);
    let cannot = if found.missing.is_zero() {
        Some(words.nothing_missing)
    } else if found.credit.is_zero() {
        Some(words.no_credit)
    } else {
        None
    };
    page(still, || {
        view! {
            <h1>{(words.use_title)(found.order_number)}</h1>
            {form.top()}
            {match cannot {
                Some(sentence) => view! { <p class="card">{sentence}</p> }.into_any(),
                None => view! {
                    <form class="card sheet" method="post" action=format!("{back}/credit")>
                        <p>{(words.use_text)(&found.credit, &found.missing)}</p>
                        <input type="hidden" name=SEEN value=usable.minor().to_string()/>
                        <button class="button button--main" type="submit">{(words.use_button)(&usable)}</button>
                    </form>
                }
                .into_any(),
            }}
            <p><a href=back.clone()>{words_of_forms::words(locale).back}</a></p>
        }
    })
}
