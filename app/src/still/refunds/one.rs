//! One refund: where it stands, and what a person can do about it.

use super::{REFUNDS, badge, problem, tick, time};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Sheet},
    page,
};
use crate::text::{
    dash, own_words,
    refunds::{self, RefundWords},
};
use crate::ui::field::{Field, field};
use duka::kernel::locale::Locale;
use duka::pages::dashboard::refunds::{May, RefundRow};
use duka::payments::refund::RefundStatus;
use leptos::prelude::*;

pub fn one(frame: &Still<'_>, row: &RefundRow, sheet: &Sheet) -> String {
    let locale = frame.who.locale;
    let (words, dash) = (refunds::words(locale), dash::words(locale));
    let here = format!("{REFUNDS}/{}", row.refund);
    let facts = facts(locale, words, row);
    let order = row.order.map(|(id, number)| {
        view! { <dt>{dash.order}</dt><dd><a href=address::order(id)>{(words.of_order)(number)}</a></dd> }
    });
    let asked =
        view! { {time(dash, &row.asked_on)}{row.asked_by.clone().map(|name| format!(" {}", (dash.by)(&name)))} };
    let ended = row.ended_on.as_ref().map(|at| view! { <dt>{words.ended}</dt><dd>{time(dash, at)}</dd> });
    let told = told(words, row).map(|(class, sentence)| view! { <p class=class role="status">{sentence}</p> });
    let labels = [("receipt", words.typed_receipt), ("cash", words.in_cash)];
    // That it is done is said above, once.
    let unsaid = Sheet { is_saved: false, ..sheet.clone() };
    let form = Form { locale, sheet: &unsaid, labels: &labels };
    let mark = row.may.mark_sent.then(|| {
        view! {
            <form class="card sheet" method="post" action=format!("{here}/sent")>
                <h2>{words.mark_title}</h2>
                <p class="quiet">{words.mark_text}</p>
                {form.top()}
                {receipt_field(locale, words, sheet)}
                {tick(sheet, "cash", words.in_cash.to_owned())}
                {sheet.errors.of("cash").map(|wrong| view! { <p class="field__problem">{problem(locale, "cash", wrong)}</p> })}
                <button class="button button--main" type="submit">{words.mark}</button>
            </form>
        }
    });
    page(frame, || {
        view! {
            <p class="back"><a href=REFUNDS>"← "{words.all_refunds}</a></p>
            <h1>{(words.one)(&row.amount)}" "{badge(words, row)}</h1>
            {sheet.is_saved.then(|| view! { <p class="notice notice--done" role="status">{words.done}</p> })}
            {(!row.may.mark_sent).then(|| view! { {form.top()} })}
            {told}
            <section class="card">
                <dl class="facts">
                    {order}
                    {facts}
                    <dt>{words.asked}</dt>
                    <dd>{asked}</dd>
                    {ended}
                </dl>
            </section>
            {mark}
            {actions(words, &here, row.may)}
        }
    })
}

/// With the words that a receipt needs.
fn receipt_field(locale: Locale, words: &'static RefundWords, sheet: &Sheet) -> impl IntoView + use<> {
    field(Field {
        name: "receipt",
        label: words.typed_receipt,
        value: sheet.typed.get("receipt").to_owned(),
        autocomplete: "off",
        hint: Some(words.receipt_hint),
        optional: Some(words.receipt_unless),
        max: 40,
        problem: sheet.errors.of("receipt").map(|wrong| problem(locale, "receipt", wrong)),
        ..Field::default()
    })
}

fn facts(locale: Locale, words: &'static RefundWords, row: &RefundRow) -> Vec<impl IntoView + use<>> {
    [
        (words.to, (!row.buyer.is_empty()).then(|| row.buyer.clone())),
        (words.phone, row.phone.clone()),
        (words.reason, (!row.reason.is_empty()).then(|| own_words::told(locale, &row.reason))),
        (words.kind, Some((words.kinds)(row.kind).to_owned())),
        (words.way, Some((words.ways)(row.way).to_owned())),
        (words.receipt, row.receipt.clone()),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> }))
    .collect()
}

/// What is to be said of it: whom it waits for, or what went wrong.
fn told(words: &'static RefundWords, row: &RefundRow) -> Option<(&'static str, &'static str)> {
    if let Some(failure) = row.failure {
        return Some(("notice notice--bad", (words.failure)(row.way, failure)));
    }
    if row.is_given_up || row.status == RefundStatus::Processed {
        return None;
    }
    Some(match (row.is_on_its_way, row.may.say_not_sent, row.is_handed_over) {
        (true, true, _) => ("notice", (words.silent)(row.way)),
        (true, false, _) | (false, _, true) => ("notice", (words.waits_for_provider)(row.way)),
        (false, _, false) => ("notice", words.waits_for_you),
    })
}

fn actions(words: &'static RefundWords, here: &str, may: May) -> impl IntoView + use<> {
    let offered = [
        (may.retry, "retry", words.retry, ""),
        (may.send, "send", words.send, ""),
        (may.credit, "credit", words.credit, words.credit_text),
        (may.say_not_sent, "not-sent", words.not_sent, words.not_sent_text),
        (may.give_up, "give-up", words.give_up, words.give_up_text),
    ];
    let forms: Vec<_> = offered
        .into_iter()
        .filter(|(is_offered, ..)| *is_offered)
        .map(|(_, path, word, text)| {
            view! {
                <form class="sheet" method="post" action=format!("{here}/{path}")>
                    {(!text.is_empty()).then(|| view! { <p class="quiet">{text}</p> })}
                    <button class="button" type="submit">{word}</button>
                </form>
            }
        })
        .collect();
    (!forms.is_empty()).then(|| view! { <section class="card sheet"><h2>{words.more_title}</h2>{forms}</section> })
}
