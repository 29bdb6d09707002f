//! How to pay without a prompt: what to choose in M-Pesa's own menu, and the numbers to type.

use crate::text::by_hand::words;
use duka::kernel::{locale::Locale, money::Money};
use duka::pages::storefront::order::ByHand;
use duka::payments::method::PaymentMethod;
use leptos::prelude::*;

/// Steps, then each value by itself, so that a thumb marks it whole. Works without scripts.
pub fn by_hand(locale: Locale, how: &ByHand, missing: Money) -> impl IntoView + use<> {
    let words = words(locale);
    let is_till = how.method == PaymentMethod::MpesaTill;
    let steps = if is_till { words.till_steps } else { words.paybill_steps };
    let number = if is_till { words.till } else { words.paybill };
    // M-Pesa's menu takes digits only.
    let amount = missing.whole().to_string();
    view! {
        <ol class="stage__steps">{steps.map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
        <dl class="by-hand">
            <div><dt>{number}</dt><dd class="by-hand__value">{how.number.clone()}</dd></div>
            {how.account.clone().map(|account| view! {
                <div><dt>{words.account}</dt><dd class="by-hand__value">{account}</dd></div>
            })}
            <div><dt>{words.amount}</dt><dd class="by-hand__value">{amount}</dd></div>
        </dl>
        <p class="stage__hint">{words.copy}" "{words.pin}" "{words.it_shows}</p>
    }
}
