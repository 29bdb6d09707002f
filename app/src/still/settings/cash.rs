//! Who may pay a shop in cash, and the way of paying that is its own.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{cash, dash};
use duka::delivery::edit_zones::EditedZone;
use leptos::prelude::*;

pub fn cash(still: &Still<'_>, zones: &[EditedZone], sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = cash::words(locale);
    let form = Form { locale, sheet, labels: words.rules_labels };
    let whence =
        [("everywhere".to_owned(), words.everywhere.to_owned()), ("chosen".to_owned(), words.only_chosen.to_owned())];
    let named: Vec<(String, String)> = zones.iter().map(|zone| (zone.id.to_string(), zone.form.area.clone())).collect();
    let ticked: Vec<&str> = sheet.typed.get("cash_zones").split(' ').collect();
    let areas: Vec<_> = zones
        .iter()
        .map(|zone| {
            let id = zone.id.to_string();
            let is_on = ticked.contains(&id.as_str());
            view! {
                <label class="choice">
                    <input type="checkbox" name="cash_zones" value=id checked=is_on/>
                    <span>{zone.form.area.clone()}</span>
                </label>
            }
        })
        .collect();
    let wrong = sheet.errors.of("cash_zones").map(|problem| crate::text::still::problem(locale, problem));
    page_awake(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{words.rules_title}</h1>
            <p class="still__lead">{words.rules_lead}</p>
            <form class="card sheet" method="post" action="/dashboard/settings/cash">
                {form.top_where(&[("cash_where", &whence), ("cash_zones", &named)])}
                {form.carried()}
                <h2>{words.cash}</h2>
                {form.tick("takes_cash", "on", words.rules_labels.first().map_or("", |(_, label)| label))}
                <div class="sheet__pair">
                    {form.line(Line { name: "cash_most", inputmode: Some("numeric"), hint: Some(words.most_hint), is_optional: true, max: 12, ..Line::default() })}
                    {form.choose("cash_where", &whence, None)}
                </div>
                <fieldset class="choices">
                    <legend>{words.zones}</legend>
                    {areas}
                    {wrong.map(|wrong| view! { <p class="field__problem" id="p-cash_zones">{wrong}</p> })}
                </fieldset>
                <div class="sheet__pair">
                    {form.line(Line { name: "least_delivered", inputmode: Some("numeric"), hint: Some(words.least_hint), is_optional: true, max: 3, ..Line::default() })}
                    {form.line(Line { name: "most_refused", inputmode: Some("numeric"), hint: Some(words.refused_hint), is_optional: true, max: 3, ..Line::default() })}
                </div>
                <h2>{words.deposit}</h2>
                <p>{words.deposit_lead}</p>
                <div class="sheet__pair">
                    {form.line(Line { name: "deposit", inputmode: Some("numeric"), hint: Some(words.deposit_hint), is_optional: true, max: 12, ..Line::default() })}
                    {form.line(Line { name: "deposit_from", inputmode: Some("numeric"), hint: Some(words.deposit_from_hint), is_optional: true, max: 12, ..Line::default() })}
                </div>
                {form.tick("deposit_new_only", "on", words.deposit_new_only)}
                <h2>{words.manual}</h2>
                <p>{words.manual_lead}</p>
                {form.line(Line { name: "manual_name", hint: Some(words.manual_name_hint), is_optional: true, max: 40, ..Line::default() })}
                {form.text("manual_instructions", 600, 5, Some(words.manual_hint))}
                {form.save()}
            </form>
        }
    })
}
