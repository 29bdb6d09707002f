//! The money of an order: its sums, and every try to pay it.

use crate::dashboard::address;
use crate::dashboard::parts::badge::attempt_badge;
use crate::text::dash::DashWords;
use duka::kernel::money::Money;
use duka::orders::status::{OrderStatus, PaymentState};
use duka::pages::dashboard::order::{OrderDetail, PaymentAttempt, TypedReceipt};
use duka::payments::{providers::mpesa::outcome::StkOutcome, status::PaymentStatus};
use leptos::either::Either;
use leptos::prelude::*;

/// From the goods to the total, with the tax that is inside.
pub fn sums(words: &'static DashWords, order: &OrderDetail) -> impl IntoView + use<> {
    let sum = |name: &'static str, amount: Money| view! { <div><dt>{name}</dt><dd>{amount.to_string()}</dd></div> };
    view! {
        <dl class="sums">
            {sum(words.subtotal, order.subtotal)}
            {(!order.discount.is_zero()).then(|| view! { <div><dt>{words.discount}</dt><dd>{format!("− {}", order.discount)}</dd></div> })}
            {sum(words.delivery, order.delivery)}
            <div class="sums__total"><dt>{words.total}</dt><dd>{order.total.to_string()}</dd></div>
            {order.deposit.map(|deposit| sum(words.deposit, deposit))}
            {(!order.by_credit.is_zero()).then(|| sum(words.by_credit, order.by_credit))}
            {(order.payment_status == PaymentState::Partial).then(|| sum(words.still_missing, order.missing))}
            {(!order.excess.is_zero()).then(|| sum(words.to_send_back, order.excess))}
        </dl>
        {(!order.discounts.is_empty()).then(|| view! { <p class="quiet">{order.discounts.clone()}</p> })}
        {(!order.tax.is_zero()).then(|| view! { <p class="quiet">{(words.tax_inside)(&order.tax)}</p> })}
    }
}

/// Newest first, each with its receipt or the plain reason why it failed.
pub fn payments(words: &'static DashWords, attempts: &[PaymentAttempt]) -> impl IntoView + use<> {
    if attempts.is_empty() {
        return Either::Left(view! { <p class="quiet">{words.no_payments}</p> });
    }
    let rows: Vec<_> = attempts.iter().map(|attempt| row(words, attempt)).collect();
    Either::Right(view! { <ul class="rows">{rows}</ul> })
}

/// Still pages about the order's money; the bundle does not follow links to them.
pub fn money_links(words: &'static DashWords, order: &OrderDetail) -> impl IntoView + use<> {
    let base = address::order(order.id);
    let is_open = matches!(order.payment_status, PaymentState::Unpaid | PaymentState::Partial)
        && !matches!(order.status, OrderStatus::Cancelled | OrderStatus::Refunded);
    let handles = order.may_handle_money;
    let links = [
        ("cash", words.record_money, handles && is_open),
        ("link", words.payment_link, handles && is_open),
        ("rider", words.rider_link, handles && is_open),
        ("receipt", words.see_receipt, order.has_receipt),
    ];
    let shown: Vec<_> = links
        .into_iter()
        .filter(|(.., is_shown)| *is_shown)
        .map(|(page, name, _)| view! { <a class="button" href=format!("{base}/{page}") rel="external">{name}</a> })
        .collect();
    (!shown.is_empty()).then(|| view! { <p class="buttons">{shown}</p> })
}

fn row(words: &'static DashWords, attempt: &PaymentAttempt) -> impl IntoView + use<> {
    let asked = words.moment(&attempt.requested_on);
    let ended = attempt.completed_on.as_ref().map(|at| words.moment(at)).filter(|ended| *ended != asked);
    let reason = (attempt.status == PaymentStatus::Failed).then(|| match attempt.method.as_str() {
        "card" => words.card_failed,
        _ => (words.failure)(attempt.failure.as_deref().and_then(StkOutcome::parse)),
    });
    view! {
        <li class="row">
            <span class="row__name">{(words.payment_method)(&attempt.method)}" "{attempt_badge(words, attempt.status)}</span>
            <span class="row__amount">{attempt.amount.to_string()}</span>
            <span class="row__more">
                {(words.attempt)(attempt.attempt)}" · "{asked}{ended.map(|ended| format!(" – {ended}"))}
                {attempt.phone.clone().map(|phone| format!(" · {phone}"))}
                {attempt.receipt.clone().map(|receipt| view! { " · "{words.receipt}" "<b class="receipt">{receipt}</b> })}
                {reason.map(|reason| view! { <br/>{reason} })}
            </span>
        </li>
    }
}

/// What went back, or is to, and the way to send more of it.
pub fn refunds(words: &'static DashWords, order: &OrderDetail) -> impl IntoView + use<> {
    let refunded = (!order.refunded.is_zero()).then(|| format!("{}: {}", words.refunds, order.refunded));
    let ask = order.may_refund.then(|| format!("{}/refund", address::order(order.id)));
    view! {
        {refunded.map(|told| view! { <p><a href=address::REFUNDS rel="external">{told}</a></p> })}
        {ask.map(|href| view! { <p><a href=href rel="external">{words.send_money_back}</a></p> })}
    }
}

/// What the shopper says that they paid with, until its money is here.
pub fn typed_receipt(words: &'static DashWords, typed: &TypedReceipt) -> impl IntoView + use<> {
    (typed.outcome.as_deref() != Some("landed")).then(|| {
        view! {
            <div class="notice">
                <p><b>{(words.shopper_says)(&typed.receipt)}</b></p>
                <p>{words.shopper_says_more}</p>
            </div>
        }
    })
}
