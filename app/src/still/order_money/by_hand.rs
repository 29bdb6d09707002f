//! Money that was handed over or seen at the bank: a form to write it down, and what was written before.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{cash, receipts::moment};
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::order_money::{OrderMoneyPage, TakenByHand};
use leptos::prelude::*;

/// What became of the last form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Paid,
    InPart,
    TooMuch,
    Known,
}

impl Said {
    const ALL: [Self; 4] = [Self::Paid, Self::InPart, Self::TooMuch, Self::Known];

    /// The word in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::InPart => "part",
            Self::TooMuch => "much",
            Self::Known => "known",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.as_str() == word)
    }
}

/// `key` makes the form one payment, however often it is sent.
pub fn by_hand(still: &Still<'_>, order: &OrderMoneyPage, sheet: &Sheet, key: &str, said: Option<Said>) -> String {
    let locale = still.who.locale;
    let words = cash::words(locale);
    let form = Form { locale, sheet, labels: words.money_labels };
    let ways = [("cash".to_owned(), words.in_cash.to_owned()), ("manual".to_owned(), words.by_hand.to_owned())];
    let became = said.map(|said| {
        let sentence = match said {
            Said::Paid => words.paid_now.to_owned(),
            Said::InPart => (words.in_part)(&order.missing),
            Said::TooMuch => words.too_much.to_owned(),
            Said::Known => words.known.to_owned(),
        };
        view! { <p class="notice notice--done" role="status">{sentence}</p> }
    });
    let stands = match order.status {
        OrderStatus::Cancelled | OrderStatus::Refunded => words.is_closed.to_owned(),
        _ if order.missing.is_zero() => words.is_paid.to_owned(),
        _ => (words.to_pay)(&order.missing),
    };
    let taken: Vec<_> = order.taken.iter().map(|one| row(words, one)).collect();
    let address = format!("{}/cash", crate::dashboard::address::order(order.id));
    let is_waiting = order.status == OrderStatus::Pending;
    let key = key.to_owned();
    page(still, || {
        view! {
            {back(locale, order.id, order.number)}
            <h1>{(words.money_of)(order.number)}</h1>
            <p class="still__lead">{words.money_lead}</p>
            {became}
            {if is_waiting {
                view! { {form.top()}<p class="card">{words.not_accepted}</p> }.into_any()
            } else {
                view! {
                    <form class="card sheet" method="post" action=address>
                        {form.top()}
                        <p><b>{stands}</b></p>
                        <input type="hidden" name="key" value=key/>
                        <div class="sheet__pair">
                            {form.line(Line { name: "amount", inputmode: Some("numeric"), placeholder: Some("1,150"), max: 12, ..Line::default() })}
                            {form.choose("how", &ways, None)}
                        </div>
                        {form.line(Line { name: "brought_by", hint: Some(words.brought_by_hint), is_optional: true, max: 80, ..Line::default() })}
                        {form.line(Line { name: "note", hint: Some(words.note_hint), is_optional: true, max: 200, ..Line::default() })}
                        <button class="button button--main" type="submit">{words.record}</button>
                    </form>
                }
                .into_any()
            }}
            {(!taken.is_empty()).then(|| view! { <section class="card"><h2>{words.taken_before}</h2><ul class="rows">{taken}</ul></section> })}
        }
    })
}

fn row(words: &'static cash::CashWords, one: &TakenByHand) -> impl IntoView + use<> {
    let by = one.by.clone().unwrap_or_else(|| words.by_rider.to_owned());
    let brought = one.brought_by.as_deref().map(words.brought).unwrap_or_default();
    let about = [moment(&one.on), by, brought, one.note.clone().unwrap_or_default()];
    let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <li class="row"><span class="row__name">{one.amount.to_string()}</span><span></span><span class="row__more">{about}</span></li>
    }
}
