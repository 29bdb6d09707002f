//! Links of one order to hand on: the buyer's, to pay with, and the rider's, to collect with.

use super::back;
use crate::still::{
    Still,
    form::{Form, Sheet},
    page,
};
use crate::text::{cash, receipts::moment};
use duka::kernel::query::in_query;
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::order_money::OrderMoneyPage;
use leptos::prelude::*;

/// The buyer's link; `shop` is where the shop's addresses begin.
pub fn payment_link(still: &Still<'_>, order: &OrderMoneyPage, shop: &str) -> String {
    let locale = still.who.locale;
    let words = cash::words(locale);
    let link = format!("{shop}{}", order.locale.path(&format!("/orders/{}", order.token.hex())));
    let may_pay = order.may_pay();
    let buyers = cash::words(order.locale);
    let message = if may_pay {
        (buyers.link_message)(order.number, &order.missing, &order.store_name, &link)
    } else {
        (buyers.see_message)(order.number, &order.store_name, &link)
    };
    let chat = order.whatsapp.as_ref().map(|digits| format!("https://wa.me/{digits}?text={}", in_query(&message)));
    let stands = match order.status {
        OrderStatus::Cancelled | OrderStatus::Refunded => words.nothing_to_pay.to_owned(),
        _ if order.missing.is_zero() => words.nothing_to_pay.to_owned(),
        _ => (words.to_pay)(&order.missing),
    };
    page(still, || {
        view! {
            {back(locale, order.id, order.number)}
            <h1>{(words.link_of)(order.number)}</h1>
            <p class="still__lead">{words.link_lead}</p>
            <section class="card sheet">
                <p><b>{stands}</b></p>
                {copied(words.link_label, words.link_hint, &link)}
                {chat.map(|chat| view! {
                    <p><a class="button button--main" href=chat target="_blank" rel="external noopener noreferrer">{words.send_on_whatsapp}</a></p>
                })}
            </section>
        }
    })
}

/// A line that can be marked and copied without a script.
fn copied(label: &'static str, hint: &'static str, link: &str) -> impl IntoView + use<> {
    let link = link.to_owned();
    view! {
        <div class="field">
            <label for="f-link">{label}</label>
            <input class="input code" id="f-link" type="text" readonly value=link aria-describedby="h-link"/>
            <p class="field__hint" id="h-link">{hint}</p>
        </div>
    }
}

/// The rider's link, and a button for another.
pub fn rider_link(still: &Still<'_>, order: &OrderMoneyPage, shop: &str, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = cash::words(locale);
    let form = Form { locale, sheet, labels: &[] };
    let address = format!("{}/rider", crate::dashboard::address::order(order.id));
    let may_collect = order.may_collect();
    let stands = match order.status {
        OrderStatus::Pending => words.not_accepted.to_owned(),
        _ if may_collect => (words.to_pay)(&order.missing),
        _ => words.nothing_to_pay.to_owned(),
    };
    let rider = order.rider.as_ref().filter(|_| may_collect).map(|rider| {
        let link = format!("{shop}{}", locale.path(&format!("/rider/{}", rider.token.hex())));
        let chat = format!("https://wa.me/?text={}", in_query(&(words.rider_message)(order.number, &link)));
        view! {
            {copied(words.rider_label, words.link_hint, &link)}
            <p>{(words.rider_until)(&moment(&rider.until))}</p>
            <p><a class="button button--main" href=chat target="_blank" rel="external noopener noreferrer">{words.send_on_whatsapp}</a></p>
        }
    });
    let has_one = rider.is_some();
    page(still, || {
        view! {
            {back(locale, order.id, order.number)}
            <h1>{(words.rider_of)(order.number)}</h1>
            <p class="still__lead">{words.rider_lead}</p>
            {form.top()}
            <section class="card sheet">
                <p><b>{stands}</b></p>
                {rider}
                {(may_collect && !has_one).then(|| view! { <p>{words.rider_none}</p> })}
            </section>
            {may_collect.then(|| view! {
                <form class="card sheet" method="post" action=address>
                    {has_one.then(|| view! { <p>{words.another_text}</p> })}
                    <button class=if has_one { "button" } else { "button button--main" } type="submit">
                        {if has_one { words.make_another } else { words.make_link }}
                    </button>
                </form>
            })}
        }
    })
}
