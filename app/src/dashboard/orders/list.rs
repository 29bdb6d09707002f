//! The list of orders: searched, filtered, paged, all of it in the address.

use crate::api::dashboard::orders::load_orders;
use crate::dashboard::address;
use crate::dashboard::here::words;
use crate::dashboard::loaded::load;
use crate::dashboard::parts::{
    badge::{money_badge, order_badge},
    failed::Failed,
    pager::pager,
    search::Search,
};
use crate::text::dash::DashWords;
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::orders::{OrderFilter, OrderRow, OrdersPage};
use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn Orders() -> impl IntoView {
    let words = words();
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| OrderFilter {
            words: query.get("words").unwrap_or_default(),
            status: query.get("status").unwrap_or_default(),
            page: query.get_str("page").and_then(|page| page.parse().ok()).unwrap_or(1),
        })
    });
    let page = load(move || filter.get(), |filter| load_orders(filter.words, filter.status, filter.page));
    view! {
        <Title text=words.orders/>
        <header class="head"><h1>{words.orders}</h1></header>
        <Search
            path=address::ORDERS
            hint=words.search_orders_hint
            typed=Signal::derive(move || filter.get().words)
            status=Signal::derive(move || filter.get().status)
        />
        <nav class="tabs" aria-label=words.status>
            {OrderFilter::OFFERED.into_iter().map(|status| tab(words, filter, status)).collect::<Vec<_>>()}
        </nav>
        <Transition fallback=move || view! { <p class="waiting">{words.loading}</p> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => Either::Left(found(words, page)),
                    Err(error) => Either::Right(view! { <Failed error=error.0/> }),
                }
            })}
        </Transition>
    }
}

fn tab(words: &'static DashWords, filter: Memo<OrderFilter>, status: &'static str) -> impl IntoView + use<> {
    let name = match OrderStatus::parse(status) {
        Some(status) => (words.order_status)(status),
        None if status == OrderFilter::TO_PACK => words.to_pack,
        None => words.all,
    };
    let is_here = move || (filter.read().status == status).then_some("true");
    view! { <a class="tab" href=move || address::list(address::ORDERS, &filter.read().words, status, 1) aria-current=is_here>{name}</a> }
}

fn found(words: &'static DashWords, page: OrdersPage) -> impl IntoView + use<> {
    let is_filtered = !page.filter.words.is_empty() || !page.filter.status.is_empty();
    if page.rows.is_empty() {
        return Either::Left(view! {
            <section class="empty">
                <h2>{if is_filtered { (words.orders_found)(0) } else { words.no_orders.to_owned() }}</h2>
                <p>{if is_filtered { words.no_orders_here } else { words.no_orders_text }}</p>
                {is_filtered.then(|| view! { <p><a class="button" href=address::ORDERS>{words.clear_search}</a></p> })}
            </section>
        });
    }
    let filter = page.filter;
    let rows: Vec<_> = page.rows.iter().map(|order| row(words, order)).collect();
    Either::Right(view! {
        <p class="count" role="status">{(words.orders_found)(page.order_count)}</p>
        <table class="list" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">{words.order}</th>
                    <th role="columnheader" scope="col">{words.customer}</th>
                    <th role="columnheader" scope="col">{words.area}</th>
                    <th role="columnheader" scope="col">{words.status}</th>
                    <th role="columnheader" scope="col">{words.payment}</th>
                    <th role="columnheader" scope="col">{words.placed}</th>
                    <th role="columnheader" scope="col" class="amount">{words.total}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        {pager(words, filter.page, page.page_count, move |to| address::list(address::ORDERS, &filter.words, &filter.status, to))}
    })
}

fn row(words: &'static DashWords, order: &OrderRow) -> impl IntoView + use<> {
    view! {
        <tr class="order" role="row">
            <th class="order__number" role="rowheader" scope="row"><a href=address::order(order.id)>{(words.order_number)(order.number)}</a></th>
            <td class="order__who" role="cell">{order.customer_name.clone()}</td>
            <td class="order__area" role="cell">{order.area.clone()}" · "{(words.items)(order.item_count)}</td>
            <td class="order__status" role="cell">{order_badge(words, order.status)}</td>
            <td class="order__payment" role="cell">{money_badge(words, order.payment_status)}" "<small>{(words.payment_method)(&order.payment_method)}</small></td>
            <td class="order__placed" role="cell"><time datetime=order.placed_on.as_str().to_owned()>{words.moment(&order.placed_on)}</time></td>
            <td class="order__total amount" role="cell">{order.total.to_string()}</td>
        </tr>
    }
}
