//! The sum at the bottom: goods, delivery, what is taken off, what is paid, the VAT inside.

use crate::text::shop::ShopWords;
use duka::kernel::money::Money;
use leptos::prelude::*;

pub fn totals(
    words: &'static ShopWords,
    subtotal: Money,
    off: Vec<(String, Money)>,
    delivery: Money,
    total: Money,
    tax: Money,
) -> impl IntoView + use<> {
    let fee = if delivery.is_zero() { words.delivery_free.to_owned() } else { delivery.to_string() };
    let off: Vec<_> = off
        .into_iter()
        .map(|(name, amount)| view! { <div><dt>{name}</dt><dd>{format!("− {amount}")}</dd></div> })
        .collect();
    view! {
        <dl class="totals">
            <div><dt>{words.subtotal}</dt><dd>{subtotal.to_string()}</dd></div>
            <div><dt>{words.delivery}</dt><dd>{fee}</dd></div>
            {off}
            <div class="totals__total"><dt>{words.total}</dt><dd>{total.to_string()}</dd></div>
        </dl>
        {(!tax.is_zero()).then(|| view! { <p class="totals__tax">{(words.vat_inside)(&tax.to_nearest_whole())}</p> })}
    }
}
