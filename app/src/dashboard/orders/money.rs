//! The money of an order: its sums, and every try to pay it.

use crate::dashboard::here::here;
use crate::dashboard::parts::badge::attempt_badge;
use crate::text::dash::DashWords;
use crate::text::receipts;
use duka::kernel::money::Money;
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
            {(!order.discount.is_zero()).then(|| sum(words.discount, order.discount))}
            {sum(words.delivery, order.delivery)}
            <div class="sums__total"><dt>{words.total}</dt><dd>{order.total.to_string()}</dd></div>
        </dl>
        <p class="quiet">{(words.tax_inside)(&order.tax)}</p>
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

fn row(words: &'static DashWords, attempt: &PaymentAttempt) -> impl IntoView + use<> {
    let at = attempt.completed_on.as_ref().unwrap_or(&attempt.requested_on);
    let reason = (attempt.status == PaymentStatus::Failed)
        .then(|| (words.failure)(attempt.failure.as_deref().and_then(StkOutcome::parse)));
    view! {
        <li class="row">
            <span class="row__name">{(words.payment_method)(&attempt.method)}" "{attempt_badge(words, attempt.status)}</span>
            <span class="row__amount">{attempt.amount.to_string()}</span>
            <span class="row__more">
                {(words.attempt)(attempt.attempt)}" · "{words.moment(at)}
                {attempt.phone.clone().map(|phone| format!(" · {phone}"))}
                {attempt.receipt.clone().map(|receipt| view! { " · "{words.receipt}" "<b class="receipt">{receipt}</b> })}
                {reason.map(|reason| view! { <br/>{reason} })}
            </span>
        </li>
    }
}

/// What the shopper says that they paid with, until its money is here.
pub fn typed_receipt(typed: &TypedReceipt) -> impl IntoView + use<> {
    let words = receipts::words(here().locale);
    let outcome = typed.outcome.as_deref().unwrap_or_default();
    (outcome != "landed").then(|| {
        view! {
            <div class="notice">
                <p><b>{(words.shopper_says)(&typed.receipt)}</b></p>
                <p>{(words.for_the_shop)(outcome)}</p>
            </div>
        }
    })
}
