//! One payment: what is known of it, where its money stands, how it got there, and each step.

use super::{INBOX, PAYMENTS, back, time};
use crate::dashboard::{address, attempt_badge};
use crate::still::{Still, page};
use crate::text::{
    cards,
    closing::{self, ClosingWords},
    dash::{self, DashWords},
};
use duka::error::AppError;
use duka::kernel::locale::Locale;
use duka::pages::dashboard::payments::detail::{Move, PaymentDetail, PlaceShown, Standing, Step};
use duka::payments::providers::{mpesa::outcome::StkOutcome, paystack::outcome::CardOutcome};
use leptos::prelude::*;

pub fn payment(still: &Still<'_>, found: &PaymentDetail, problem: Option<&AppError>) -> String {
    let locale = still.who.locale;
    let (words, dash) = (closing::words(locale), dash::words(locale));
    let standing: Vec<_> = found.standing.iter().map(|standing| stands(words, found, standing)).collect();
    let nowhere =
        if found.received.is_some() && !found.moves.is_empty() { words.sent_back_whole } else { words.stands_nowhere };
    let is_nowhere = standing.is_empty();
    let moves: Vec<_> = found.moves.iter().map(|one| moved(words, dash, one)).collect();
    let steps: Vec<_> = found.steps.iter().map(|one| step(words, dash, one)).collect();
    let title = found.received.unwrap_or(found.asked).to_string();
    page(still, || {
        view! {
            {back(PAYMENTS, words.payments)}
            <h1>{words.payment}" "{title}</h1>
            {problem.map(|problem| view! { <p class="notice notice--bad" role="alert">{(dash.error)(problem)}</p> })}
            <section class="card">
                <dl class="facts">{facts(locale, found)}</dl>
            </section>
            <section class="card">
                <h2>{words.stands}</h2>
                {if is_nowhere {
                    view! { <p>{nowhere}</p> }.into_any()
                } else {
                    view! { <ul class="rows">{standing}</ul> }.into_any()
                }}
            </section>
            {(!moves.is_empty()).then(|| view! {
                <section class="card">
                    <h2>{words.moves}</h2>
                    <ol class="rows">{moves}</ol>
                </section>
            })}
            <section class="card">
                <h2>{words.steps}</h2>
                <ol class="rows">{steps}</ol>
            </section>
        }
    })
}

fn facts(locale: Locale, found: &PaymentDetail) -> Vec<AnyView> {
    let (words, dash) = (closing::words(locale), dash::words(locale));
    let mut facts = Vec::new();
    let mut fact = |name: &'static str, value: AnyView| {
        facts.push(view! { <dt>{name}</dt><dd>{value}</dd> }.into_any());
    };
    fact(words.status, attempt_badge(dash, found.status).into_any());
    let order = found.order.map_or_else(
        || words.no_order.into_any(),
        |(id, number)| view! { <a href=address::order(id)>{(words.order)(number)}</a> }.into_any(),
    );
    fact(dash.order, order);
    let method = (words.method_named)(&found.method);
    fact(words.method, format!("{method} · {}", (words.attempt)(found.attempt)).into_any());
    fact(words.asked, found.asked.to_string().into_any());
    if let Some(received) = found.received {
        fact(words.received, received.to_string().into_any());
    }
    if let Some(receipt) = found.receipt.clone() {
        fact(words.receipt, view! { <span class="code">{receipt}</span> }.into_any());
    }
    if let Some(phone) = found.phone.clone() {
        fact(words.phone, phone.into_any());
    }
    if let Some(typed) = found.typed_account.clone().filter(|typed| !typed.is_empty()) {
        fact(words.typed_account, view! { <span class="code">{typed}</span> }.into_any());
    }
    fact(words.asked_on, time(dash, &found.requested_on).into_any());
    if let Some(completed) = &found.completed_on {
        fact(words.received_on, time(dash, completed).into_any());
    }
    if let Some(source) = found.source.as_deref() {
        fact(words.known_by, (words.source)(source).into_any());
    }
    if let Some(failure) = found.failure.as_deref() {
        fact(words.why_failed, why_failed(locale, failure).into_any());
    }
    facts
}

/// What no side's own words explain is told as M-Pesa's failure.
fn why_failed(locale: Locale, failure: &str) -> &'static str {
    match ((closing::words(locale).reason)(failure), CardOutcome::parse(failure)) {
        ("", Some(outcome)) => (cards::words(locale).failure)(outcome),
        ("", None) => (dash::words(locale).failure)(StkOutcome::parse(failure)),
        (said, _) => said,
    }
}

fn stands(words: &'static ClosingWords, found: &PaymentDetail, standing: &Standing) -> impl IntoView + use<> {
    let back = match standing.place {
        PlaceShown::Credit(customer) if found.may_handle => Some(view! {
            <form method="post" action=format!("{INBOX}/{}/take-back", found.id)>
                <input type="hidden" name="customer" value=customer.to_string()/>
                <input type="hidden" name="seen" value=standing.amount.minor().to_string()/>
                <button class="button" type="submit">{words.take_back}</button>
            </form>
        }),
        _ => None,
    };
    let place = match standing.place {
        PlaceShown::Order(id, number) => view! { <a href=address::order(id)>{(words.order)(number)}</a> }.into_any(),
        PlaceShown::Inbox => view! { <a href="/dashboard/payments/inbox">{(words.place)("inbox")}</a> }.into_any(),
        PlaceShown::Refund(id) => {
            view! { <a href=format!("{}/{id}", address::REFUNDS)>{(words.place)("refund")}</a> }.into_any()
        }
        PlaceShown::Credit(id) => {
            view! { <a href=format!("{}/{id}", address::CUSTOMERS)>{(words.place)("credit")}</a> }.into_any()
        }
        PlaceShown::Outside => (words.place)("outside").into_any(),
    };
    view! { <li class="row"><span>{place}</span><b class="row__amount">{standing.amount.to_string()}</b>{back}</li> }
}

fn moved(words: &'static ClosingWords, dash: &'static DashWords, one: &Move) -> impl IntoView + use<> {
    // What was told of twice went back to nobody.
    let to = if one.why == "told_twice" { "nowhere" } else { one.to.as_str() };
    let said = (words.move_said)((words.place)(&one.from), (words.place)(to));
    let by = one.by.clone().unwrap_or_else(|| words.by_itself.to_owned());
    view! {
        <li class="row">
            <span>
                {said}
                <br/>
                <span class="row__more">{(words.why)(&one.why)}" · "{by}" · "{time(dash, &one.at)}</span>
            </span>
            <span class="row__amount">{one.amount.to_string()}</span>
        </li>
    }
}

fn step(words: &'static ClosingWords, dash: &'static DashWords, one: &Step) -> impl IntoView + use<> {
    let source = one.source.as_deref().map(|source| format!(" · {}", (words.source)(source)));
    view! {
        <li class="row">
            <span>{(words.step)(&one.event)}<span class="row__more">{source}</span></span>
            <span class="row__aside">{time(dash, &one.at)}</span>
        </li>
    }
}
