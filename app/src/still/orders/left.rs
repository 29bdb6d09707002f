//! Why shoppers left at the checkout: each reason with how often, what can be done about it, and what was written.

use crate::dashboard::address::{DISCOUNTS, ORDERS, PAYMENTS, SETTINGS};
use crate::still::{Still, page};
use crate::text::{
    dash::{self, DashWords},
    left::{LeftWords, words},
    why_left::{self, WhyLeftWords},
};
use duka::cart::why_left::WhyLeft;
use duka::pages::dashboard::left_at_checkout::{LeftPage, ReasonCount, Said};
use leptos::prelude::*;

pub const LEFT: &str = "/dashboard/orders/left";
const DELIVERY: &str = "/dashboard/settings/delivery";

pub fn left(still: &Still<'_>, found: &LeftPage) -> String {
    let locale = still.who.locale;
    let (words, dash, question) = (words(locale), dash::words(locale), why_left::words(locale));
    let reasons: Vec<_> = found.reasons.iter().map(|one| reason(words, question, *one)).collect();
    let said: Vec<_> = found.said.iter().map(|one| in_words(dash, question, one)).collect();
    page(still, || {
        view! {
            <p class="back"><a href=ORDERS>"← "{dash.orders}</a></p>
            <h1>{words.title}</h1>
            <p class="still__lead">{words.lead}</p>
            {if reasons.is_empty() {
                view! { <p class="card quiet">{words.none}</p> }.into_any()
            } else {
                view! {
                    {reasons}
                    <section class="card">
                        <h2>{words.in_their_words}</h2>
                        {said.is_empty().then(|| view! { <p class="quiet">{words.nothing_written}</p> })}
                        {(!said.is_empty()).then(|| view! { <ul class="rows">{said}</ul> })}
                    </section>
                }
                .into_any()
            }}
        }
    })
}

fn reason(words: &'static LeftWords, question: &'static WhyLeftWords, one: ReasonCount) -> impl IntoView + use<> {
    let (advice, place) = (words.advice)(one.why);
    view! {
        <section class="card sheet">
            <h2>{(question.why)(one.why)}</h2>
            <p><b>{(words.counts)(one.week, one.month)}</b></p>
            <p>{advice}" "<a href=place_of(one.why)>{place}</a></p>
        </section>
    }
}

/// Where something can be done about it.
const fn place_of(why: WhyLeft) -> &'static str {
    match why {
        WhyLeft::DeliveryCost => DELIVERY,
        WhyLeft::PaymentFailure => PAYMENTS,
        WhyLeft::PriceSensitivity => DISCOUNTS,
        WhyLeft::Other => SETTINGS,
    }
}

fn in_words(dash: &'static DashWords, question: &'static WhyLeftWords, one: &Said) -> impl IntoView + use<> {
    let beside = format!("{} · {}", (question.why)(one.why), dash.short_day(&one.day));
    view! {
        <li class="row row--stacked">
            <p class="note">{one.words.clone()}</p>
            <span class="row__more">{beside}</span>
        </li>
    }
}
