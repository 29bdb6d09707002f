//! The list of orders: searched, filtered and paged by its address; many are ticked and moved at once.

use super::{tags, time};
use crate::dashboard::{address, address::ORDERS, money_badge, order_badge, pager};
use crate::still::{Still, page_awake};
use crate::text::{
    dash::{self, DashWords},
    left,
    orders::{self, OrdersWords},
};
use duka::checkout::move_orders::{MovedOrder, Outcome};
use duka::error::{AppError, Refusal};
use duka::kernel::{field_errors::FieldProblem, locale::Locale};
use duka::orders::{
    channel::Channel,
    status::{OrderStatus, PaymentState},
};
use duka::pages::dashboard::orders::{MOST_COUNTED, OrderFilter, OrderRow, OrdersPage, TO_PACK};
use leptos::prelude::*;

/// Where the page asks whether anything has changed.
pub const NEWS: &str = "/dashboard/orders/news";
/// What the buttons below the list can say.
pub const MOVES: [OrderStatus; 3] = [OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered];

/// What became of the orders that were ticked before.
#[derive(Clone, Debug)]
pub enum Moved {
    /// Nothing was ticked that could be read.
    Nothing(FieldProblem),
    Ends(OrderStatus, Vec<MovedOrder>),
}

/// The address of a list.
pub fn address_of(filter: &OrderFilter) -> String {
    let query = filter.query();
    if query.is_empty() { ORDERS.to_owned() } else { format!("{ORDERS}?{query}") }
}

pub fn list(still: &Still<'_>, found: &OrdersPage, moved: Option<&Moved>) -> String {
    let locale = still.who.locale;
    let (words, dash) = (orders::words(locale), dash::words(locale));
    let filter = &found.filter;
    let here = address_of(filter);
    page_awake(still, || {
        view! {
            <header class="head">
                <h1>{dash.orders}</h1>
                {found.may_move.then(|| view! { <p class="head__aside"><a class="button" href=super::entry::NEW>{words.enter_order}</a></p> })}
            </header>
            {moved.map(|moved| told(locale, moved))}
            {search(words, dash, found)}
            <nav class="tabs" aria-label=dash.status>
                {OrderFilter::OFFERED.into_iter().map(|status| tab(dash, filter, status)).collect::<Vec<_>>()}
            </nav>
            <p class="notice" role="status" hidden="" data-news="">{words.news}" "<a href=here.clone()>{words.show_news}</a></p>
            <div id="found" data-wake="news" data-address=NEWS data-mark=found.mark.clone() data-page=here>
                {if found.rows.is_empty() { none(words, dash, filter).into_any() } else { rows(words, dash, found).into_any() }}
            </div>
            <p class="quiet"><a href=super::left::LEFT>{left::words(locale).link}</a></p>
        }
    })
}

/// One plain form whose fields land in the address.
fn search(words: &'static OrdersWords, dash: &'static DashWords, found: &OrdersPage) -> impl IntoView + use<> {
    let filter = found.filter.clone();
    let choice = |name: &'static str, label: &'static str, options: Vec<(String, String)>| {
        let chosen = filter.value(name).to_owned();
        let id = format!("filter-{name}");
        // What is asked for stays to be seen, also where nothing offers it any more.
        let is_odd = !chosen.is_empty() && options.iter().all(|(value, _)| *value != chosen);
        let odd = is_odd.then(|| (chosen.clone(), chosen.clone()));
        let options: Vec<_> = [(String::new(), words.any.to_owned())]
            .into_iter()
            .chain(odd)
            .chain(options)
            .map(|(value, name)| {
                let is_chosen = value == chosen;
                view! { <option value=value selected=is_chosen>{name}</option> }
            })
            .collect();
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <select class="input" id=id name=name>{options}</select>
            </div>
        }
    };
    let day = |name: &'static str, label: &'static str| {
        let id = format!("filter-{name}");
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input class="input" id=id type="date" name=name value=filter.value(name).to_owned()/>
            </div>
        }
    };
    let same = |names: &[String]| names.iter().map(|name| (name.clone(), name.clone())).collect::<Vec<_>>();
    let states = PaymentState::ALL
        .into_iter()
        .map(|state| (state.as_str().to_owned(), (dash.payment_state)(state).to_owned()))
        .collect();
    let channels = Channel::ALL
        .into_iter()
        .map(|channel| (channel.as_str().to_owned(), (words.channels)(channel).to_owned()))
        .collect();
    view! {
        <form class="order-search" method="get" action=ORDERS role="search">
            <div class="search">
                <label class="hidden" for="search">{dash.search}</label>
                <input class="input" id="search" type="search" name="words" maxlength="100" autocomplete="off" placeholder=words.search_hint value=filter.words.clone()/>
                {(!filter.status.is_empty()).then(|| view! { <input type="hidden" name="status" value=filter.status.clone()/> })}
                <button class="button" type="submit">{dash.search}</button>
            </div>
            <details class="filters" open=filter.is_detailed()>
                <summary>{words.more_filters}</summary>
                <div class="filters__fields">
                    {choice("paid", words.paid, states)}
                    {choice("channel", words.channel, channels)}
                    {choice("area", words.area, same(&found.areas))}
                    {choice("tag", words.tag, same(&found.tags))}
                    {day("from", words.from_day)}
                    {day("to", words.to_day)}
                </div>
                <button class="button" type="submit">{words.show}</button>
            </details>
        </form>
    }
}

fn tab(dash: &'static DashWords, filter: &OrderFilter, status: &'static str) -> impl IntoView + use<> {
    let name = match OrderStatus::parse(status) {
        Some(status) => (dash.order_status)(status),
        None if status == TO_PACK => dash.to_pack,
        None => dash.all,
    };
    let is_here = (filter.status == status).then_some("true");
    let href = address_of(&OrderFilter { status: status.to_owned(), page: 1, ..filter.clone() });
    view! { <a class="tab" href=href aria-current=is_here>{name}</a> }
}

fn none(words: &'static OrdersWords, dash: &'static DashWords, filter: &OrderFilter) -> impl IntoView + use<> {
    let is_narrow = filter.is_narrow();
    view! {
        <section class="empty">
            <h2>{if is_narrow { (words.found)(0) } else { words.none.to_owned() }}</h2>
            <p>{if is_narrow { words.none_here } else { words.none_text }}</p>
            {is_narrow.then(|| view! { <p><a class="button" href=ORDERS>{dash.clear_search}</a></p> })}
        </section>
    }
}

fn rows(words: &'static OrdersWords, dash: &'static DashWords, found: &OrdersPage) -> impl IntoView + use<> {
    let filter = found.filter.clone();
    let count = found.order_count;
    let counted = if count < MOST_COUNTED { (words.found)(count) } else { (words.found_many)(count) };
    let carried: Vec<_> = OrderFilter::FIELDS
        .into_iter()
        .chain(["page"])
        .map(|name| {
            let value = if name == "page" { filter.page.to_string() } else { filter.value(name).to_owned() };
            (name, value)
        })
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=format!("list-{name}") value=value/> })
        .collect();
    let moves: Vec<_> = MOVES
        .into_iter()
        .map(|to| view! { <button class="button" type="submit" name="to" value=to.as_str()>{(words.move_to)(to)}</button> })
        .collect();
    let may_move = found.may_move;
    let rows: Vec<_> = found.rows.iter().map(|order| row(words, dash, order)).collect();
    view! {
        <p class="count" role="status">{counted}</p>
        <form class="bulk" method="post" action=format!("{ORDERS}/move")>
            {carried}
            // A phone shows the rows as cards, which takes their meaning away; it stands around a table that has none.
            <div role="table">
                <table class="list" role="presentation">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col"><span class="hidden">{words.with_chosen}</span></th>
                            <th role="columnheader" scope="col">{words.order}</th>
                            <th role="columnheader" scope="col">{words.customer}</th>
                            <th role="columnheader" scope="col">{words.area}</th>
                            <th role="columnheader" scope="col">{dash.status}</th>
                            <th role="columnheader" scope="col">{words.payment}</th>
                            <th role="columnheader" scope="col">{words.placed}</th>
                            <th role="columnheader" scope="col" class="amount">{dash.total}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
            <div class="bulk__bar" role="group" aria-label=words.with_chosen>
                {may_move.then_some(moves)}
                <button class="button" type="submit" formmethod="get" formaction=super::paper::SLIPS>{words.print_slips}</button>
                <button class="button" type="submit" formmethod="get" formaction=super::paper::PICKING>{words.print_picking}</button>
            </div>
        </form>
        {pager(dash, filter.page, found.page_count, move |to| address_of(&OrderFilter { page: to, ..filter.clone() }))}
    }
}

fn row(words: &'static OrdersWords, dash: &'static DashWords, order: &OrderRow) -> impl IntoView + use<> {
    let chosen = format!("{}:{}", order.id, order.version);
    let from = (order.channel != Channel::Web).then(|| format!(" · {}", (words.channels)(order.channel)));
    let shop = order.shop.as_ref().map(|shop| format!(" · {shop}"));
    let notes = (order.note_count > 0).then(|| format!(" · {}", (words.notes_count)(order.note_count)));
    view! {
        <tr class="order" role="row">
            <td class="order__choose" role="cell">
                <label class="tick">
                    <input type="checkbox" name="order" value=chosen/>
                    <span class="hidden">{(words.choose)(order.number)}</span>
                </label>
            </td>
            <th class="order__number" role="rowheader" scope="row"><a href=address::order(order.id)>{(dash.order_number)(order.number)}</a></th>
            <td class="order__who" role="cell">{order.customer_name.clone()}" "{tags(&order.tags)}</td>
            <td class="order__area" role="cell">{order.area.clone()}" · "{(dash.items)(order.item_count)}{shop}{from}{notes}</td>
            <td class="order__status" role="cell">{order_badge(dash, order.status)}</td>
            <td class="order__payment" role="cell">{money_badge(dash, order.payment_status)}" "<small>{(dash.payment_method)(&order.payment_method)}</small></td>
            <td class="order__placed" role="cell">{time(dash, &order.placed_on)}</td>
            <td class="order__total amount" role="cell">{order.total.to_string()}</td>
        </tr>
    }
}

/// What became of each, with the reason where it stays.
fn told(locale: Locale, moved: &Moved) -> impl IntoView + use<> {
    let words = orders::words(locale);
    match moved {
        Moved::Nothing(problem) => {
            let sentence = match problem {
                FieldProblem::Missing => words.nothing_chosen,
                FieldProblem::TooMany => words.too_many,
                _ => words.unreadable,
            };
            view! { <p class="notice notice--bad" role="alert">{sentence}</p> }.into_any()
        }
        Moved::Ends(to, ends) => {
            let stayed = ends.iter().filter(|end| matches!(end.outcome, Outcome::Stayed(_))).count();
            let class = if stayed == 0 { "notice notice--done" } else { "notice notice--bad" };
            let lines: Vec<_> = ends.iter().map(|end| line(locale, *to, end)).collect();
            view! {
                <section class=class role="status">
                    <p><b>{(words.moved_title)(ends.len() - stayed, ends.len())}</b></p>
                    <ul class="ends">{lines}</ul>
                </section>
            }
            .into_any()
        }
    }
}

fn line(locale: Locale, to: OrderStatus, end: &MovedOrder) -> impl IntoView + use<> {
    let (words, dash) = (orders::words(locale), dash::words(locale));
    let name = match end.number {
        Some(number) => view! { <a href=address::order(end.order)>{(dash.order_number)(number)}</a> }.into_any(),
        None => words.unknown_order.into_any(),
    };
    let why = match &end.outcome {
        Outcome::Moved => (words.moved)(to),
        Outcome::There => (words.there)(to),
        Outcome::Stayed(AppError::ChangedMeanwhile) => words.gone.to_owned(),
        Outcome::Stayed(AppError::Refused(Refusal::NoSuchMove { from, .. }))
            if OrderStatus::parse(from) == Some(OrderStatus::AwaitingPayment) =>
        {
            words.not_paid.to_owned()
        }
        Outcome::Stayed(error) => (dash.error)(error),
    };
    view! { <li>{name}": "{why}</li> }
}
