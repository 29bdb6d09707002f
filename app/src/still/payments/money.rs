//! One payment of the inbox: put on any order, in parts, kept as credit, or sent back.

use super::{
    INBOX,
    inbox::{cents, suggestions},
    tabs::{Tab, tabs},
    time, told,
};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{
    dash,
    dash::DashWords,
    inbox::{InboxWords, words},
    still as words_of_forms,
};
use crate::ui::field::beneath;
use duka::error::{AppError, Refusal};
use duka::pages::dashboard::payments::inbox::{MoneyPage, Move, Suggestion};
use leptos::prelude::*;

/// Which form came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Assign,
    Credit,
    Refund,
}

/// The forms as they are to be shown; of the last try only its own form has something to say.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    pub way: Option<Way>,
    pub sheet: Sheet,
}

impl Tried {
    fn of(&self, way: Way) -> Sheet {
        if self.way == Some(way) { self.sheet.clone() } else { Sheet::default() }
    }
}

pub fn money(still: &Still<'_>, found: &MoneyPage, tried: &Tried) -> String {
    let locale = still.who.locale;
    let (words, dash) = (words(locale), dash::words(locale));
    let row = &found.row;
    let base = format!("{INBOX}/{}", row.payment);
    page(still, || {
        view! {
            <p class="back"><a href=INBOX>"← "{words.back}</a></p>
            <h1>{row.left.to_string()}</h1>
            {tabs(locale, Tab::Inbox)}
            {problem(words, dash, tried)}
            <section class="card coin">
                {told(words, dash, row)}
                {suggestions(words, row, found.may_handle)}
            </section>
            <section class="card sheet">
                <h2>{words.search}</h2>
                <p class="quiet">{words.search_text}</p>
                <form class="search" method="get" action=base.clone() role="search">
                    <input class="input" type="search" name="words" value=found.words.clone() maxlength="100" placeholder=words.search_hint aria-label=words.search_hint/>
                    <button class="button" type="submit">{dash.search}</button>
                </form>
                {found.found.as_ref().map(|orders| results(words, still, found, orders, tried))}
            </section>
            {found.may_handle.then(|| credit(words, still, found, &base, tried))}
            {if found.may_refund {
                refund(words, still, found, &base, tried).into_any()
            } else {
                view! { <p class="quiet">{words.only_owner}</p> }.into_any()
            }}
            {moves(words, dash, &found.moves)}
        }
    })
}

/// What became of the last try, in this page's own words.
fn problem(words: &'static InboxWords, dash: &'static DashWords, tried: &Tried) -> impl IntoView + use<> {
    let sentence = match &tried.sheet.problem {
        None => None,
        Some(AppError::ChangedMeanwhile | AppError::Refused(Refusal::MoneyIsNotThere)) => {
            Some(words.changed.to_owned())
        }
        Some(AppError::Refused(Refusal::NothingToPay)) => Some(words.cannot_take.to_owned()),
        Some(other) => Some((dash.error)(other)),
    };
    sentence.map(|sentence| view! { <p class="notice notice--bad" role="alert">{sentence}</p> })
}

fn results(
    words: &'static InboxWords,
    still: &Still<'_>,
    found: &MoneyPage,
    orders: &[Suggestion],
    tried: &Tried,
) -> AnyView {
    if orders.is_empty() {
        return view! { <p role="status">{words.found_nothing}</p> }.into_any();
    }
    let sheet = tried.of(Way::Assign);
    let rows: Vec<_> = orders
        .iter()
        .map(|one| {
            let is_tried = sheet.typed.get("order") == one.order.to_string();
            let wrong = sheet
                .errors
                .of("amount")
                .filter(|_| is_tried)
                .map(|problem| words_of_forms::problem(still.who.locale, problem));
            let value = if is_tried { sheet.typed.get("amount").to_owned() } else { cents(one.amount.minor()) };
            let id = format!("amount-{}", one.order);
            let form = found.may_handle.then(|| view! {
                <form class="coin__split" method="post" action=format!("{INBOX}/{}/assign", found.row.payment)>
                    <input type="hidden" name="order" value=one.order.to_string()/>
                    <input type="hidden" name="seen" value=found.row.left.minor().to_string()/>
                    <input type="hidden" name="words" value=found.words.clone()/>
                    <label for=id.clone()>{words.amount}</label>
                    <input class="input" id=id name="amount" inputmode="numeric" maxlength="12" value=value aria-invalid=wrong.is_some().then_some("true")/>
                    <button class="button" type="submit">{words.put_there}</button>
                    {beneath("amount", None, wrong)}
                </form>
            });
            view! {
                <li class="coin__order">
                    <p>
                        <a href=address::order(one.order)>{(words.order)(one.number)}</a>
                        " · "{one.customer_name.clone()}" · "{(words.due)(&one.due)}
                    </p>
                    {form}
                </li>
            }
        })
        .collect();
    view! { <h3 class="coin__heading">{words.found}</h3><ul class="coin__orders">{rows}</ul> }.into_any()
}

fn credit(
    words: &'static InboxWords,
    still: &Still<'_>,
    found: &MoneyPage,
    base: &str,
    tried: &Tried,
) -> impl IntoView + use<> {
    let sheet = filled(tried.of(Way::Credit), found);
    let labels = [("phone", words.phone), ("amount", words.amount)];
    let form = Form { locale: still.who.locale, sheet: &sheet, labels: &labels };
    view! {
        <form class="card sheet" method="post" action=format!("{base}/credit")>
            <h2>{words.credit}</h2>
            <p class="quiet">{words.credit_text}</p>
            <input type="hidden" name="seen" value=found.row.left.minor().to_string()/>
            {form.line(Line { name: "phone", kind: "tel", inputmode: Some("tel"), max: 40, ..Line::default() })}
            {form.line(Line { name: "amount", inputmode: Some("numeric"), hint: Some(words.amount_hint), max: 12, ..Line::default() })}
            <button class="button" type="submit">{words.credit_button}</button>
        </form>
    }
}

fn refund(
    words: &'static InboxWords,
    still: &Still<'_>,
    found: &MoneyPage,
    base: &str,
    tried: &Tried,
) -> impl IntoView + use<> {
    let sheet = filled(tried.of(Way::Refund), found);
    let labels = [("amount", words.amount), ("reason", words.reason)];
    let form = Form { locale: still.who.locale, sheet: &sheet, labels: &labels };
    let key = match sheet.typed.get("key") {
        "" => found.refund.to_string(),
        key => key.to_owned(),
    };
    view! {
        <form class="card sheet" method="post" action=format!("{base}/refund")>
            <h2>{words.refund}</h2>
            <p class="quiet">{words.refund_text}</p>
            <input type="hidden" name="seen" value=found.row.left.minor().to_string()/>
            <input type="hidden" name="key" value=key/>
            {form.line(Line { name: "amount", id: Some("refund-amount"), inputmode: Some("numeric"), hint: Some(words.amount_hint), max: 12, ..Line::default() })}
            {form.line(Line { name: "reason", hint: Some(words.reason_hint), is_optional: true, max: 200, ..Line::default() })}
            <button class="button" type="submit">{words.refund_button}</button>
        </form>
    }
}

/// An amount that nobody typed is all there is.
fn filled(mut sheet: Sheet, found: &MoneyPage) -> Sheet {
    if sheet.typed.get("amount").is_empty() && sheet.errors.is_empty() {
        sheet.typed.set("amount", cents(found.row.left.minor()));
    }
    sheet
}

fn moves(words: &'static InboxWords, dash: &'static DashWords, moves: &[Move]) -> impl IntoView + use<> {
    let lines: Vec<_> = moves
        .iter()
        .map(|one| {
            let whither = match (one.order_number, &one.customer_name) {
                (Some(number), _) => (words.order)(number),
                (None, Some(name)) => format!("{}: {name}", (words.place)(&one.place)),
                (None, None) => (words.place)(&one.place).to_owned(),
            };
            let by = one.by.clone().map(|name| format!(" {}", (dash.by)(&name)));
            view! { <li><b>{one.amount.to_string()}</b>" · "{whither}" · "{time(dash, &one.at)}{by}</li> }
        })
        .collect();
    view! { <section class="card"><h2>{words.went}</h2><ul class="coin__moves">{lines}</ul></section> }
}
