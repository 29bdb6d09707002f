//! Today: how much, what to pack, what runs out.

use super::address;
use super::here::words;
use super::loaded::load;
use super::parts::failed::Failed;
use super::parts::week_chart::week_chart;
use crate::api::dashboard::today::load_today;
use crate::text::dash::DashWords;
use duka::pages::dashboard::today::{DayFigures, LowStock, ToPack, TodayPage};
use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Today() -> impl IntoView {
    let words = words();
    let page = load(|| (), |()| load_today());
    view! {
        <Title text=words.today/>
        <Transition fallback=move || view! { <p class="waiting">{words.loading}</p> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => Either::Left(whole(words, &page)),
                    Err(error) => Either::Right(view! { <Failed error=error.0/> }),
                }
            })}
        </Transition>
    }
}

fn whole(words: &'static DashWords, page: &TodayPage) -> impl IntoView + use<> {
    let day = page.week.last().map(|day| words.long_day(&day.day)).unwrap_or_default();
    view! {
        <header class="head">
            <h1>{words.today}</h1>
            <p class="head__aside">{day}</p>
        </header>
        <div class="today">
            <section class="card received">
                <h2 class="received__label">{words.money_today}</h2>
                <p class="received__sum">{page.today.money.to_string()}</p>
                <p class="received__before">{page.yesterday.money.to_string()}" "{words.yesterday}</p>
                {figures(words, page.today, page.yesterday)}
            </section>
            <section class="needs">
                <h2 class="hidden">{words.needs_you}</h2>
                {need(words.to_pack, page.to_pack_count, address::TO_PACK)}
                {need(words.low_stock, page.low_stock_count, LOW)}
                {need(words.awaiting_payment, page.awaiting_payment_count, address::AWAITING_PAYMENT)}
                {(page.unplaced_count > 0).then(|| need(words.money_unplaced, page.unplaced_count, INBOX))}
            </section>
            <section class="card packing">
                <header class="card__head">
                    <h2>{words.to_pack}</h2>
                    {(page.to_pack_count > 0).then(|| view! { <a href=address::TO_PACK rel="external">{words.see_all}</a> })}
                </header>
                {orders_to_pack(words, &page.to_pack)}
            </section>
            <section class="card low" id="low-stock">
                <header class="card__head">
                    <h2>{words.low_stock}</h2>
                    {(page.low_stock_count > 0).then(|| view! { <a href=LOW rel="external">{words.see_all}</a> })}
                </header>
                {running_out(words, &page.low_stock)}
            </section>
            <section class="card takings">
                <header class="card__head"><h2>{words.last_seven_days}</h2></header>
                {week_chart(words, &page.week)}
            </section>
        </div>
    }
}

fn figures(words: &'static DashWords, today: DayFigures, before: DayFigures) -> impl IntoView + use<> {
    let figure = |name: &'static str, now: u32, before: u32| {
        view! {
            <div class="figure">
                <dt>{name}</dt>
                <dd>
                    <b>{now.to_string()}</b>
                    <small>{before.to_string()}" "{words.yesterday}</small>
                </dd>
            </div>
        }
    };
    view! {
        <dl class="figures">
            {figure(words.visits, today.visits, before.visits)}
            {figure(words.carts, today.carts, before.carts)}
            {figure(words.orders_placed, today.orders, before.orders)}
        </dl>
    }
}

/// The list of what is low is a still page.
const LOW: &str = "/dashboard/stock?filter=low";

/// Money that nobody knows what for is on a still page as well.
const INBOX: &str = "/dashboard/payments/inbox";

/// What needs somebody stands on still pages.
fn need(name: &'static str, count: u32, href: &'static str) -> impl IntoView + use<> {
    let class = if count > 0 { "need need--some" } else { "need" };
    view! {
        <a class=class href=href rel="external">
            <b>{count.to_string()}</b>
            <span>{name}</span>
        </a>
    }
}

fn orders_to_pack(words: &'static DashWords, orders: &[ToPack]) -> impl IntoView + use<> {
    if orders.is_empty() {
        return Either::Left(view! { <p class="quiet">{words.nothing_to_pack}</p> });
    }
    let rows: Vec<_> = orders
        .iter()
        .map(|order| {
            view! {
                <li class="row">
                    <a class="row__name" href=address::order(order.order)>{(words.order_number)(order.number)}</a>
                    <span class="row__amount">{order.total.to_string()}</span>
                    <span class="row__more">
                        {order.customer_name.clone()}" · "{order.area.clone()}" · "{(words.items)(order.item_count)}
                        {order.is_cash.then(|| format!(" · {}", words.cash_on_delivery))}
                    </span>
                    <span class="row__aside">{(words.ago)(order.age_minutes)}</span>
                </li>
            }
        })
        .collect();
    Either::Right(view! { <ul class="rows">{rows}</ul> })
}

fn running_out(words: &'static DashWords, low: &[LowStock]) -> impl IntoView + use<> {
    if low.is_empty() {
        return Either::Left(view! { <p class="quiet">{words.nothing_low}</p> });
    }
    let rows: Vec<_> = low
        .iter()
        .map(|one| {
            let class = if one.left <= 0 { "row__amount row__amount--bad" } else { "row__amount" };
            view! {
                <li class="row">
                    <a class="row__name" href=address::list(address::PRODUCTS, &one.product_name, "", 1)>{one.product_name.clone()}</a>
                    <span class=class>{(words.pieces_left)(one.left)}</span>
                    <span class="row__more">{one.variant_name.clone()}</span>
                </li>
            }
        })
        .collect();
    Either::Right(view! { <ul class="rows">{rows}</ul> })
}
