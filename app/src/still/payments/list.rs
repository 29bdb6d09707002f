//! The list of all payments with its filters, and the form for the accountant's file.

use super::{
    PAYMENTS,
    tabs::{Tab, tabs},
    time,
};
use crate::dashboard::{address, attempt_badge, turns};
use crate::still::{Still, page};
use crate::text::{closing, dash, still};
use duka::kernel::{
    field_errors::{FieldErrors, FieldProblem},
    locale::Locale,
    query::in_query,
};
use duka::pages::dashboard::payments::list::{METHODS, PaymentFilter, PaymentRow, PaymentsPage, Shown};
use leptos::prelude::*;

/// The form for the file as it was sent, when it came back.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub from: String,
    pub to: String,
    pub errors: FieldErrors,
}

/// The address of a list; what says nothing is left out.
pub fn address_of(filter: &PaymentFilter, page: u32) -> String {
    let mut said = Vec::new();
    if filter.shown != Shown::All {
        said.push(format!("state={}", filter.shown.as_str()));
    }
    if !filter.method.is_empty() {
        said.push(format!("method={}", in_query(&filter.method)));
    }
    if let Some(day) = filter.day {
        said.push(format!("day={day}"));
    }
    if !filter.words.is_empty() {
        said.push(format!("words={}", in_query(&filter.words)));
    }
    if page > 1 {
        said.push(format!("page={page}"));
    }
    if said.is_empty() { PAYMENTS.to_owned() } else { format!("{PAYMENTS}?{}", said.join("&")) }
}

pub fn list(still: &Still<'_>, found: &PaymentsPage, asked: &Asked) -> String {
    let locale = still.who.locale;
    let (words, dash) = (closing::words(locale), dash::words(locale));
    let filter = &found.filter;
    let states: Vec<_> = Shown::ALL
        .into_iter()
        .zip(words.shown)
        .map(|(shown, name)| {
            let href = address_of(&PaymentFilter { shown, ..filter.clone() }, 1);
            view! { <a class="tab" href=href aria-current=(shown == filter.shown).then_some("true")>{name}</a> }
        })
        .collect();
    let methods: Vec<_> = METHODS
        .into_iter()
        .map(|method| {
            let is_chosen = method == filter.method;
            view! { <option value=method selected=is_chosen>{(words.method_named)(method)}</option> }
        })
        .collect();
    let rows: Vec<_> = found.rows.iter().map(|payment| row(words, dash, payment)).collect();
    let is_empty = rows.is_empty();
    let is_narrowed = *filter != PaymentFilter { page: filter.page, ..PaymentFilter::default() };
    let pages = turns(
        (filter.page > 1).then(|| (address_of(filter, filter.page - 1), dash.previous)),
        (filter.page < found.page_count).then(|| (address_of(filter, filter.page + 1), dash.next)),
    );
    page(still, || {
        view! {
            <h1>{words.payments}</h1>
            {tabs(locale, Tab::Payments)}
            <p class="still__lead">{words.lead}</p>
            <form class="card sheet sifting" method="get" action=PAYMENTS role="search">
                <input type="hidden" name="state" value=filter.shown.as_str()/>
                <div class="field">
                    <label for="p-words">{words.words_hint}</label>
                    <input class="input" id="p-words" type="search" name="words" value=filter.words.clone() maxlength="40"/>
                </div>
                <div class="field">
                    <label for="p-method">{words.method}</label>
                    <select class="input" id="p-method" name="method"><option value="">{words.all_methods}</option>{methods}</select>
                </div>
                <div class="field">
                    <label for="p-day">{words.day}</label>
                    <input class="input" id="p-day" type="date" name="day" value=filter.day.map(|day| day.to_string()).unwrap_or_default()/>
                </div>
                <button class="button" type="submit">{words.show}</button>
            </form>
            <nav class="tabs" aria-label=words.status>{states}</nav>
            {if is_empty {
                view! {
                    <section class="card">
                        <p>{if is_narrowed { words.nothing_here } else { words.nothing }}</p>
                        {is_narrowed.then(|| view! { <p><a class="button" href=PAYMENTS>{words.show_all}</a></p> })}
                    </section>
                }
                .into_any()
            } else {
                view! {
                    <p class="count" role="status">{(words.found)(found.payment_count)}</p>
                    <ul class="card rows">{rows}</ul>
                }
                .into_any()
            }}
            <nav class="pager" aria-label=dash.pages>{pages}</nav>
            {found.may_export.then(|| file(locale, found, asked))}
        }
    })
}

fn row(
    words: &'static closing::ClosingWords,
    dash: &'static dash::DashWords,
    payment: &PaymentRow,
) -> impl IntoView + use<> {
    let order = payment.order.map(|(id, number)| {
        view! { <a href=address::order(id) class="payment__order">{(words.order)(number)}</a> }
    });
    let has_order = order.is_some();
    let end = payment.phone_end.as_deref().map(|end| format!(" · {}", (words.phone_end)(end)));
    view! {
        <li class="row payment">
            <span>
                <a class="payment__amount" href=format!("{PAYMENTS}/{}", payment.id)>{payment.amount.to_string()}</a>
                " "
                {attempt_badge(dash, payment.status)}
                <br/>
                <span class="row__more">
                    {(words.method_named)(&payment.method)}
                    {payment.receipt.clone().map(|receipt| view! { " · "<span class="code">{receipt}</span> })}
                    {end}
                </span>
            </span>
            <span class="row__aside">
                {order}
                {(!has_order).then_some(words.no_order)}
                <br/>
                {time(dash, &payment.at)}
            </span>
        </li>
    }
}

fn file(locale: Locale, found: &PaymentsPage, asked: &Asked) -> impl IntoView + use<> {
    let words = closing::words(locale);
    let today = found.today.to_string();
    let value = |typed: &str| if typed.is_empty() { today.clone() } else { typed.to_owned() };
    let problem = |field: &str| {
        asked.errors.of(field).map(|problem| match problem {
            FieldProblem::TooHigh => words.too_long,
            other => still::problem(locale, other),
        })
    };
    let field = |name: &'static str, label: &'static str, value: String| {
        let id = format!("f-{name}");
        let (wrong, said) = (problem(name).is_some(), format!("f-{name}-problem"));
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input
                    class="input" id=id type="date" name=name value=value required
                    aria-invalid=wrong.then_some("true") aria-describedby=wrong.then(|| said.clone())
                />
                {problem(name).map(|sentence| view! { <p class="field__problem" id=said>{sentence}</p> })}
            </div>
        }
    };
    view! {
        <form class="card sheet sifting" method="get" action="/dashboard/payments/file">
            <h2>{words.export}</h2>
            <p class="quiet">{words.export_text}</p>
            {field("from", words.from, value(&asked.from))}
            {field("to", words.to, value(&asked.to))}
            <button class="button" type="submit">{words.download}</button>
        </form>
    }
}
