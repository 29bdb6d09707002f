//! The list of refunds: what waits for whom, each leading to its own page.

use super::{REFUNDS, badge, time};
use crate::dashboard::turns;
use crate::still::{
    Still, page,
    payments::tabs::{Tab, tabs},
};
use crate::text::{
    dash::{self, DashWords},
    refunds::{self, RefundWords},
};
use duka::pages::dashboard::refunds::{RefundRow, RefundsPage, Shown};
use leptos::prelude::*;

pub fn list(still: &Still<'_>, found: &RefundsPage) -> String {
    let locale = still.who.locale;
    let (words, dash) = (refunds::words(locale), dash::words(locale));
    let kinds: Vec<_> = Shown::ALL
        .into_iter()
        .zip(words.shown)
        .map(|(shown, name)| {
            let is_here = (shown == found.shown).then_some("true");
            view! { <a class="tab" href=address(shown, 1) aria-current=is_here>{name}</a> }
        })
        .collect();
    let rows: Vec<_> = found.rows.iter().map(|row| line(words, dash, row)).collect();
    let is_empty = rows.is_empty();
    let nothing = if found.shown == Shown::Open { words.nothing_open } else { words.nothing };
    let pages = turns(
        (found.page > 1).then(|| (address(found.shown, found.page - 1), words.newer)),
        (found.page < found.page_count).then(|| (address(found.shown, found.page + 1), words.older)),
    );
    page(still, || {
        view! {
            <h1>{words.title}</h1>
            {tabs(locale, Tab::Refunds)}
            <p class="still__lead">{words.lead}</p>
            <nav class="tabs" aria-label=words.title>{kinds}</nav>
            {(!found.open.is_zero()).then(|| view! { <p>{(words.open_sum)(&found.open)}</p> })}
            {is_empty.then(|| view! { <p class="card">{nothing}</p> })}
            {(!is_empty).then(|| view! { <section class="card"><ul class="rows">{rows}</ul></section> })}
            {(!pages.is_empty()).then(|| view! { <p class="pair">{pages}</p> })}
        }
    })
}

fn address(shown: Shown, page: u32) -> String {
    let mut said = Vec::new();
    if shown != Shown::default() {
        said.push(format!("shown={}", shown.as_str()));
    }
    if page > 1 {
        said.push(format!("page={page}"));
    }
    if said.is_empty() { REFUNDS.to_owned() } else { format!("{REFUNDS}?{}", said.join("&")) }
}

fn line(words: &'static RefundWords, dash: &'static DashWords, row: &RefundRow) -> impl IntoView + use<> {
    let order = row.order.map_or_else(|| words.of_no_order.to_owned(), |(_, number)| (words.of_order)(number));
    let facts: Vec<String> =
        [Some((words.ways)(row.way).to_owned()), row.receipt.clone()].into_iter().flatten().collect();
    view! {
        <li>
            <a class="row" href=format!("{REFUNDS}/{}", row.refund)>
                <span class="row__name">{order}" "{badge(words, row)}</span>
                <span class="row__amount">{row.amount.to_string()}</span>
                <span class="row__more">
                    {row.buyer.clone()}{(!row.buyer.is_empty()).then_some(" · ")}{facts.join(" · ")}" · "{time(dash, &row.asked_on)}
                </span>
            </a>
        </li>
    }
}
