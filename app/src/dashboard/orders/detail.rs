//! One order: what to do next, what is in it, who gets it, its money and its story.

use super::looking_out::look_out;
use super::money::{money_links, payments, refunds, sums, typed_receipt};
use super::moves::Moves;
use crate::api::dashboard::orders::{MoveOrder, load_order};
use crate::dashboard::address;
use crate::dashboard::here::words;
use crate::dashboard::loaded::{Loaded, load};
use crate::dashboard::parts::{
    badge::{money_badge, order_badge},
    failed::Failed,
    thumb::thumb,
};
use crate::text::dash::DashWords;
use duka::kernel::id::OrderId;
use duka::pages::dashboard::{
    order::{DetailLine, OrderDetail},
    order_story::TimelineEntry,
};
use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Order(id: OrderId) -> impl IntoView {
    let words = words();
    let loaded = load(move || id, load_order);
    let reload = Callback::new(move |()| loaded.refetch());
    view! {
        <Transition fallback=move || view! { <p class="waiting">{words.loading}</p> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok(order) => Either::Left(view! { <Detail order=order loaded=loaded reload=reload/> }),
                    Err(error) => Either::Right(view! { <Failed error=error.0/> }),
                }
            })}
        </Transition>
    }
}

/// The order as it was loaded, or as the last move answered it.
#[component]
fn Detail(order: OrderDetail, loaded: Loaded<OrderDetail>, reload: Callback<()>) -> impl IntoView {
    let words = words();
    look_out(&order, loaded);
    let moving = ServerAction::<MoveOrder>::new();
    // An error that came with the address is shown on top of the page, once.
    moving.clear();
    let found = order.clone();
    let now = Memo::new(move |before: Option<&OrderDetail>| {
        let before = before.unwrap_or(&found);
        match moving.value().get() {
            Some(Ok(moved)) if moved.version > before.version => moved,
            _ => before.clone(),
        }
    });
    view! {
        <Title text=(words.order_number)(order.number)/>
        <p class="back"><a href=address::ORDERS rel="external">{words.all_orders}</a></p>
        <header class="head">
            <h1>{(words.order_number)(order.number)}</h1>
            <p class="head__badges">{move || order_badge(words, now.read().status)}" "{move || money_badge(words, now.read().payment_status)}</p>
            <p class="head__aside">{words.moment(&order.placed_on)}" · "{(words.payment_method)(&order.payment_method)}</p>
        </header>
        <div class="detail">
            <div class="detail__column">
                <Moves now=now moving=moving reload=reload/>
                <section class="card">
                    <header class="card__head"><h2>{goes_to(words, &order)}</h2></header>
                    {recipient(words, &order)}
                </section>
                <section class="card">
                    <header class="card__head"><h2>{words.timeline}</h2></header>
                    {move || timeline(words, &now.read().timeline)}
                </section>
                {move || written(words, &now.read())}
            </div>
            <div class="detail__column">
                <section class="card">
                    <header class="card__head"><h2>{words.lines}</h2></header>
                    <ul class="rows">{order.lines.iter().map(|one| line(words, one)).collect::<Vec<_>>()}</ul>
                    {sums(words, &order)}
                    {order.may_discount.then(|| view! { <p><a href=format!("{}/discount", address::order(order.id)) rel="external">{words.give_discount}</a></p> })}
                    {(!order.credit.is_zero()).then(|| view! { <p><a href=format!("{}/credit", address::order(order.id)) rel="external">{(words.use_credit)(&order.credit)}</a></p> })}
                </section>
                <section class="card">
                    <header class="card__head"><h2>{words.payments}</h2></header>
                    {move || payments(words, &now.read().payments)}
                    {order.typed_receipt.as_ref().map(|typed| typed_receipt(words, typed))}
                    {move || refunds(words, &now.read())}
                    {money_links(words, &order)}
                </section>
            </div>
        </div>
    }
}

fn line(words: &'static DashWords, line: &DetailLine) -> impl IntoView + use<> {
    view! {
        <li class="good-line">
            {thumb(line.picture.clone())}
            <span class="good-line__count">{line.quantity.to_string()}" ×"</span>
            <span class="good-line__name">
                {line.product_name.clone()}
                <small>{line.variant_name.clone()}{line.sku.clone().map(|sku| format!(" · {sku}"))}</small>
            </span>
            <span class="good-line__total">{line.total.to_string()}<small>{(words.each)(&line.unit_price)}</small></span>
        </li>
    }
}

/// Who brings it stands behind this; nobody brings what is collected.
fn goes_to(words: &'static DashWords, order: &OrderDetail) -> impl IntoView + use<> {
    if order.is_collected {
        return Either::Left(words.comes_for_it);
    }
    let parcel = format!("{}/parcel", address::order(order.id));
    Either::Right(view! { <a href=parcel rel="external">{words.deliver_to}</a> })
}

fn recipient(words: &'static DashWords, order: &OrderDetail) -> impl IntoView + use<> {
    let dial = format!("tel:+{}", order.customer_whatsapp);
    let chat = format!("https://wa.me/{}", order.customer_whatsapp);
    let (way, carried) = if order.is_to_agent { ("parcel", words.to_agent) } else { ("delivery", words.delivery) };
    let way = format!("{}/{way}", address::order(order.id));
    view! {
        <address class="recipient">
            <b>{order.customer_name.clone()}</b>
            <span>{order.area.clone()}</span>
            <span>{order.street.clone()}</span>
            {order.instructions.clone().map(|text| view! { <span class="recipient__note">{text}</span> })}
            <span>{order.customer_phone.clone()}</span>
            {order.customer_email.clone().map(|email| view! { <span>{email}</span> })}
            {(order.eta_minutes > 0).then(|| view! { <small>{words.promised}": "{(words.about_minutes)(order.eta_minutes)}</small> })}
        </address>
        <p class="buttons">
            {(!order.customer_whatsapp.is_empty()).then(|| view! {
                <a class="button" href=dial rel="external">{words.call}</a>
                <a class="button" href=chat rel="external noopener" target="_blank">{words.whatsapp}</a>
            })}
            {(!order.is_collected).then(|| view! { <a class="button" href=way rel="external">{carried}</a> })}
        </p>
    }
}

/// What the team wrote for itself, and still pages about the order as a whole.
fn written(words: &'static DashWords, order: &OrderDetail) -> impl IntoView + use<> {
    let base = address::order(order.id);
    let notes = format!("{} ({})", words.notes_and_tags, order.note_count);
    view! {
        <section class="card">
            {(!order.tags.is_empty()).then(|| view! { <p><b>{order.tags.join(", ")}</b></p> })}
            {order.last_note.clone().map(|note| view! { <p class="recipient__note">{note}</p> })}
            <p class="buttons">
                <a class="button" href=format!("{base}/notes") rel="external">{notes}</a>
                <a class="button" href=format!("{}/slips?order={}", address::ORDERS, order.id) rel="external">{words.packing_slip}</a>
                {order.may_cancel.then(|| view! { <a class="button" href=format!("{base}/cancel") rel="external">{words.cancel_order}</a> })}
            </p>
        </section>
    }
}

fn timeline(words: &'static DashWords, entries: &[TimelineEntry]) -> impl IntoView + use<> {
    let entries: Vec<_> = entries
        .iter()
        .rev()
        .map(|entry| {
            let by = match (&entry.by, entry.from) {
                (Some(name), _) => (words.by)(name),
                (None, None) => words.placed_by_shopper.to_owned(),
                (None, Some(_)) => words.by_itself.to_owned(),
            };
            view! {
                <li>
                    <b>{(words.order_status)(entry.to)}</b>
                    <span>{words.moment(&entry.at)}" "{by}</span>
                    {entry.note.clone().map(|note| view! { <q>{note}</q> })}
                </li>
            }
        })
        .collect();
    view! { <ol class="timeline">{entries}</ol> }
}
