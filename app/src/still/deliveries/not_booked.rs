//! Parcels that were not booked: which orders' they are, why, and the way to each.

use super::DELIVERIES;
use crate::dashboard::address;
use crate::still::{Still, page};
use crate::text::{dash, dispatch::words, parcels, receipts::moment};
use duka::kernel::locale::Locale;
use duka::pages::dashboard::{deliveries::not_booked::NotBooked, parcel::Stage};
use leptos::prelude::*;

pub fn not_booked(still: &Still<'_>, found: &[NotBooked]) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let rows: Vec<_> = found.iter().map(|one| row(locale, one)).collect();
    let is_none = rows.is_empty();
    page(still, || {
        view! {
            <p class="back"><a href=DELIVERIES>"← "{words.to_board}</a></p>
            <h1>{words.not_booked_title}</h1>
            <p class="still__lead">{words.not_booked_lead}</p>
            {if is_none {
                view! { <section class="empty"><p>{words.not_booked_none}</p></section> }.into_any()
            } else {
                view! { <section class="card"><ul class="rows">{rows}</ul></section> }.into_any()
            }}
        }
    })
}

fn row(locale: Locale, one: &NotBooked) -> impl IntoView + use<> {
    let href = format!("{}/parcel", address::order(one.order));
    let advice = (parcels::words(locale).advice)(Stage::Failed(one.problem));
    view! {
        <li class="row row--stacked">
            <a class="row__name" href=href>{(dash::words(locale).order_number)(one.number)}</a>
            <span class="row__more">{one.name.clone()}" · "{one.area.clone()}" · "{moment(&one.at)}<br/>{advice}</span>
        </li>
    }
}
