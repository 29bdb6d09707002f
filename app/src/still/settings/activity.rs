//! What happened: a calm list, filtered by person, kind and day, a page at a time.

use super::back;
use crate::dashboard::turns;
use crate::still::{Still, page};
use crate::text::{dash, settings};
use duka::pages::dashboard::activity::{ActivityFilter, ActivityPage, ActivityRow};
use leptos::prelude::*;

pub fn activity(still: &Still<'_>, found: &ActivityPage) -> String {
    let locale = still.who.locale;
    let (words, dash) = (settings::words(locale), dash::words(locale));
    let chosen = found.filter.person;
    let day = found.filter.day.map(|day| day.to_string()).unwrap_or_default();
    let people: Vec<_> = found
        .people
        .iter()
        .map(|(id, name)| {
            let is_chosen = chosen == Some(*id);
            view! { <option value=id.to_string() selected=is_chosen>{name.clone()}</option> }
        })
        .collect();
    let actions: Vec<_> = found
        .actions
        .iter()
        .map(|action| {
            let name = (words.action)(action).map_or_else(|| plain_word(action), str::to_owned);
            let is_chosen = *action == found.filter.action;
            view! { <option value=action.clone() selected=is_chosen>{name}</option> }
        })
        .collect();
    let rows: Vec<_> = found.rows.iter().map(|row| line(still, row)).collect();
    let is_empty = rows.is_empty();
    let at = found.filter.page;
    let links = turns(
        (at > 1).then(|| (address(&found.filter, at - 1), words.newer)),
        found.has_more.then(|| (address(&found.filter, at + 1), words.older)),
    );
    page(still, || {
        view! {
            {back(dash.settings)}
            <h1>{still.title.to_owned()}</h1>
            <form class="card sheet" method="get" action="/dashboard/settings/activity">
                <div class="sheet__pair">
                    <div class="field">
                        <label for="person">{words.who}</label>
                        <select class="input" id="person" name="person">
                            <option value="">{words.everybody}</option>
                            {people}
                        </select>
                    </div>
                    <div class="field">
                        <label for="action">{words.what}</label>
                        <select class="input" id="action" name="action">
                            <option value="">{words.everything}</option>
                            {actions}
                        </select>
                    </div>
                    <div class="field">
                        <label for="day">{dash.day}</label>
                        <input class="input" id="day" type="date" name="day" value=day/>
                    </div>
                </div>
                <button class="button" type="submit">{words.filter}</button>
            </form>
            {is_empty.then(|| view! { <p class="quiet">{words.nothing_happened}</p> })}
            <ol class="card rows">{rows}</ol>
            <nav class="pager" aria-label=dash.pages>{links}</nav>
        }
    })
}

fn line(still: &Still<'_>, row: &ActivityRow) -> impl IntoView + use<> {
    let locale = still.who.locale;
    let (words, dash) = (settings::words(locale), dash::words(locale));
    let person = row.person.clone().unwrap_or_else(|| (words.actor)(&row.actor_kind).to_owned());
    let action = (words.action)(&row.action).map_or_else(|| plain_word(&row.action), str::to_owned);
    let subject = match (&row.subject_type, row.subject_id) {
        (Some(kind), Some(id)) => format!("{} {}", plain_word(kind), &id.simple().to_string()[24..]),
        _ => String::new(),
    };
    let details = match row.details.as_object() {
        Some(facts) if !facts.is_empty() => facts
            .iter()
            .map(|(name, fact)| format!("{}: {}", plain_word(name), said(fact)))
            .collect::<Vec<_>>()
            .join(", "),
        _ => String::new(),
    };
    let place = row.address.as_ref().map(|address| format!("{} {address}", words.from_where)).unwrap_or_default();
    let more: Vec<String> = [subject, details, place].into_iter().filter(|part| !part.is_empty()).collect();
    let agent = row.agent.clone();
    let at = row.at.as_str().to_owned();
    view! {
        <li class="row">
            <span>
                <span class="row__name">{person}</span>
                " "
                {action}
                <br/>
                <span class="row__more" title=agent>{more.join(" · ")}</span>
            </span>
            <time class="row__more" datetime=at>{dash.moment(&row.at)}</time>
        </li>
    }
}

/// A name of the database as words.
fn plain_word(name: &str) -> String {
    name.replace('_', " ")
}

fn said(fact: &serde_json::Value) -> String {
    fact.as_str().map_or_else(|| fact.to_string(), str::to_owned)
}

fn address(filter: &ActivityFilter, page: u32) -> String {
    let person = filter.person.map(|person| person.to_string()).unwrap_or_default();
    // An action is a word of small letters; anything else finds nothing anyway.
    let action: String = filter.action.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').collect();
    let day = filter.day.map(|day| day.to_string()).unwrap_or_default();
    format!("/dashboard/settings/activity?person={person}&action={action}&day={day}&page={page}")
}
