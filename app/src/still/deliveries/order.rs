//! One order's way to the buyer: give it to a rider, send the link, write down that it failed, try again, take it back.

use super::{DELIVERIES, rider_fields};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Sheet, VERSION},
    page,
};
use crate::text::{
    dash,
    dispatch::{DispatchWords, words},
    parcels,
    receipts::moment,
};
use duka::delivery::parcel::{Failure, ParcelStatus};
use duka::kernel::{id::OrderId, locale::Locale, query::in_query};
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::deliveries::order::{OrderWay, Try};
use leptos::prelude::*;

/// The forms of the page, so that what is wrong stands in the one that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    Give,
    Fail,
    Other,
}

pub fn address_of(order: OrderId) -> String {
    format!("{}/delivery", address::order(order))
}

/// The page; `shop` is where the shop's addresses begin.
pub fn order(still: &Still<'_>, way: &OrderWay, shop: &str, sent: Sent, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let fresh = Sheet::default();
    let of = |form: Sent| if form == sent { sheet } else { &fresh };
    let base = address_of(way.order);
    let top = Form { locale, sheet, labels: if sent == Sent::Fail { words.failure_labels } else { words.labels } };
    let stands = (words.stands)(way.status).map(|sentence| view! { <p><b>{sentence}</b></p> });
    let came_back =
        way.status == OrderStatus::Packing && way.tries.first().is_some_and(|last| last.status == ParcelStatus::Failed);
    // What is collected has no rider, unless one was sent with it all the same.
    let is_out = way.status == OrderStatus::Dispatched && way.may_give && (!way.is_collected || way.open().is_some());
    let is_waiting = matches!(way.status, OrderStatus::Packing | OrderStatus::Dispatched);
    let may_give = way.may_give && way.can_be_given();
    page(still, || {
        view! {
            <p class="back"><a href=address::order(way.order)>"← "{(dash::words(locale).order_number)(way.number)}</a></p>
            <h1>{(words.order_title)(way.number)}</h1>
            {top.top()}
            <section class="card sheet">
                {stands}
                {came_back.then(|| view! { <p>{words.is_back}</p> })}
                <p>{way.name.clone()}<br/>{way.street.clone()}<br/>{way.area.clone()}</p>
                {(way.is_collected && is_waiting).then(|| view! { <p><b>{words.collected_text}</b></p> })}
                <p>{(words.fee)(&way.fee)}{(!way.missing.is_zero()).then(|| format!(" {}.", (words.collect)(&way.missing)))}</p>
                {came_back.then(|| view! {
                    <p><a class="button" href=format!("{}/cancel", address::order(way.order))>{words.call_off}</a></p>
                })}
            </section>
            {is_out.then(|| on_its_way(locale, way, shop, &base))}
            {elsewhere(locale, way)}
            {may_give.then(|| giving(locale, way, of(Sent::Give), &base))}
            {may_give.then(|| view! { <p><a href=format!("{}/parcel", address::order(way.order))>{words.by_courier}</a></p> })}
            {(is_out && way.carried().is_some()).then(|| failing(locale, way, of(Sent::Fail), &base))}
            {is_out.then(|| coming_back(words, way, &base))}
            {tries(locale, &way.tries)}
            <p><a href=DELIVERIES>{words.to_board}</a></p>
        }
    })
}

/// Who has it, and the link to send.
fn on_its_way(locale: Locale, way: &OrderWay, shop: &str, base: &str) -> Option<impl IntoView + use<>> {
    let words = words(locale);
    let open = way.carried()?;
    let link = way.link.as_ref().map(|link| {
        let address = format!("{shop}{}", locale.path(&format!("/rider/{}", link.token.hex())));
        let message = (words.message)(way.number, &way.area, &address);
        let digits = open.rider_digits.clone().unwrap_or_default();
        view! {
            <div class="field">
                <label for="f-link">{words.link}</label>
                <input class="input code" id="f-link" type="text" readonly value=address aria-describedby="h-link"/>
                <p class="field__hint" id="h-link">{words.link_hint}</p>
            </div>
            <p>{(words.link_until)(&moment(&link.until))}</p>
            <p><a class="button button--main" href=format!("https://wa.me/{digits}?text={}", in_query(&message)) target="_blank" rel="external noopener noreferrer">{words.send}</a></p>
        }
    });
    let has_link = link.is_some();
    let call = open
        .rider_digits
        .as_ref()
        .map(|digits| view! { <p><a class="button" href=format!("tel:+{digits}")>{words.call}</a></p> });
    let is_locked = open.is_locked;
    Some(view! {
        <section class="card sheet">
            <p><b>{(words.with_rider)(&open.rider)}</b></p>
            {is_locked.then(|| view! { <p class="notice notice--bad" role="alert">{words.locked}</p> })}
            {link}
            {(!has_link).then(|| view! { <p>{words.no_link}</p> })}
            {call}
            <form method="post" action=format!("{base}/link")>
                {has_link.then(|| view! { <p class="quiet">{words.new_link_text}</p> })}
                <button class="button" type="submit">{words.new_link}</button>
            </form>
        </section>
    })
}

/// What a partner or a carrier has: no link, and whoever wrote it down says where it is.
fn elsewhere(locale: Locale, way: &OrderWay) -> Option<impl IntoView + use<>> {
    let open = way.open().filter(|_| way.carried().is_none())?;
    Some(view! {
        <section class="card sheet">
            <p><b>{(words(locale).with_rider)(&open.rider)}</b></p>
            <p><a class="button" href=format!("{}/parcel", address::order(way.order))>{parcels::words(locale).title}</a></p>
        </section>
    })
}

fn giving(locale: Locale, way: &OrderWay, sheet: &Sheet, base: &str) -> impl IntoView + use<> {
    let words = words(locale);
    let form = Form { locale, sheet, labels: words.labels };
    let is_again = way.status == OrderStatus::Dispatched && !way.tries.is_empty();
    view! {
        <form class="card sheet" method="post" action=base.to_owned()>
            <h2>{if is_again { words.again_title } else { words.give }}</h2>
            {is_again.then(|| view! { <p class="still__lead">{words.again_text}</p> })}
            <input type="hidden" name=VERSION value=way.version.to_string()/>
            {rider_fields(words, &form, &way.riders)}
            <button class="button button--main" type="submit">{words.give}</button>
        </form>
    }
}

fn failing(locale: Locale, way: &OrderWay, sheet: &Sheet, base: &str) -> impl IntoView + use<> {
    let words = words(locale);
    let form = Form { locale, sheet, labels: words.failure_labels };
    let reasons: Vec<(String, String)> = Failure::OFFERED
        .into_iter()
        .map(|failure| (failure.as_str().to_owned(), (words.failure)(failure).to_owned()))
        .collect();
    view! {
        <details class="card sheet__more" open=!sheet.errors.is_empty()>
            <summary>{words.failed_title}</summary>
            <form class="sheet" method="post" action=format!("{base}/failed")>
                <input type="hidden" name=VERSION value=way.version.to_string()/>
                {form.choose("reason", &reasons, None)}
                {form.text("note", 300, 2, None)}
                <button class="button" type="submit">{words.failed_press}</button>
            </form>
        </details>
    }
}

fn coming_back(words: &'static DispatchWords, way: &OrderWay, base: &str) -> impl IntoView + use<> {
    view! {
        <form class="card sheet" method="post" action=format!("{base}/back")>
            <h2>{words.back_title}</h2>
            <p class="still__lead">{words.back_text}</p>
            <input type="hidden" name=VERSION value=way.version.to_string()/>
            <button class="button" type="submit">{words.back}</button>
        </form>
    }
}

fn tries(locale: Locale, tries: &[Try]) -> impl IntoView + use<> {
    let words = words(locale);
    let rows: Vec<_> = tries
        .iter()
        .map(|one| {
            let when: Vec<String> = [&one.given_on, &one.ended_on].into_iter().flatten().map(moment).collect();
            let cost = (!one.cost.is_zero()).then(|| format!(" · {}", (words.cost)(&one.cost)));
            let why = one.failure.map(|failure| view! { <br/>{(words.failure)(failure)} });
            let note = one.note.clone().map(|note| view! { <br/><q>{note}</q> });
            view! {
                <li class="row row--stacked">
                    <span class="row__name">{(words.attempt)(one.attempt)}": "{(words.parcel)(one.status)}</span>
                    <span class="row__more">{one.rider.clone()}{cost}" · "{when.join(" – ")}{why}{note}</span>
                </li>
            }
        })
        .collect();
    let is_none = rows.is_empty();
    view! {
        <section class="card">
            <h2>{words.tries}</h2>
            {is_none.then(|| view! { <p class="quiet">{words.no_tries}</p> })}
            <ul class="rows">{rows}</ul>
        </section>
    }
}
