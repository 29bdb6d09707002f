//! A cart's discounts as lines, the codes typed so far, and what is missing for free delivery.

use crate::text::savings::{SavingWords, words};
use duka::kernel::money::Money;
use duka::pages::storefront::{
    frame::ShopFrame,
    savings::{Saving, Savings},
};
use leptos::prelude::*;

/// What a discount is called on its line.
pub fn named(words: &SavingWords, saving: &Saving) -> String {
    saving.code.as_ref().map_or_else(|| saving.name.clone(), |code| (words.with_code)(&saving.name, code))
}

/// Every discount with its name, for the sum at the bottom.
pub fn lines(words: &SavingWords, savings: &Savings) -> Vec<(String, Money)> {
    savings.lines.iter().map(|saving| (named(words, saving), saving.amount)).collect()
}

/// Under the goods of a cart: what is taken off, what is saved in all, and how far it is to free delivery.
/// What is off the delivery stands beneath the sum, which is that of the goods.
pub fn savings(frame: &ShopFrame, subtotal: Money, total: Money, savings: &Savings) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let missing = savings
        .to_free_delivery
        .map(|missing| view! { <p class="savings__more">{(words.to_free_delivery)(&missing)}</p> });
    let saved = Money::sum(subtotal.currency(), savings.lines.iter().map(|saving| saving.amount)).ok();
    let row = |name: String, amount: Money| view! { <div><dt>{name}</dt><dd>{format!("− {amount}")}</dd></div> };
    let cost = crate::text::shop::words(frame.locale).subtotal;
    let goods: Vec<_> = savings
        .lines
        .iter()
        .filter(|saving| !saving.is_delivery)
        .map(|saving| row(named(words, saving), saving.amount))
        .collect();
    let delivery: Vec<_> = savings
        .lines
        .iter()
        .filter(|saving| saving.is_delivery)
        .map(|saving| row((words.off_delivery)(&named(words, saving)), saving.amount))
        .collect();
    let before = (!goods.is_empty()).then(|| view! { <div><dt>{cost}</dt><dd>{subtotal.to_string()}</dd></div> });
    let after = (!goods.is_empty()).then(|| {
        view! { <div class="totals__total"><dt>{words.after_discounts}</dt><dd>{total.to_string()}</dd></div> }
    });
    let sums = (!savings.lines.is_empty()).then(|| {
        view! {
            <dl class="totals">{before}{goods}{after}{delivery}</dl>
            <p class="savings__saved">{saved.map(|saved| (words.you_save)(&saved))}</p>
            <p class="savings__how">{words.how_combined}</p>
        }
    });
    (missing.is_some() || sums.is_some()).then(|| view! { <section class="savings">{missing}{sums}</section> })
}

/// The codes in the cart, each with the way to take it out, and why one does not count.
pub fn codes(frame: &ShopFrame, savings: &Savings) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let action = frame.locale.path("/cart/code/remove");
    let remove = crate::text::shop::words(frame.locale).remove;
    let rows: Vec<_> = savings
        .codes
        .iter()
        .map(|typed| {
            let why = typed.why.as_ref().map(|why| (words.not_counted)(&typed.code, why));
            view! {
                <li class="savings__code">
                    <b>{typed.code.clone()}</b>
                    <form method="post" action=action.clone()>
                        <input type="hidden" name="code" value=typed.code.clone()/>
                        <button class="button button--plain" aria-label=(words.remove_code)(&typed.code)>{remove}</button>
                    </form>
                    {why.map(|why| view! { <p class="field__problem">{why}</p> })}
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <ul class="savings__codes" aria-label=words.typed_codes>{rows}</ul> })
}
