//! The card account: its keys, whether the provider takes them, and where its events are to go.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{card_settings, dash, still as still_words};
use duka::payments::card_settings::CardSettings;
use leptos::prelude::*;

pub fn cards(still: &Still<'_>, account: &CardSettings, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let (words, common) = (card_settings::words(locale), still_words::words(locale));
    let form = Form { locale, sheet, labels: words.labels };
    let kept = if account.has_key { common.secret_kept } else { common.secret_missing };
    let in_use = match account.in_use {
        Some(in_use) if in_use.moves_real_money => words.in_use,
        Some(_) => words.in_use_for_trying,
        None => words.none,
    };
    let problem = account.problem.as_deref().map(words.problem);
    let heard = if account.heard_at.is_some() { words.heard } else { words.not_heard };
    page_awake(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{still.title.to_owned()}</h1>
            <p class="still__lead">{words.lead}</p>
            <p>{in_use}</p>
            {account.is_candidate.then(|| view! { <p class="notice">{words.candidate}</p> })}
            <form class="card sheet" method="post" action="/dashboard/settings/cards" autocomplete="off">
                {form.top()}
                {problem.map(|problem| view! { <p class="notice notice--bad" role="status">{problem}</p> })}
                {form.carried()}
                {form.line(Line { name: "public_key", max: 200, hint: Some(words.public_hint), ..Line::default() })}
                {form.secret(Line { name: "secret_key", max: 200, hint: Some(kept), is_optional: account.has_key, ..Line::default() })}
                {form.save()}
            </form>
            {account.has_key.then(|| view! {
                <form class="card sheet" method="post" action="/dashboard/settings/cards/check" id="check">
                    <p class="quiet">{words.check_text}</p>
                    <button class="button" type="submit">{words.check}</button>
                </form>
            })}
            {account.events_to.clone().map(|address| view! {
                <section class="card sheet">
                    <h2>{words.events}</h2>
                    <p class="quiet">{words.events_text}</p>
                    <p class="code">{address}</p>
                    <p class="quiet">{heard}</p>
                </section>
            })}
            {account.in_use.is_some().then(|| view! {
                <form class="card sheet" method="post" action="/dashboard/settings/cards/stop">
                    <p class="quiet">{words.stop_text}</p>
                    <button class="button button--quiet" type="submit">{words.stop}</button>
                </form>
            })}
        }
    })
}
