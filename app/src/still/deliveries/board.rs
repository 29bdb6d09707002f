//! The dispatch board: what is ready, out and failed, by area; what is ticked goes to one rider.

use super::{DELIVERIES, FIGURES, GIVE, NOT_BOOKED, rider_fields, stops_of};
use crate::dashboard::{address, pager};
use crate::still::{
    Still,
    form::{Form, Sheet},
    page,
};
use crate::text::{
    dash::{self, DashWords},
    dispatch::{self, DispatchWords},
    orders,
};
use duka::checkout::{
    dispatch::Given,
    move_orders::{MovedOrder, Outcome},
};
use duka::error::AppError;
use duka::kernel::{field_errors::FieldProblem, query::in_query};
use duka::pages::dashboard::deliveries::{
    board::{Board, BoardFilter, BoardRow, BoardState, MOST_COUNTED, MOST_IN_AREA},
    not_booked::MOST_NOT_BOOKED,
};
use leptos::prelude::*;

/// What became of the parcels that were ticked before.
#[derive(Clone, Debug)]
pub enum Gave {
    /// Nothing was ticked that could be read.
    Nothing(FieldProblem),
    Ends(Given),
}

/// The address of a board; what says nothing is left out.
pub fn address_of(filter: &BoardFilter) -> String {
    let page = if filter.page > 1 { filter.page.to_string() } else { String::new() };
    let state = if filter.state == BoardState::Ready { "" } else { filter.state.as_str() };
    let said: Vec<String> = [("state", state), ("area", filter.area.as_str()), ("page", page.as_str())]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", in_query(value)))
        .collect();
    if said.is_empty() { DELIVERIES.to_owned() } else { format!("{DELIVERIES}?{}", said.join("&")) }
}

pub fn board(still: &Still<'_>, found: &Board, sheet: &Sheet, gave: Option<&Gave>) -> String {
    let locale = still.who.locale;
    let (words, dash) = (dispatch::words(locale), dash::words(locale));
    let filter = found.filter.clone();
    page(still, || {
        view! {
            <header class="head">
                <h1>{words.title}</h1>
                <p class="head__aside"><a class="button" href=FIGURES>{words.figures}</a></p>
            </header>
            {gave.map(|gave| told(still, gave))}
            {(found.not_booked > 0).then(|| view! {
                <p class="notice notice--bad"><a href=NOT_BOOKED>{(words.not_booked)(&told_count(found.not_booked, MOST_NOT_BOOKED))}</a></p>
            })}
            <nav class="tabs" aria-label=words.states>
                {BoardState::ALL.into_iter().map(|state| tab(words, &filter, found, state)).collect::<Vec<_>>()}
            </nav>
            {areas(words, found)}
            {if found.rows.is_empty() {
                view! { <section class="empty"><p>{(words.none)(filter.state)}</p></section> }.into_any()
            } else {
                parcels(still, words, dash, found, sheet).into_any()
            }}
            {pager(dash, filter.page, found.page_count, move |to| address_of(&BoardFilter { page: to, ..filter.clone() }))}
        }
    })
}

fn tab(words: &'static DispatchWords, filter: &BoardFilter, found: &Board, state: BoardState) -> impl IntoView + use<> {
    let is_here = (filter.state == state).then_some("true");
    let href = address_of(&BoardFilter { state, area: String::new(), page: 1 });
    let many = told_count(found.counts[state as usize], MOST_COUNTED);
    view! { <a class="tab" href=href aria-current=is_here>{(words.state)(state)}" "{many}</a> }
}

/// `12`, or `300+` where nobody counted further.
fn told_count(many: u32, most: u32) -> String {
    if many < most { many.to_string() } else { format!("{most}+") }
}

fn areas(words: &'static DispatchWords, found: &Board) -> impl IntoView + use<> {
    let filter = &found.filter;
    let link = |name: String, area: String, many: Option<u32>| {
        let is_here = (filter.area == area).then_some("true");
        let href = address_of(&BoardFilter { area, page: 1, ..filter.clone() });
        view! { <a class="tab" href=href aria-current=is_here>{name}{many.map(|many| format!(" {}", told_count(many, MOST_IN_AREA)))}</a> }
    };
    let many = found.areas.len() > 1 || !filter.area.is_empty();
    many.then(|| {
        let links: Vec<_> = [link(words.all_areas.to_owned(), String::new(), None)]
            .into_iter()
            .chain(found.areas.iter().map(|(area, many)| link(area.clone(), area.clone(), Some(*many))))
            .collect();
        view! { <nav class="tabs" aria-label=words.areas>{links}</nav> }
    })
}

fn parcels(
    still: &Still<'_>,
    words: &'static DispatchWords,
    dash: &'static DashWords,
    found: &Board,
    sheet: &Sheet,
) -> impl IntoView + use<> {
    let filter = &found.filter;
    // Who is out is waited for; what came back or is ready can be given away.
    let may_tick = found.may_give && filter.state != BoardState::Out;
    let mut before: Option<&str> = None;
    let mut groups = Vec::new();
    for row in &found.rows {
        if before != Some(row.area.as_str()) {
            before = Some(row.area.as_str());
            let name = if row.area.is_empty() { words.no_area.to_owned() } else { row.area.clone() };
            groups.push(view! { <li class="parcels__area"><h2>{name}</h2></li> }.into_any());
        }
        groups.push(parcel(still, words, dash, row, may_tick).into_any());
    }
    let list = view! { <ul class="parcels">{groups}</ul> };
    if !may_tick {
        return list.into_any();
    }
    let form = Form { locale: still.who.locale, sheet, labels: words.labels };
    let carried: Vec<_> = [
        ("list-state", filter.state.as_str().to_owned()),
        ("list-area", filter.area.clone()),
        ("list-page", filter.page.to_string()),
    ]
    .into_iter()
    .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
    .collect();
    view! {
        <form method="post" action=GIVE>
            {form.top()}
            {carried}
            {list}
            <section class="card sheet parcels__give">
                <h2>{words.give_chosen}</h2>
                <p class="still__lead">{words.give_chosen_text}</p>
                {rider_fields(words, &form, &found.riders)}
                <button class="button button--main" type="submit">{words.give}</button>
            </section>
        </form>
    }
    .into_any()
}

fn parcel(
    still: &Still<'_>,
    words: &'static DispatchWords,
    dash: &'static DashWords,
    row: &BoardRow,
    may_tick: bool,
) -> impl IntoView + use<> {
    let chosen = format!("{}:{}", row.order, row.version);
    let href = super::order::address_of(row.order);
    let label = (orders::words(still.who.locale).choose)(row.number);
    let money = row.to_collect.as_ref().map_or_else(|| words.paid.to_owned(), words.collect);
    let tried = row.attempt.map(|attempt| (words.try_of)(attempt, row.rider.as_deref().unwrap_or_default()));
    let why = row.failure.map(words.failure);
    let more: Vec<String> = [tried, why.map(str::to_owned)].into_iter().flatten().collect();
    let place = if row.is_collected { words.collected } else { row.street.as_str() };
    let to: Vec<&str> = [row.name.as_str(), place].into_iter().filter(|said| !said.is_empty()).collect();
    let to = to.join(" · ");
    view! {
        <li class="parcel">
            {(may_tick && !row.is_elsewhere && !row.is_collected).then(|| view! {
                <label class="tick">
                    <input type="checkbox" name="order" value=chosen/>
                    <span class="hidden">{label}</span>
                </label>
            })}
            <a class="parcel__what" href=href>
                <b>{(dash.order_number)(row.number)}</b>
                <span>{money}</span>
                <small>{to}</small>
                {(!more.is_empty()).then(|| view! { <small>{more.join(" · ")}</small> })}
            </a>
        </li>
    }
}

/// What became of each, with the reason where it stays, and the way to the links.
fn told(still: &Still<'_>, gave: &Gave) -> impl IntoView + use<> {
    let locale = still.who.locale;
    let (words, orders) = (dispatch::words(locale), orders::words(locale));
    match gave {
        Gave::Nothing(problem) => {
            let sentence = match problem {
                FieldProblem::Missing => orders.nothing_chosen,
                FieldProblem::TooMany => orders.too_many,
                _ => orders.unreadable,
            };
            view! { <p class="notice notice--bad" role="alert">{sentence}</p> }.into_any()
        }
        Gave::Ends(given) => {
            let stayed = given.ends.iter().filter(|end| matches!(end.outcome, Outcome::Stayed(_))).count();
            let class = if stayed == 0 { "notice notice--done" } else { "notice notice--bad" };
            let lines: Vec<_> = given.ends.iter().map(|end| line(still, end)).collect();
            let stops = given.rider.map(|rider| {
                view! { <p><a class="button button--main" href=stops_of(rider)>{words.see_stops}</a></p> }
            });
            view! {
                <section class=class role="status">
                    <p><b>{(words.given_title)(given.ends.len() - stayed, given.ends.len())}</b></p>
                    <ul class="ends">{lines}</ul>
                    {stops}
                </section>
            }
            .into_any()
        }
    }
}

fn line(still: &Still<'_>, end: &MovedOrder) -> impl IntoView + use<> {
    let locale = still.who.locale;
    let (words, dash) = (dispatch::words(locale), dash::words(locale));
    let name = match end.number {
        Some(number) => view! { <a href=address::order(end.order)>{(dash.order_number)(number)}</a> }.into_any(),
        None => orders::words(locale).unknown_order.into_any(),
    };
    let why = match &end.outcome {
        Outcome::Moved | Outcome::There => words.given.to_owned(),
        Outcome::Stayed(AppError::ChangedMeanwhile) => words.changed.to_owned(),
        Outcome::Stayed(AppError::Refused(_)) => words.not_now.to_owned(),
        Outcome::Stayed(error) => (dash.error)(error),
    };
    view! { <li>{name}": "{why}</li> }
}
