//! One variant's stock: its numbers, what to do with it, who holds it, its ledger.

use super::{COUNTS, STOCK, back, full_name, time};
use crate::dashboard::{address, turns};
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{dash, stock};
use duka::pages::dashboard::stock::variant::{Hold, LedgerLine, Reference, VariantStock};
use leptos::prelude::*;

/// What the page's forms hold: each is a sheet of its own, with the id of the line it would become.
#[derive(Clone, Debug)]
pub struct Forms {
    pub limit: Sheet,
    pub restock: (String, Sheet),
    pub correct: (String, Sheet),
    /// A sentence about what was just done, or why not.
    pub notice: Option<Notice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    Saved,
    Released,
    /// At most so many can be taken out.
    Short(u32),
    /// Both ways of saying it were used, or none.
    Either,
}

pub fn variant(still: &Still<'_>, found: &VariantStock, forms: &Forms) -> String {
    let locale = still.who.locale;
    let (words, dash) = (stock::words(locale), dash::words(locale));
    let row = &found.row;
    let here = format!("{STOCK}/{}", row.variant);
    let labels = [
        ("limit", words.limit),
        ("pieces", words.pieces),
        ("change", words.change),
        ("counted", words.counted),
        ("note", words.note),
        ("goods_note", words.note),
    ];
    let limit = Form { locale, sheet: &forms.limit, labels: &labels };
    let restock = Form { locale, sheet: &forms.restock.1, labels: &labels };
    let correct = Form { locale, sheet: &forms.correct.1, labels: &labels };
    let number = |name, hint, is_optional| Line {
        name,
        inputmode: Some("numeric"),
        hint,
        is_optional,
        max: 9,
        ..Line::default()
    };
    let note = |name| Line { name, is_optional: true, max: 200, ..Line::default() };
    let holds: Vec<_> = found.holds.iter().map(|hold| hold_line(words, dash, hold, &here, found.may_release)).collect();
    let has_holds = !holds.is_empty();
    let is_some_paid = found.holds.iter().any(|hold| hold.is_being_paid);
    let is_some_free = found.holds.iter().any(|hold| !hold.is_being_paid);
    let ledger: Vec<_> = found.ledger.iter().map(|line| ledger_line(words, dash, line)).collect();
    let is_empty = ledger.is_empty();
    let pages = turns(
        (found.page > 1).then(|| (format!("{here}?page={}", found.page - 1), words.newer)),
        found.has_more.then(|| (format!("{here}?page={}", found.page + 1), words.older)),
    );
    let notice = forms.notice.map(|notice| match notice {
        Notice::Saved => ("notice notice--done", words.saved.to_owned()),
        Notice::Released => ("notice notice--done", words.released.to_owned()),
        Notice::Short(left) => ("notice notice--bad", (words.short)(left, row.held > 0)),
        Notice::Either => ("notice notice--bad", words.either.to_owned()),
    });
    page(still, || {
        view! {
            {back(STOCK.to_owned(), words.title)}
            <h1>{full_name(&row.product_name, &row.variant_name)}</h1>
            {notice.map(|(class, sentence)| view! { <p class=class role="status">{sentence}</p> })}
            <section class="card">
                <dl class="shelf__numbers">
                    <div><dt>{words.in_house}</dt><dd>{row.stock.to_string()}</dd></div>
                    <div><dt>{words.held}</dt><dd>{row.held.to_string()}</dd></div>
                    <div><dt>{words.for_sale}</dt><dd><b>{row.for_sale().to_string()}</b></dd></div>
                    <div><dt>{words.limit}</dt><dd>{row.limit.to_string()}</dd></div>
                </dl>
            </section>
            {found.may_adjust.then(|| view! {
                <form class="card sheet" method="post" action=format!("{here}/restock")>
                    <h2>{words.restock}</h2>
                    {restock.top()}
                    <input type="hidden" name="movement" value=forms.restock.0.clone()/>
                    {restock.line(number("pieces", None, false))}
                    {restock.line(note("goods_note"))}
                    <button class="button button--main" type="submit">{words.restock_button}</button>
                </form>
                <form class="card sheet" method="post" action=format!("{here}/adjust")>
                    <h2>{words.correct}</h2>
                    <p class="quiet">{words.correct_text}</p>
                    {correct.top()}
                    <input type="hidden" name="movement" value=forms.correct.0.clone()/>
                    <div class="sheet__pair">
                        {correct.line(number("change", Some(words.change_hint), true))}
                        {correct.line(number("counted", Some(words.counted_hint), true))}
                    </div>
                    {correct.line(note("note"))}
                    <button class="button button--main" type="submit">{words.correct_button}</button>
                </form>
                <form class="card sheet" method="post" action=format!("{here}/limit")>
                    {limit.top()}
                    {limit.carried()}
                    {limit.line(number("limit", Some(words.limit_hint), false))}
                    {limit.save()}
                </form>
            })}
            <section class="card">
                <h2>{words.holds}</h2>
                {(!has_holds).then(|| view! { <p class="quiet">{words.no_holds}</p> })}
                <ul class="rows">{holds}</ul>
                {(is_some_free && found.may_release).then(|| view! { <p class="quiet">{words.release_text}</p> })}
                {(is_some_paid && found.may_release).then(|| view! { <p class="quiet">{words.release_later}</p> })}
            </section>
            <section class="card">
                <h2>{words.ledger}</h2>
                {is_empty.then(|| view! { <p class="quiet">{words.no_ledger}</p> })}
                <ol class="rows">{ledger}</ol>
                <nav class="pager" aria-label=dash.pages>{pages}</nav>
            </section>
        }
    })
}

fn hold_line(
    words: &'static stock::StockWords,
    dash: &'static dash::DashWords,
    hold: &Hold,
    here: &str,
    may_release: bool,
) -> impl IntoView + use<> {
    let until = (words.until)(&dash.moment(&hold.until));
    let name = (words.order)(hold.number);
    let label = format!("{}: {name}", words.release);
    view! {
        <li class="row">
            <span>
                <a href=address::order(hold.order)>{name}</a>
                <br/>
                <span class="row__more">
                    {hold.quantity.to_string()}" · "{hold.customer_name.clone()}" · "
                    <time datetime=hold.until.as_str().to_owned()>{until}</time>
                    {hold.is_being_paid.then(|| format!(" · {}", words.being_paid))}
                </span>
            </span>
            {(may_release && !hold.is_being_paid).then(|| view! {
                <form method="post" action=format!("{here}/release")>
                    <input type="hidden" name="order" value=hold.order.to_string()/>
                    <button class="button" type="submit" aria-label=label>{words.release}</button>
                </form>
            })}
        </li>
    }
}

fn ledger_line(
    words: &'static stock::StockWords,
    dash: &'static dash::DashWords,
    line: &LedgerLine,
) -> impl IntoView + use<> {
    let change =
        if line.change > 0 { format!("+{}", line.change) } else { format!("−{}", line.change.unsigned_abs()) };
    let about = line.reference.as_ref().map(|reference| match reference {
        Reference::Order { id, number } => {
            view! { " · "<a href=address::order(*id)>{(words.order)(*number)}</a> }.into_any()
        }
        Reference::Count(id) => view! { " · "<a href=format!("{COUNTS}/{id}")>{words.count}</a> }.into_any(),
        Reference::Import => view! { " · "{words.import} }.into_any(),
        Reference::Refund => view! { " · "{words.refund} }.into_any(),
    });
    let person = line.person.clone().unwrap_or_else(|| words.by_itself.to_owned());
    let balance = line.balance_after.map(words.balance);
    view! {
        <li class="row">
            <span>
                <span class="row__name">{format!("{change} {}", (words.reason)(&line.reason))}</span>
                {about}
                <br/>
                <span class="row__more">
                    {person}" · "{time(dash, &line.at)}
                    {(!line.note.is_empty()).then(|| format!(" · {}", line.note))}
                </span>
            </span>
            <span class="row__aside">{balance}</span>
        </li>
    }
}
