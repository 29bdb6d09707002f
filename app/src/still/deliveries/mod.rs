//! Parcels on still pages: the dispatch board, what was not booked, one order's tries, what a rider has, fees against cost.

pub mod board;
pub mod figures;
pub mod not_booked;
pub mod order;
pub mod stops;

use crate::still::form::{Form, Line};
use crate::text::dispatch::DispatchWords;
use duka::pages::dashboard::deliveries::KnownRider;
use leptos::prelude::*;

pub const DELIVERIES: &str = crate::dashboard::address::DELIVERIES;
pub const FIGURES: &str = "/dashboard/deliveries/figures";
pub const NOT_BOOKED: &str = "/dashboard/deliveries/not-booked";
pub const GIVE: &str = "/dashboard/deliveries/give";

/// Where everything that one rider has is listed.
pub fn stops_of(rider: duka::kernel::id::RiderId) -> String {
    format!("{DELIVERIES}/riders/{rider}")
}

/// Who gets it and for how much. Somebody known is chosen; somebody new is named.
fn rider_fields(words: &'static DispatchWords, form: &Form<'_>, riders: &[KnownRider]) -> impl IntoView + use<> {
    let options: Vec<(String, String)> = riders
        .iter()
        .map(|rider| (rider.id.to_string(), format!("{} · {}", rider.name, rider.phone)))
        .chain([(String::new(), words.somebody_new.to_owned())])
        .collect();
    let choice = (!riders.is_empty()).then(|| form.choose("rider", &options, None));
    view! {
        {choice}
        <div class="sheet__pair">
            {form.line(Line { name: "name", hint: Some(words.name_hint), is_optional: true, max: 60, ..Line::default() })}
            {form.line(Line { name: "phone", kind: "tel", inputmode: Some("tel"), is_optional: true, max: 40, ..Line::default() })}
        </div>
        {form.line(Line { name: "cost", inputmode: Some("numeric"), hint: Some(words.cost_hint), is_optional: true, max: 12, ..Line::default() })}
    }
}
