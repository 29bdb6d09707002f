//! What buyers paid for delivery against what the shop paid for it: a table by area, and one of the last orders.

use super::{DELIVERIES, order::address_of};
use crate::still::{Still, page};
use crate::text::{
    dash,
    dispatch::{DispatchWords, words},
};
use duka::kernel::money::Money;
use duka::pages::dashboard::deliveries::figures::{AreaFigures, Figures, OrderFigures};
use leptos::prelude::*;

pub fn figures(still: &Still<'_>, found: &Figures) -> String {
    let locale = still.who.locale;
    let (words, dash) = (words(locale), dash::words(locale));
    let areas: Vec<_> = found.areas.iter().map(|one| area(words, one)).collect();
    let orders: Vec<_> = found.orders.iter().map(|one| order(words, (dash.order_number)(one.number), one)).collect();
    let is_none = areas.is_empty();
    page(still, || {
        view! {
            <p class="back"><a href=DELIVERIES>"← "{words.to_board}</a></p>
            <h1>{words.figures}</h1>
            <p class="still__lead">{words.figures_lead}</p>
            {if is_none {
                view! { <section class="empty"><p>{words.figures_none}</p></section> }.into_any()
            } else {
                view! {
                    <section class="card"><h2>{words.by_area}</h2><ul class="rows">{areas}</ul></section>
                    <section class="card"><h2>{words.by_order}</h2><ul class="rows">{orders}</ul></section>
                }
                .into_any()
            }}
        }
    })
}

fn area(words: &'static DispatchWords, one: &AreaFigures) -> impl IntoView + use<> {
    let name = if one.area.is_empty() { words.no_area.to_owned() } else { one.area.clone() };
    let counts = format!("{}: {} · {}: {}", words.orders, one.orders, words.failed, one.failed);
    view! { <li class="row row--stacked"><span class="row__name">{name}</span>{sums(words, counts, one.charged, one.cost)}</li> }
}

fn order(words: &'static DispatchWords, name: String, one: &OrderFigures) -> impl IntoView + use<> {
    let counts = format!("{} · {}: {}", one.area, words.tried, one.tries);
    view! {
        <li class="row row--stacked">
            <a class="row__name" href=address_of(one.order)>{name}</a>
            {sums(words, counts, one.charged, one.cost)}
        </li>
    }
}

fn sums(words: &'static DispatchWords, counts: String, charged: Money, cost: Money) -> impl IntoView + use<> {
    let left = charged.minor() - cost.minor();
    let left = if left < 0 {
        format!("−{}", Money::new(-left, charged.currency()))
    } else {
        Money::new(left, charged.currency()).to_string()
    };
    let sums = format!("{} {charged} · {} {cost} · ", words.charged, words.you_paid);
    let left = format!("{} {left}", words.left);
    view! { <span class="row__more">{counts}<br/>{sums}<b>{left}</b></span> }
}
