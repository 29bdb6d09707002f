//! Where a shop delivers to: the list, a form for one more, a page for one that changes.

use crate::still::{
    form::{Form, Line, Sheet},
    frame::{Still, page, page_awake},
    settings::back,
};
use crate::text::{dash, start, still as words_of_forms};
use duka::delivery::edit_zones::EditedZone;
use duka::kernel::{locale::Locale, money::Money};
use leptos::prelude::*;

const ADDRESS: &str = "/dashboard/settings/delivery";

const fn labels(locale: Locale) -> [(&'static str, &'static str); 4] {
    let words = start::words(locale);
    [("area", words.area), ("fee", words.fee), ("minutes", words.minutes), ("default", words.default_area)]
}

/// Every area, and the form for a new one.
pub fn areas(still: &Still<'_>, zones: &[EditedZone], can_edit: bool, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = start::words(locale);
    let rows: Vec<_> = zones
        .iter()
        .map(|zone| {
            let fee = match zone.form.fee_cents {
                0 => words.free_delivery.to_owned(),
                cents => Money::kes(cents).to_string(),
            };
            let time = zone.form.minutes.map_or_else(|| words.within_a_day.to_owned(), words.within);
            let default = zone.form.is_default.then(|| format!(" · {}", words.is_default));
            let address = format!("{ADDRESS}/{}", zone.id);
            view! {
                <li class="row">
                    <span class="row__name">{zone.form.area.clone()}</span>
                    {can_edit.then(|| view! { <a class="button" href=address aria-label=format!("{} {}", words.change, zone.form.area)>{words.change}</a> })}
                    <span class="row__more">{fee}" · "{time}{default}</span>
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
            {if is_empty {
                view! { <p class="card">{words.no_areas}</p> }.into_any()
            } else {
                view! { <ul class="card rows">{rows}</ul> }.into_any()
            }}
            {can_edit.then(|| view! {
                <form class="card sheet" method="post" action=ADDRESS>
                    <h2>{words.new_area}</h2>
                    {form.top()}
                    {fields(&form, words)}
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
                {form.top()}
                {form.carried()}
                {fields(&form, words)}
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

fn fields(form: &Form<'_>, words: &'static start::StartWords) -> impl IntoView + use<> {
    view! {
        {form.line(Line { name: "area", hint: Some(words.area_hint), max: 80, ..Line::default() })}
        <div class="sheet__pair">
            {form.line(Line { name: "fee", inputmode: Some("numeric"), placeholder: Some("150"), hint: Some(words.fee_hint), max: 12, ..Line::default() })}
            {form.line(Line { name: "minutes", inputmode: Some("numeric"), placeholder: Some("90"), hint: Some(words.minutes_hint), is_optional: true, max: 9, ..Line::default() })}
        </div>
        {form.tick("default", "on", words.default_area)}
    }
}
