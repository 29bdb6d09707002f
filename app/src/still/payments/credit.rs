//! Paying an order with its customer's credit: how much there is, what the order lacks, one button.

use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Sheet},
    page,
};
use crate::text::{inbox::words, still as words_of_forms};
use duka::pages::dashboard::order::OrderDetail;
use leptos::prelude::*;

pub fn use_credit(still: &Still<'_>, order: &OrderDetail, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let form = Form { locale, sheet, labels: &[] };
    let back = address::order(order.id);
    let can = !order.credit.is_zero() && !order.missing.is_zero();
    page(still, || {
        view! {
            <h1>{words.use_credit_title}</h1>
            <form class="card sheet" method="post" action=format!("{back}/credit")>
                {form.top()}
                <p>{(words.order)(order.number)}" · "{order.customer_name.clone()}</p>
                <p>{(words.has_credit)(&order.credit)}" · "{(words.due)(&order.missing)}</p>
                <input type="hidden" name="seen" value=order.credit.minor().to_string()/>
                {can.then(|| view! { <button class="button button--main" type="submit">{words.use_credit_title}</button> })}
            </form>
            <p><a href=back.clone()>{words_of_forms::words(locale).back}</a></p>
        }
    })
}
