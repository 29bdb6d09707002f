//! The order as its buyer sees it: the money first, then where it is, then what was bought.

use crate::storefront::parts::{
    order_lines::{Line, order_lines},
    parcel_card::parcel_card,
    pay_card::pay_card,
    progress::progress,
    reach::reach,
    receipt_card::receipt_card,
    sent_card::sent_card,
    totals::totals,
};
use crate::storefront::{document, frame, head::Head};
use crate::text::{by_hand, cart_link, order_card, places, sent_back, shop::words, shopper};
use duka::kernel::{kenya, locale::Locale, query::in_query};
use duka::orders::status::{OrderStatus, PaymentState};
use duka::pages::storefront::{
    frame::ShopFrame,
    order::{OrderPage, PayStage, SentBack},
};
use duka::seo::meta;
use leptos::prelude::*;

/// Seconds between two looks of a page without scripts.
const REFRESH: u8 = 4;

pub fn order(frame: &ShopFrame, page: &OrderPage) -> String {
    let words = words(frame.locale);
    let number = (words.order_number)(page.number);
    let mut head = Head::private(number.clone());
    head.refresh = page.is_moving().then_some(REFRESH);
    let help = frame::whatsapp(frame, &(words.help_message)(page.number));
    let is_coming = !matches!(page.status, OrderStatus::Delivered | OrderStatus::Cancelled | OrderStatus::Refunded);
    let off = if page.discount.is_zero() {
        Vec::new()
    } else {
        vec![(crate::text::savings::words(frame.locale).discount.to_owned(), page.discount)]
    };
    let (to, when) = if page.is_collected {
        (order_card::collect_from(frame.locale), order_card::ready(frame.locale))
    } else {
        (words.deliver_to, words.delivery)
    };
    document::page(frame, head, || {
        view! {
            <div class="heading"><h1>{number}</h1><p>{(words.placed_on)(&kenya::moment(page.placed_at))}</p></div>
            <div class="order">
                <div class="order__state">
                    {pay_card(frame, page)}
                    {page.held_until.map(|until| view! { <p class="order__keep">{(words.held_until)(&kenya::moment(until))}</p> })}
                    {(page.payment_status == PaymentState::Partial && !matches!(page.stage, PayStage::Partly | PayStage::CashOnDelivery | PayStage::Closed)).then(|| {
                        view! { <div class="notice"><p>{(by_hand::words(frame.locale).partly)(&page.missing)}</p>{reach(frame)}</div> }
                    })}
                    {receipt_card(frame, page)}
                    {money_back(frame.locale, &page.refunds)}
                    {progress(frame.locale, words, accepted(page), page.method, page.is_collected)}
                    {parcel_card(frame, page.parcel.as_ref())}
                    {page.sent.as_ref().map(|sent| sent_card(frame.locale, sent))}
                    <p class="order__keep">{words.keep_link}{elsewhere(frame, page).filter(|_| is_coming)}" "<a href=frame.locale.path("/account")>{shopper::words(frame.locale).title}</a></p>
                </div>
                <div class="order__what">
                    <section class="block">
                        <h2>{words.your_order}</h2>
                        {order_lines(frame, &page.lines.iter().map(|line| Line {
                            product: &line.product_name,
                            variant: &line.variant_name,
                            picture: line.picture.as_ref(),
                            quantity: line.quantity,
                            total: line.total,
                            notes: Vec::new(),
                        }).collect::<Vec<_>>())}
                        {totals(words, page.subtotal, off, page.delivery, page.total, page.tax)}
                        {paid_in_part(frame.locale, page)}
                    </section>
                    <section class="block">
                        <h2>{to}</h2>
                        <p>{page.street.clone()}<br/>{page.area.clone()}</p>
                        {page.instructions.as_ref().map(|text| view! { <p>{text.clone()}</p> })}
                        {page.due.as_ref().filter(|_| is_coming).map(|due| view! { <p>{when}": "{(places::words(frame.locale).due)(due)}</p> })}
                        {help.map(|address| view! { <p><a class="button button--quiet" href=address rel="noopener">{words.help_with_order}</a></p> })}
                    </section>
                </div>
            </div>
        }
    })
}

/// What has come of an order that is paid in part, and what it lacks. Before a deposit has come, that is all it lacks.
fn paid_in_part(locale: Locale, page: &OrderPage) -> Option<impl IntoView + use<>> {
    let is_told =
        page.payment_status == PaymentState::Partial && !page.waits_for_deposit && page.stage != PayStage::Closed;
    let came = page.total.minus(page.missing).ok().filter(|_| is_told)?;
    let (paid, left) = crate::text::in_part::labels(locale);
    Some(view! {
        <dl class="totals">
            <div><dt>{paid}</dt><dd>{came.to_string()}</dd></div>
            <div><dt>{left}</dt><dd>{page.missing.to_string()}</dd></div>
        </dl>
    })
}

/// Where a cash order is that its deposit has accepted: nobody has packed it, and paid it is not.
fn accepted(page: &OrderPage) -> OrderStatus {
    let is_by_deposit = page.status == OrderStatus::Paid && page.payment_status == PaymentState::Partial;
    if is_by_deposit { OrderStatus::Pending } else { page.status }
}

/// What is not paid yet may be paid from another phone: the page's own address, sent to oneself.
fn elsewhere(frame: &ShopFrame, page: &OrderPage) -> Option<impl IntoView + use<>> {
    let words = cart_link::words(frame.locale);
    let address = meta::address(&frame.origin, frame.locale, &frame.path);
    let message = in_query(&(words.order_message)(page.number, &frame.name, &address));
    matches!(page.payment_status, PaymentState::Unpaid | PaymentState::Partial).then(|| {
        view! {
            " "
            <a href=format!("https://wa.me/?text={message}") rel="external noopener noreferrer">{words.by_whatsapp}</a>
            " · "
            <a href=format!("sms:?body={message}")>{words.by_sms}</a>
            " ·"
        }
    })
}

/// What went back, or is on its way.
fn money_back(locale: Locale, refunds: &[SentBack]) -> Option<impl IntoView + use<>> {
    let lines: Vec<_> = refunds
        .iter()
        .map(|back| view! { <li>{sent_back::sentence(locale, back, &kenya::moment(back.at))}</li> })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="block">
                <h2>{sent_back::heading(locale)}</h2>
                <ul class="plain">{lines}</ul>
            </section>
        }
    })
}
