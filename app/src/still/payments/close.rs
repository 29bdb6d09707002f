//! The days that were closed, and what waits for somebody.

use super::{
    CLOSE,
    day::{Said, became, gap},
    tabs::{Tab, tabs},
};
use crate::still::{Still, page};
use crate::text::{
    closing::{self, ClosingWords},
    dash::{self, DashWords},
};
use duka::pages::dashboard::payments::close::{ClosePage, CloseRow};
use leptos::prelude::*;

/// `said` is of a gap whose day has no page yet.
pub fn close(still: &Still<'_>, found: &ClosePage, said: &Said) -> String {
    let locale = still.who.locale;
    let (words, dash) = (closing::words(locale), dash::words(locale));
    let days: Vec<_> = found.days.iter().map(|day| row(words, dash, day)).collect();
    let is_empty = days.is_empty();
    let gaps: Vec<_> = found.open_gaps.iter().map(|one| gap(locale, one, found.may_close, said)).collect();
    page(still, || {
        view! {
            <h1>{words.close}</h1>
            {tabs(locale, Tab::Close)}
            <p class="still__lead">{words.close_lead}</p>
            {became(words, said)}
            {(!gaps.is_empty()).then(|| view! {
                <section class="card">
                    <h2>{words.open_gaps}</h2>
                    <p class="quiet">{words.open_gaps_text}</p>
                    <ul class="rows">{gaps}</ul>
                </section>
            })}
            {if is_empty {
                view! { <p class="card">{words.no_days}</p> }.into_any()
            } else {
                view! { <ul class="card rows">{days}</ul> }.into_any()
            }}
            <nav class="pager" aria-label=dash.pages>
                {(!found.is_newest).then(|| view! { <a class="button" href=CLOSE rel="prev">{words.newer}</a> })}
                {found.older.map(|older| view! { <a class="button" href=format!("{CLOSE}?before={older}") rel="next">{words.older}</a> })}
            </nav>
        }
    })
}

/// Whether a day came to zero, as a word with a tone.
pub(super) fn verdict(words: &'static ClosingWords, day: &CloseRow) -> impl IntoView + use<> {
    let (tone, word) = match (&day.closed_on, day.is_zero()) {
        (None, _) => ("badge badge--wait", words.being_closed),
        (Some(_), true) => ("badge badge--done", words.zero),
        (Some(_), false) => ("badge badge--bad", words.not_zero),
    };
    view! { <span class=tone>{word}</span> }
}

fn row(words: &'static ClosingWords, dash: &'static DashWords, day: &CloseRow) -> impl IntoView + use<> {
    let gaps = (day.open_gaps > 0).then(|| format!(" · {}", (words.gaps_open)(day.open_gaps)));
    view! {
        <li class="row">
            <span>
                <a class="row__name" href=format!("{CLOSE}/{}", day.date)>{dash.long_day(&day.day)}</a>
                <br/>
                <span class="row__more">{(words.payments_of)(day.payments)}" · "{day.received.to_string()}{gaps}</span>
            </span>
            <span class="row__aside">{verdict(words, day)}</span>
        </li>
    }
}
