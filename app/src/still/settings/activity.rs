//! What happened: a calm list, filtered by person, kind and day, a page at a time.

use super::back;
use crate::dashboard::turns;
use crate::still::{Still, page};
use crate::text::{catalogue, content, customers, dash, settings, traces};
use duka::{
    kernel::{locale::Locale, money::Money},
    pages::dashboard::activity::{ActivityFilter, ActivityPage, ActivityRow},
};
use leptos::prelude::*;
use serde_json::Value;

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
    let table = row.subject_type.as_deref().unwrap_or_default();
    let subject = row.subject_id.map(|id| format!("{} {}", traces::thing(locale, table), short(&id.to_string())));
    let place = row.address.as_ref().map(|address| format!("{} {address}", words.from_where));
    let more: Vec<String> = subject.into_iter().chain(facts(locale, table, &row.details)).chain(place).collect();
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

/// The facts that stand with an act, as people read them: sums in shillings, fields by the names their form has.
fn facts(locale: Locale, table: &str, details: &Value) -> Vec<String> {
    let Some(facts) = details.as_object() else { return Vec::new() };
    facts.iter().filter_map(|(name, fact)| said(locale, table, name, fact)).collect()
}

fn said(locale: Locale, table: &str, name: &str, fact: &Value) -> Option<String> {
    let word = traces::fact(locale, name);
    Some(match fact {
        Value::Null => return None,
        // Counts up with every change, and says nothing.
        _ if matches!(name, "version" | "currency") => return None,
        Value::Bool(is_so) => format!("{word}: {}", traces::yes_or_no(locale, *is_so)),
        Value::Number(cents) if name.ends_with("_cents") => {
            format!("{word}: {}", cents.as_i64().map_or_else(String::new, |cents| Money::kes(cents).to_string()))
        }
        Value::Array(fields) => {
            let fields: Vec<String> =
                fields.iter().filter_map(Value::as_str).map(|field| label(locale, table, field)).collect();
            if fields.is_empty() {
                return None;
            }
            format!("{word}: {}", fields.join(", "))
        }
        Value::Object(counts) => {
            let counts: Vec<String> =
                counts.iter().map(|(table, count)| format!("{} {count}", traces::thing(locale, table))).collect();
            format!("{word}: {}", counts.join(", "))
        }
        Value::String(text) if is_id(text) => format!("{word} {}", short(text)),
        Value::String(text) if name == "field" => format!("{word}: {}", label(locale, table, text)),
        Value::String(text) => format!("{word}: {text}"),
        Value::Number(number) => format!("{word}: {number}"),
    })
}

/// What a field is called on the form that it stands on.
fn label(locale: Locale, table: &str, field: &str) -> String {
    let labels = match table {
        "stores" => settings::words(locale).store_labels,
        "tenants" => settings::words(locale).business_labels,
        "products" => catalogue::words(locale).product_labels,
        "categories" => catalogue::words(locale).category_labels,
        "customers" => customers::words(locale).labels,
        "seo_pages" => content::words(locale).labels,
        _ => &[],
    };
    labels
        .iter()
        .find(|(name, _)| *name == field)
        .map_or_else(|| traces::fact(locale, field), |(_, label)| (*label).to_owned())
}

fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The end of an id: enough to find the row by, in a line that people read.
fn short(id: &str) -> &str {
    id.get(28..).unwrap_or(id)
}

fn address(filter: &ActivityFilter, page: u32) -> String {
    let person = filter.person.map(|person| person.to_string()).unwrap_or_default();
    // An action is a word of small letters; anything else finds nothing anyway.
    let action: String = filter.action.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').collect();
    let day = filter.day.map(|day| day.to_string()).unwrap_or_default();
    format!("/dashboard/settings/activity?person={person}&action={action}&day={day}&page={page}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_changed_is_said_as_its_form_says_it_and_sums_in_shillings() {
        let changed = json!({
            "version": 3, "fields": ["name", "price"], "from_cents": 125_000, "to_cents": 130_000,
            "variant_id": "01a2266b-a625-70b8-8703-3d55924876e4",
        });
        assert_eq!(
            facts(Locale::En, "products", &changed),
            ["changed: Name, Price", "before: KSh 1,250", "after: KSh 1,300", "kind 924876e4"]
        );
        let swahili = facts(Locale::Sw, "products", &changed);
        assert_eq!(swahili[1..], ["kabla: KSh 1,250", "baada: KSh 1,300", "aina 924876e4"]);
        let erased = json!({ "rows": { "customers": 1, "orders": 2 } });
        assert_eq!(facts(Locale::Sw, "customers", &erased), ["mistari: mteja 1, oda 2"]);
        let entered = json!({ "second_factor": true, "next_order": null });
        assert_eq!(facts(Locale::En, "sessions", &entered), ["with a code: yes"]);
    }
}
