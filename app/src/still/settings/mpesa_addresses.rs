//! Whether M-Pesa tells of money paid by hand, as a light with words; and what lies in the account.

use crate::text::mpesa::words;
use duka::kernel::{kenya, locale::Locale};
use duka::payments::{
    balance::Balance,
    register_addresses::{Addresses, Light},
};
use leptos::prelude::*;

pub fn addresses(locale: Locale, addresses: &Addresses) -> impl IntoView + use<> {
    let words = words(locale);
    let light = addresses.light();
    let class = match light {
        Light::Off => "light",
        Light::Waiting => "light light--waiting",
        Light::Good => "light light--good",
        Light::Bad => "light light--bad",
    };
    let problem = addresses.problem.filter(|_| light == Light::Bad).map(words.problem);
    let next = (light == Light::Waiting).then_some(words.next_wait);
    let heard =
        addresses.heard_at.map_or_else(|| words.heard_never.to_owned(), |at| (words.heard_at)(&kenya::moment(at)));
    let list = addresses
        .list_registered_at
        .map_or_else(|| words.list_missing.to_owned(), |at| (words.list_registered)(&kenya::moment(at)));
    view! {
        <form class="card sheet" method="post" action="/dashboard/settings/mpesa/addresses" id="addresses">
            <h2>{words.addresses}</h2>
            <p class="quiet">{words.addresses_text}</p>
            <p class=class role="status">{(words.light)(light)}</p>
            {problem.map(|sentence| view! { <p class="notice notice--bad">{sentence}</p> })}
            {addresses.registered_at.map(|at| view! { <p>{(words.registered_at)(&kenya::moment(at))}</p> })}
            <p>{heard}</p>
            {next.map(|sentence| view! { <p>{sentence}</p> })}
            <p class="quiet">{list}</p>
            <button class="button" type="submit">{words.register}</button>
        </form>
    }
}

pub fn balance(locale: Locale, balance: &Balance, has_operator: bool) -> impl IntoView + use<> {
    let words = words(locale);
    let told = balance.answered_at.map(|at| {
        let rows: Vec<_> = balance
            .accounts
            .iter()
            .map(|(account, available)| {
                view! { <div><dt>{account.clone()}</dt><dd>{available.to_string()}</dd></div> }
            })
            .collect();
        view! { <p class="quiet">{(words.balance_at)(&kenya::moment(at))}</p><dl class="sums">{rows}</dl> }
    });
    let sentence = if balance.is_asking {
        Some(("notice", words.balance_asking))
    } else {
        balance.problem.as_deref().map(|word| ("notice notice--bad", (words.balance_problem)(word)))
    };
    let ask = if has_operator {
        view! { <button class="button" type="submit">{words.ask_balance}</button> }.into_any()
    } else {
        view! { <p>{words.balance_needs_operator}</p> }.into_any()
    };
    view! {
        <form class="card sheet" method="post" action="/dashboard/settings/mpesa/balance" id="balance">
            <h2>{words.balance}</h2>
            <p class="quiet">{words.balance_text}</p>
            {told}
            {sentence.map(|(class, sentence)| view! { <p class=class role="status">{sentence}</p> })}
            {ask}
        </form>
    }
}
