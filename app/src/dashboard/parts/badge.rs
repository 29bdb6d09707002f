//! A status as a word with a tone.

use crate::text::dash::DashWords;
use duka::orders::status::{OrderStatus, PaymentState};
use duka::payments::status::PaymentStatus;
use leptos::prelude::*;

/// Where an order stands. What waits for the merchant is loud, what is over is quiet.
pub fn order_badge(words: &'static DashWords, status: OrderStatus) -> impl IntoView + use<> {
    let tone = match status {
        OrderStatus::Pending | OrderStatus::Paid => "badge badge--do",
        OrderStatus::Packing | OrderStatus::Dispatched => "badge badge--going",
        OrderStatus::Delivered => "badge badge--done",
        OrderStatus::AwaitingPayment => "badge badge--wait",
        OrderStatus::Cancelled | OrderStatus::Refunded => "badge badge--off",
    };
    view! { <span class=tone>{(words.order_status)(status)}</span> }
}

/// Whether the money is here.
pub fn money_badge(words: &'static DashWords, state: PaymentState) -> impl IntoView + use<> {
    let tone = match state {
        PaymentState::Paid => "badge badge--done",
        PaymentState::Partial => "badge badge--wait",
        PaymentState::Unpaid | PaymentState::Refunded => "badge badge--off",
    };
    view! { <span class=tone>{(words.payment_state)(state)}</span> }
}

/// What became of one try to pay.
pub fn attempt_badge(words: &'static DashWords, status: PaymentStatus) -> impl IntoView + use<> {
    let tone = match status {
        PaymentStatus::Succeeded => "badge badge--done",
        PaymentStatus::Initiated | PaymentStatus::Pending => "badge badge--wait",
        PaymentStatus::Failed => "badge badge--bad",
    };
    view! { <span class=tone>{(words.payment_status)(status)}</span> }
}
