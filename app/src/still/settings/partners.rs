//! The delivery partner: its account, where parcels are handed in, how many agents are known, and whether it tells of parcels.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{dash, partner_settings, still as still_words};
use duka::delivery::partners::settings::PartnerSettings;
use leptos::prelude::*;

pub fn partners(still: &Still<'_>, account: &PartnerSettings, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let (words, common, dash) = (partner_settings::words(locale), still_words::words(locale), dash::words(locale));
    let form = Form { locale, sheet, labels: words.labels };
    let kept = if account.has_key { common.secret_kept } else { common.secret_missing };
    let has_sender = !account.typed.get("sender").is_empty();
    let standing = if !account.is_proved {
        words.none.to_owned()
    } else if !account.is_active {
        words.stopped.to_owned()
    } else if has_sender {
        (words.in_use)(account.priced, account.agents.len())
    } else {
        words.without_sender.to_owned()
    };
    let problem = account.problem.as_deref().map(words.problem);
    let mut agents = vec![(String::new(), words.no_sender.to_owned())];
    agents.extend(account.agents.iter().map(|(number, title)| (number.to_string(), title.clone())));
    let listed = account.listed_on.as_ref().map(|at| (words.listed)(&dash.moment(at)));
    let heard =
        account.heard_on.as_ref().map_or_else(|| words.not_heard.to_owned(), |at| (words.heard)(&dash.moment(at)));
    page_awake(still, || {
        view! {
            {back(dash.settings)}
            <h1>{still.title.to_owned()}</h1>
            <p class="still__lead">{words.lead}</p>
            <p>{standing}</p>
            <form class="card sheet" method="post" action="/dashboard/settings/partners" autocomplete="off">
                {form.top()}
                {problem.map(|problem| view! { <p class="notice notice--bad" role="status">{problem}</p> })}
                {form.carried()}
                {form.line(Line { name: "business", max: 10, inputmode: Some("numeric"), hint: Some(words.business_hint), ..Line::default() })}
                {form.secret(Line { name: "api_key", max: 200, hint: Some(kept), is_optional: account.has_key, ..Line::default() })}
                {if account.agents.is_empty() {
                    view! { <p class="quiet">{words.sender_later}</p> }.into_any()
                } else {
                    form.choose("sender", &agents, Some(words.sender_hint)).into_any()
                }}
                {form.save()}
            </form>
            {account.has_key.then(|| view! {
                <form class="card sheet" method="post" action="/dashboard/settings/partners/check" id="check">
                    <p class="quiet">{words.check_text}</p>
                    {listed.map(|listed| view! { <p class="quiet">{listed}</p> })}
                    <p class="quiet">{heard}</p>
                    <button class="button" type="submit">{words.check}</button>
                </form>
            })}
            {account.is_active.then(|| view! {
                <form class="card sheet" method="post" action="/dashboard/settings/partners/stop">
                    <p class="quiet">{words.stop_text}</p>
                    <button class="button button--quiet" type="submit">{words.stop}</button>
                </form>
            })}
            <p class="quiet">{words.by_hand}</p>
        }
    })
}
