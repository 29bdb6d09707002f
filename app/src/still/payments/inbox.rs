//! The list of money without a place, each with the orders it may be for and one tap to put it there.

use super::{
    INBOX,
    tabs::{Tab, tabs},
    told,
};
use crate::dashboard::{address, turns};
use crate::still::{Still, page};
use crate::text::{
    dash,
    inbox::{InboxWords, words},
};
use duka::pages::dashboard::payments::inbox::{InboxPage, InboxRow, Suggestion};
use leptos::prelude::*;

/// What is said above the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Assigned,
    /// The order could not take it any more: it waits to be sent back.
    Owed,
    Credited,
    RefundAsked,
}

impl Said {
    pub const ALL: [Self; 4] = [Self::Assigned, Self::Owed, Self::Credited, Self::RefundAsked];

    /// How the address says it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Owed => "owed",
            Self::Credited => "credited",
            Self::RefundAsked => "refund",
        }
    }
    const fn sentence(self, words: &'static InboxWords) -> &'static str {
        match self {
            Self::Assigned => words.assigned,
            Self::Owed => words.owed,
            Self::Credited => words.credited,
            Self::RefundAsked => words.refund_asked,
        }
    }
}

pub fn inbox(still: &Still<'_>, found: &InboxPage, said: Option<Said>) -> String {
    let locale = still.who.locale;
    let (words, dash) = (words(locale), dash::words(locale));
    let rows: Vec<_> = found
        .rows
        .iter()
        .map(|row| {
            view! {
                <li class="coin card">
                    {told(words, dash, row)}
                    {suggestions(words, row, found.may_handle)}
                    <p class="coin__more"><a href=format!("{INBOX}/{}", row.payment)>{words.other_ways}</a></p>
                </li>
            }
        })
        .collect();
    let at = |page: u32| if page > 1 { format!("{INBOX}?page={page}") } else { INBOX.to_owned() };
    let pages = turns(
        (found.page > 1).then(|| (at(found.page - 1), dash.previous)),
        (found.page < found.page_count).then(|| (at(found.page + 1), dash.next)),
    );
    page(still, || {
        view! {
            <h1>{words.title}</h1>
            {tabs(locale, Tab::Inbox)}
            <p class="still__lead">{words.lead}</p>
            {said.map(|said| view! { <p class="notice notice--done" role="status">{said.sentence(words)}</p> })}
            {if rows.is_empty() {
                view! { <section class="card"><h2>{words.nothing}</h2><p>{words.nothing_text}</p></section> }.into_any()
            } else {
                view! {
                    <p class="count" role="status">{(words.waiting)(found.count, &found.total)}</p>
                    <ul class="coins">{rows}</ul>
                }
                .into_any()
            }}
            <nav class="pager" aria-label=dash.pages>{pages}</nav>
        }
    })
}

/// The orders it may be for.
pub(super) fn suggestions(words: &'static InboxWords, row: &InboxRow, may_handle: bool) -> impl IntoView + use<> {
    let orders: Vec<_> =
        row.suggestions.iter().enumerate().map(|(at, one)| suggestion(words, row, one, may_handle, at == 0)).collect();
    if row.is_trial {
        view! { <p class="quiet">{words.own_trial}</p> }.into_any()
    } else if orders.is_empty() {
        view! { <p class="quiet">{words.no_suggestions}</p> }.into_any()
    } else {
        view! { <h2 class="coin__heading">{words.suggestions}</h2><ul class="coin__orders">{orders}</ul> }.into_any()
    }
}

/// One order, why, and the button that puts the money there.
fn suggestion(
    words: &'static InboxWords,
    row: &InboxRow,
    one: &Suggestion,
    may_handle: bool,
    is_likeliest: bool,
) -> impl IntoView + use<> {
    let why = one.why.iter().map(|why| (words.why)(*why)).collect::<Vec<_>>().join(", ");
    let class = if is_likeliest { "button button--main" } else { "button" };
    let form = may_handle.then(|| {
        view! {
            <form method="post" action=format!("{INBOX}/{}/assign", row.payment)>
                <input type="hidden" name="order" value=one.order.to_string()/>
                <input type="hidden" name="amount" value=cents(one.amount.minor())/>
                <input type="hidden" name="seen" value=row.left.minor().to_string()/>
                <button class=class type="submit">{(words.assign)(&one.amount, one.number)}</button>
            </form>
        }
    });
    view! {
        <li class="coin__order">
            <p>
                <a href=address::order(one.order)>{(words.order)(one.number)}</a>
                " · "{one.customer_name.clone()}" · "{(words.due)(&one.due)}
            </p>
            {(!why.is_empty()).then(|| view! { <p class="quiet">{why}</p> })}
            {form}
        </li>
    }
}

/// An amount as its field takes it: shillings, with cents only where there are any.
pub(super) fn cents(minor: i64) -> String {
    if minor % 100 == 0 { (minor / 100).to_string() } else { format!("{}.{:02}", minor / 100, minor % 100) }
}
