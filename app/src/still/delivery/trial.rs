//! What a place would pay: a form, and the area, the fee, its rule and when it comes.

use crate::still::{
    form::{Form, Line, Sheet},
    frame::{Still, page},
};
use crate::text::delivery::{DeliveryWords, words};
use duka::pages::dashboard::delivery_trial::{Told, Trial};
use leptos::prelude::*;

const ADDRESS: &str = "/dashboard/settings/delivery";

pub fn trial(still: &Still<'_>, found: &Trial, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let labels = [("place", words.place), ("goods", words.goods), ("grams", words.grams)];
    let form = Form { locale, sheet, labels: &labels };
    page(still, || {
        view! {
            <h1>{words.trial_title}</h1>
            <p class="still__lead">{words.trial_lead}</p>
            {form.top_saying(words.not_reckoned)}
            <form class="card sheet" method="get" action=format!("{ADDRESS}/try")>
                {form.line(Line { name: "place", hint: Some(words.place_hint), max: 100, ..Line::default() })}
                <div class="sheet__pair">
                    {form.line(Line { name: "goods", inputmode: Some("numeric"), is_optional: true, max: 12, ..Line::default() })}
                    {form.line(Line { name: "grams", inputmode: Some("numeric"), hint: Some(words.grams_hint), is_optional: true, max: 9, ..Line::default() })}
                </div>
                <button class="button button--main" type="submit">{words.reckon}</button>
            </form>
            {answer(words, found)}
            <p><a href=ADDRESS>{words.back_to_areas}</a></p>
        }
    })
}

fn answer(words: &'static DeliveryWords, found: &Trial) -> impl IntoView + use<> {
    let (lead, told) = match found {
        Trial::Nothing => return None,
        Trial::Area(told) => (None, std::slice::from_ref(told)),
        Trial::Several(told) => (Some(words.several.to_owned()), told.as_slice()),
        Trial::NotThere(place) => (Some((words.not_there)(place)), &[] as &[Told]),
        Trial::Unknown => (Some(words.unknown.to_owned()), &[] as &[Told]),
    };
    let told: Vec<_> = told.iter().map(|told| one(words, told)).collect();
    Some(view! { <section class="card" role="status">{lead.map(|lead| view! { <p>{lead}</p> })}{told}</section> })
}

fn one(words: &'static DeliveryWords, told: &Told) -> impl IntoView + use<> {
    let place = told.place.as_ref().map(|place| view! { <p>{(words.understood)(place)}</p> });
    let minimum =
        told.offer.minimum.map(|sum| view! { <p class="field__problem">{(words.below_minimum)(&sum.to_string())}</p> });
    view! {
        {place}
        <dl class="facts">
            <dt>{words.area}</dt><dd>{told.area.clone()}</dd>
            <dt>{words.fee}</dt><dd>{told.offer.fee.to_string()}</dd>
            <dt>{words.rule}</dt><dd>{(words.rule_of)(&told.offer.rule)}</dd>
            <dt>{words.arrives}</dt><dd>{words.arrival(told.offer.arrival)}</dd>
        </dl>
        {minimum}
    }
}
