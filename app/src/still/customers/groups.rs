//! Groups of customers: what each asks, how many fit now, and the form that asks.

use super::CUSTOMERS;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::customers::{CustomerWords, group_problem, words};
use crate::ui::field::{Field, field};
use duka::customers::{
    edit_groups::Group,
    group::{LONGEST_NAME, Rules},
};
use duka::kernel::{id::CustomerGroupId, locale::Locale, money::Money};
use leptos::prelude::*;

/// The field in which a new group names itself.
pub const NEW: &str = "group";

pub fn groups(
    still: &Still<'_>,
    found: &[(Group, u32)],
    may_edit: bool,
    new: CustomerGroupId,
    sheet: &Sheet,
) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let rows: Vec<_> = found.iter().map(|(group, members)| row(words, group, *members, may_edit)).collect();
    let is_empty = rows.is_empty();
    let form = Form { locale, sheet, labels: words.group_labels };
    page(still, || {
        view! {
            <p class="back"><a href=CUSTOMERS>{words.all_customers}</a></p>
            <h1>{words.groups}</h1>
            <p class="still__lead">{words.groups_lead}</p>
            {sheet.is_saved.then(|| form.top())}
            {if is_empty {
                view! { <p class="card quiet">{words.no_groups}</p> }.into_any()
            } else {
                view! { <ul class="card rows">{rows}</ul> }.into_any()
            }}
            {may_edit.then(|| {
                view! {
                    <form class="card sheet" method="post" action=format!("{CUSTOMERS}/groups")>
                        <h2>{words.new_group}</h2>
                        {(!sheet.is_saved).then(|| form.top())}
                        <input type="hidden" name=NEW value=new.to_string()/>
                        {fields(locale, sheet)}
                        <button class="button button--main" type="submit">{words.add_group}</button>
                    </form>
                }
            })}
        }
    })
}

pub fn group(still: &Still<'_>, group: &Group, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let home = format!("{CUSTOMERS}/groups/{}", group.id);
    let form = Form { locale, sheet, labels: words.group_labels };
    page(still, || {
        view! {
            <p class="back"><a href=format!("{CUSTOMERS}/groups")>{words.groups}</a></p>
            <h1>{group.form.name.clone()}</h1>
            <form class="card sheet" method="post" action=home.clone()>
                {form.top()}
                {form.carried()}
                {fields(locale, sheet)}
                {form.save()}
            </form>
            <form method="post" action=format!("{home}/remove")>
                <button class="button" type="submit">{words.remove_group}</button>
            </form>
        }
    })
}

fn fields(locale: Locale, sheet: &Sheet) -> impl IntoView + use<> {
    let words = words(locale);
    let form = Form { locale, sheet, labels: words.group_labels };
    let label =
        |name: &str| words.group_labels.iter().find(|(field, _)| *field == name).map_or("", |(_, label)| *label);
    let number = |name: &'static str, placeholder: Option<&'static str>| {
        field(Field {
            name,
            label: label(name),
            value: sheet.typed.get(name).to_owned(),
            autocomplete: "off",
            inputmode: Some("numeric"),
            placeholder,
            optional: Some(crate::text::still::words(locale).optional),
            max: 12,
            problem: sheet.errors.of(name).map(|problem| group_problem(locale, name, problem)),
            ..Field::default()
        })
    };
    view! {
        {form.line(Line { name: "name", max: u16::try_from(LONGEST_NAME).unwrap_or(u16::MAX), ..Line::default() })}
        <p class="quiet">{words.rules_hint}</p>
        <div class="sheet__pair">
            {number("within", Some("30"))}
            {number("silent", Some("60"))}
        </div>
        {number("spent", Some(words.spent_at_least))}
        <div class="sheet__pair">
            {form.line(Line { name: "area", is_optional: true, max: 100, ..Line::default() })}
            {form.line(Line { name: "tag", is_optional: true, max: 30, ..Line::default() })}
        </div>
    }
}

fn row(words: &'static CustomerWords, group: &Group, members: u32, may_edit: bool) -> impl IntoView + use<> {
    let edit = may_edit.then(|| {
        view! { <a class="button" href=format!("{CUSTOMERS}/groups/{}", group.id)>{words.edit_group}</a> }
    });
    view! {
        <li class="row">
            <span>
                <a href=format!("{CUSTOMERS}?group={}", group.id)>{group.form.name.clone()}</a>
                " "
                <b>{(words.members)(members)}</b>
                <br/>
                <span class="row__more">{said(words, &group.form.rules)}</span>
            </span>
            {edit}
        </li>
    }
}

/// The rules as one line.
fn said(words: &'static CustomerWords, rules: &Rules) -> String {
    [
        rules.within_days.map(words.rule_within),
        rules.silent_days.map(words.rule_silent),
        rules.spent_cents.map(|cents| (words.rule_spent)(&Money::kes(cents))),
        rules.area.as_deref().map(words.rule_area),
        rules.tag.as_deref().map(words.rule_tag),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}
