//! The areas that a shop delivers to: the list, a form for one more, a page for one that changes.

use crate::still::{
    form::{Form, Line, Sheet},
    frame::{Still, page, page_awake},
    settings::back,
};
use crate::text::{dash, delivery, start, still as words_of_forms};
use duka::delivery::{
    bands::Measure,
    edit_zones::EditedZone,
    zone_form::{LONGEST_ALIASES, LONGEST_BANDS, ZoneKind, clock, last_hours},
};
use duka::kernel::{locale::Locale, money::Money};
use leptos::prelude::*;

const ADDRESS: &str = "/dashboard/settings/delivery";
const TRIAL: &str = "/dashboard/settings/delivery/try";

const fn labels(locale: Locale) -> [(&'static str, &'static str); 11] {
    let (words, more) = (start::words(locale), delivery::words(locale));
    [
        ("area", words.area),
        ("aliases", more.aliases),
        ("kind", more.kind),
        ("fee", words.fee),
        ("minutes", words.minutes),
        ("minimum", more.minimum),
        ("free_from", more.free_from),
        ("cut_off", more.cut_off),
        ("band_by", more.band_by),
        ("bands", more.bands),
        ("default", words.default_area),
    ]
}

/// Every area, and the form for a new one.
pub fn areas(still: &Still<'_>, zones: &[EditedZone], can_edit: bool, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = start::words(locale);
    let rows: Vec<_> = zones
        .iter()
        .map(|zone| {
            let more = about(locale, zone);
            let address = format!("{ADDRESS}/{}", zone.id);
            view! {
                <li class="row">
                    <span class="row__name">{zone.form.area.clone()}</span>
                    {can_edit.then(|| view! { <a class="button" href=address aria-label=format!("{} {}", words.change, zone.form.area)>{words.change}</a> })}
                    <span class="row__more">{more}</span>
                </li>
            }
        })
        .collect();
    let labels = labels(locale);
    let form = Form { locale, sheet, labels: &labels };
    let is_empty = rows.is_empty();
    page(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{words.delivery_title}</h1>
            <p class="still__lead">{words.delivery_lead}</p>
            <p><a href=TRIAL>{delivery::words(locale).try_link}</a></p>
            {if is_empty {
                view! { <p class="card">{words.no_areas}</p> }.into_any()
            } else {
                view! { <ul class="card rows">{rows}</ul> }.into_any()
            }}
            {can_edit.then(|| view! {
                <form class="card sheet" method="post" action=ADDRESS>
                    <h2>{words.new_area}</h2>
                    {form.top()}
                    {fields(&form)}
                    <button class="button button--main" type="submit">{words.add_area}</button>
                </form>
            })}
        }
    })
}

/// One area.
pub fn area(still: &Still<'_>, id: &str, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = start::words(locale);
    let labels = labels(locale);
    let form = Form { locale, sheet, labels: &labels };
    let (save, remove) = (format!("{ADDRESS}/{id}"), format!("{ADDRESS}/{id}/remove"));
    page_awake(still, || {
        view! {
            <h1>{words.change}": "{sheet.typed.get("area").to_owned()}</h1>
            <form class="card sheet" method="post" action=save>
                {form.top_where(&[("kind", &kinds(locale)), ("band_by", &measures(locale))])}
                {form.carried()}
                {fields(&form)}
                {form.save()}
            </form>
            <form class="card sheet" method="post" action=remove>
                <p>{words.remove_area_text}</p>
                <button class="button" type="submit">{words.remove}</button>
            </form>
            <p><a href=ADDRESS>{words_of_forms::words(locale).back}</a></p>
        }
    })
}

/// `KSh 150 · within 90 minutes · free from KSh 5,000`.
fn about(locale: Locale, zone: &EditedZone) -> String {
    let (words, more, form) = (start::words(locale), delivery::words(locale), &zone.form);
    let sum = |cents: i64| Money::kes(cents).to_string();
    let fee = match (form.kind, form.fee_cents) {
        (ZoneKind::Collection, _) => more.collected.to_owned(),
        (_, 0) => words.free_delivery.to_owned(),
        (_, cents) => sum(cents),
    };
    let mut parts = vec![fee, form.minutes.map_or_else(|| words.within_a_day.to_owned(), words.within)];
    parts.extend((form.kind == ZoneKind::Rest).then(|| more.the_rest.to_owned()));
    parts.extend(form.bands.is_some().then(|| more.in_steps.to_owned()));
    parts.extend((form.minimum_cents > 0).then(|| (more.from_minimum)(&sum(form.minimum_cents))));
    parts.extend(form.free_from_cents.map(|cents| (more.free_above)(&sum(cents))));
    parts.extend(form.cut_off.map(|minute| (more.until)(&clock(minute))));
    parts.extend(form.is_default.then(|| words.is_default.to_owned()));
    parts.join(" · ")
}

fn kinds(locale: Locale) -> Vec<(String, String)> {
    named(&ZoneKind::ALL.map(ZoneKind::as_str), &delivery::words(locale).kinds)
}

fn measures(locale: Locale) -> Vec<(String, String)> {
    named(&Measure::ALL.map(Measure::as_str), &delivery::words(locale).measures)
}

fn named(values: &[&str], names: &[&str]) -> Vec<(String, String)> {
    values.iter().zip(names).map(|(value, name)| ((*value).to_owned(), (*name).to_owned())).collect()
}

fn fields(form: &Form<'_>) -> impl IntoView + use<> {
    let (words, more) = (start::words(form.locale), delivery::words(form.locale));
    let number = |name, hint, is_optional| {
        form.line(Line { name, inputmode: Some("numeric"), hint: Some(hint), is_optional, max: 12, ..Line::default() })
    };
    let (kinds, measures) = (kinds(form.locale), measures(form.locale));
    let hours = std::iter::once((String::new(), more.no_cut_off.to_owned()))
        .chain(last_hours().map(|minute| (clock(minute), clock(minute))))
        .collect::<Vec<_>>();
    // What was filled in or is wrong must be seen.
    let rules = ["aliases", "kind", "minimum", "free_from", "cut_off", "bands"];
    let is_open =
        rules.iter().any(|name| !form.sheet.typed.get(name).is_empty() || form.sheet.errors.of(name).is_some());
    view! {
        {form.line(Line { name: "area", hint: Some(words.area_hint), max: 80, ..Line::default() })}
        <div class="sheet__pair">
            {form.line(Line { name: "fee", inputmode: Some("numeric"), placeholder: Some("150"), hint: Some(words.fee_hint), max: 12, ..Line::default() })}
            {form.line(Line { name: "minutes", inputmode: Some("numeric"), placeholder: Some("90"), hint: Some(words.minutes_hint), is_optional: true, max: 9, ..Line::default() })}
        </div>
        {form.tick("default", "on", words.default_area)}
        <details class="sheet__more" open=is_open>
            <summary>{more.rules}</summary>
            {form.text("aliases", LONGEST_ALIASES, 3, Some(more.aliases_hint))}
            {form.choose("kind", &kinds, None)}
            <div class="sheet__pair">
                {number("minimum", more.minimum_hint, true)}
                {number("free_from", more.free_from_hint, true)}
            </div>
            <div class="sheet__pair">
                {form.choose("cut_off", &hours, Some(more.cut_off_hint))}
                {form.choose("band_by", &measures, None)}
            </div>
            {form.text("bands", LONGEST_BANDS, 3, Some(more.bands_hint))}
        </details>
    }
}
