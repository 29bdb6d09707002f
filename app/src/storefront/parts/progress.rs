//! Where an order is, as the steps it goes through.

use crate::text::{order_card, shop::ShopWords};
use duka::kernel::locale::Locale;
use duka::orders::status::OrderStatus;
use duka::payments::method::PaymentMethod;
use leptos::prelude::*;

const PREPAID: [OrderStatus; 5] = [
    OrderStatus::AwaitingPayment,
    OrderStatus::Paid,
    OrderStatus::Packing,
    OrderStatus::Dispatched,
    OrderStatus::Delivered,
];
const CASH: [OrderStatus; 4] =
    [OrderStatus::Pending, OrderStatus::Packing, OrderStatus::Dispatched, OrderStatus::Delivered];

/// Nothing for an order that has left the way: cancelled, refunded.
pub fn progress(
    locale: Locale,
    words: &'static ShopWords,
    status: OrderStatus,
    method: PaymentMethod,
    is_collected: bool,
) -> Option<impl IntoView + use<>> {
    let steps: &[OrderStatus] =
        if method == PaymentMethod::Cod && status != OrderStatus::Paid { &CASH } else { &PREPAID };
    let now = steps.iter().position(|step| *step == status)?;
    let steps: Vec<_> = steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let is_done = at < now || status == OrderStatus::Delivered;
            let name = if at < now && *step == OrderStatus::AwaitingPayment {
                words.step_placed
            } else if is_collected && *step == OrderStatus::Dispatched {
                words.step_ready
            } else if is_collected && *step == OrderStatus::Delivered {
                order_card::collected(locale)
            } else {
                (words.status)(*step)
            };
            let class = if is_done { "progress__step progress__step--done" } else { "progress__step" };
            view! {
                <li class=class aria-current=(at == now).then_some("step")>
                    {name}
                    {is_done.then(|| view! { <span class="unseen">" ("{words.step_done}")"</span> })}
                </li>
            }
        })
        .collect();
    Some(view! {
        <section class="block">
            <h2>{words.where_it_is}</h2>
            <ol class="progress">{steps}</ol>
        </section>
    })
}
