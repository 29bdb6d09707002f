//! Where things are brought to a customer, each with the way to the gate and a form to mend it.

use super::{of, profile::Of};
use crate::still::form::{Form, Line, Sheet};
use crate::text::customers::words;
use duka::customers::addresses::{LONGEST_LABEL, LONGEST_NOTE};
use duka::kernel::locale::Locale;
use duka::pages::dashboard::customers::profile::{CustomerProfile, Place};
use leptos::prelude::*;

pub(super) fn places(locale: Locale, customer: &CustomerProfile, which: Of, sheet: &Sheet) -> impl IntoView + use<> {
    let words = words(locale);
    let rows: Vec<_> = customer.places.iter().map(|place| one(locale, customer, place, which, sheet)).collect();
    let is_empty = rows.is_empty();
    view! {
        <section class="card">
            <h2>{words.places}</h2>
            {is_empty.then(|| view! { <p class="quiet">{words.no_places}</p> })}
            <ul class="rows">{rows}</ul>
        </section>
    }
}

fn one(locale: Locale, customer: &CustomerProfile, place: &Place, which: Of, sheet: &Sheet) -> impl IntoView + use<> {
    let words = words(locale);
    let is_mine = which == Of::Place(place.id) && !sheet.is_saved;
    let name = match &place.label {
        Some(label) => format!("{label}: {}, {}", place.area, place.street),
        None => format!("{}, {}", place.area, place.street),
    };
    view! {
        <li class="row row--stacked">
            <span>
                <span class="row__name">{name}</span>
                {place.is_default.then(|| view! { " "<span class="badge badge--off">{words.usual_place}</span> })}
                {place.rider_note.clone().map(|note| view! { <br/><b>{words.riders_say}</b>" "{note} })}
                {place.instructions.clone().map(|told| view! { <br/><span class="row__more">{told}</span> })}
            </span>
            {customer.may_edit.then(|| edit(locale, customer, place, is_mine, sheet))}
        </li>
    }
}

fn edit(
    locale: Locale,
    customer: &CustomerProfile,
    place: &Place,
    is_mine: bool,
    sheet: &Sheet,
) -> impl IntoView + use<> {
    let words = words(locale);
    let shown = if is_mine {
        sheet.clone()
    } else {
        Sheet { version: place.version, seen: place.typed(), typed: place.typed(), ..Sheet::default() }
    };
    let form = Form { locale, sheet: &shown, labels: words.place_labels };
    let max = |longest: usize| u16::try_from(longest).unwrap_or(u16::MAX);
    view! {
        <details class="more" open=is_mine>
            <summary>{words.change_place}</summary>
            <form class="sheet" method="post" action=format!("{}/places/{}", of(customer.id), place.id)>
                {form.top()}
                {form.carried()}
                {form.line(Line { name: "label", is_optional: true, max: max(LONGEST_LABEL), ..Line::default() })}
                {form.text("instructions", max(LONGEST_NOTE), 2, Some(words.told_hint))}
                {form.text("rider_note", max(LONGEST_NOTE), 2, Some(words.found_hint))}
                {form.tick("is_default", "on", words.usual_place)}
                {form.save()}
            </form>
        </details>
    }
}
