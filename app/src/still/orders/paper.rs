//! Orders on paper: slips for parcels and the picking list, drawn so that a phone prints just them.

use super::time;
use crate::dashboard::address::ORDERS;
use crate::still::{Still, page};
use crate::text::{
    dash,
    orders::{self, OrdersWords},
};
use duka::kernel::{field_errors::FieldProblem, locale::Locale};
use duka::pages::dashboard::packing::{Pick, PickingList, Slip, SlipLine};
use leptos::prelude::*;

pub const SLIPS: &str = "/dashboard/orders/slips";
pub const PICKING: &str = "/dashboard/orders/picking";

/// A sheet for each parcel.
pub fn slips(still: &Still<'_>, found: &[Slip]) -> String {
    let locale = still.who.locale;
    let words = orders::words(locale);
    let sheets: Vec<_> = found.iter().map(|slip| sheet(locale, slip)).collect();
    page(still, || {
        view! {
            {head(words, words.slips_title)}
            {sheets}
        }
    })
}

/// What to take from the shelves, with a box to tick by hand.
pub fn picking(still: &Still<'_>, found: &PickingList) -> String {
    let words = orders::words(still.who.locale);
    let numbers: Vec<String> = found.numbers.iter().map(ToString::to_string).collect();
    let pieces: u32 = found.picks.iter().map(|pick| pick.quantity).sum();
    let lines: Vec<_> = found.picks.iter().map(pick).collect();
    page(still, || {
        view! {
            {head(words, words.picking_title)}
            <section class="slip">
                <p>{(words.for_orders)(&numbers.join(", "))}" · "{(words.pieces_in_all)(pieces)}</p>
                <ul class="slip__lines">{lines}</ul>
            </section>
        }
    })
}

/// Nothing that could be printed was named.
pub fn nothing(still: &Still<'_>, title: &'static str, problem: Option<FieldProblem>) -> String {
    let words = orders::words(still.who.locale);
    let sentence = if problem == Some(FieldProblem::Unreadable) { words.unreadable } else { words.nothing_to_print };
    page(still, || {
        view! {
            <h1>{title}</h1>
            <p class="notice notice--bad" role="alert">{sentence}</p>
            <p><a class="button" href=ORDERS>{words.back_to_list}</a></p>
        }
    })
}

fn head(words: &'static OrdersWords, title: &'static str) -> impl IntoView + use<> {
    view! {
        <div class="screen-only">
            <h1>{title}</h1>
            <p class="still__lead">{words.print_text}</p>
            <p><a href=ORDERS>{words.back_to_list}</a></p>
        </div>
    }
}

fn sheet(locale: Locale, slip: &Slip) -> impl IntoView + use<> {
    let (words, dash) = (orders::words(locale), dash::words(locale));
    let lines: Vec<_> = slip.lines.iter().map(line).collect();
    let collect = slip.to_collect.map_or_else(|| words.nothing_to_collect.to_owned(), |sum| (words.collect)(&sum));
    view! {
        <section class="slip">
            <header class="slip__head">
                <h2>{(words.slip_of)(slip.number)}</h2>
                <p>{slip.shop.clone()}{slip.shop_phone.clone().map(|phone| format!(" · {phone}"))}</p>
                <p>{time(dash, &slip.placed_on)}" · "{(dash.order_status)(slip.status)}</p>
            </header>
            <address class="recipient">
                <b>{slip.name.clone()}</b>
                <span>{slip.phone.clone()}</span>
                <span>{slip.area.clone()}</span>
                <span>{slip.street.clone()}</span>
                {slip.instructions.clone().map(|text| view! { <span class="recipient__note">{text}</span> })}
            </address>
            <ul class="slip__lines">{lines}</ul>
            <p class="slip__collect"><b>{collect}</b></p>
        </section>
    }
}

fn line(line: &SlipLine) -> impl IntoView + use<> {
    view! {
        <li class="slip__line">
            <span class="slip__box" aria-hidden="true"></span>
            <b>{line.quantity.to_string()}" ×"</b>
            <span>{line.name.clone()}<small>{under(&line.variant, line.sku.as_deref())}</small></span>
        </li>
    }
}

fn pick(pick: &Pick) -> impl IntoView + use<> {
    let orders: Vec<String> = pick.orders.iter().map(|(number, pieces)| format!("{number} × {pieces}")).collect();
    view! {
        <li class="slip__line">
            <span class="slip__box" aria-hidden="true"></span>
            <b>{pick.quantity.to_string()}" ×"</b>
            <span>{pick.name.clone()}<small>{under(&pick.variant, pick.sku.as_deref())}</small><small>{orders.join(", ")}</small></span>
        </li>
    }
}

fn under(variant: &str, sku: Option<&str>) -> String {
    [Some(variant), sku].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}
