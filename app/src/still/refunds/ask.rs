//! Asking for a refund: goods and pieces, the delivery, goodwill; what it comes to is shown before anything is sent.

use super::{problem, tick};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{
    dash,
    refunds::{self, RefundWords},
    still as words_of_forms,
};
use crate::ui::field::{Field, field};
use duka::checkout::refunds::{
    asked::{BY_HAND, SEEN_TOTAL, pieces_field, restock_field},
    sold::{Goods, SoldOrder},
};
use duka::error::AppError;
use duka::kernel::{locale::Locale, money::Money};
use duka::orders::refund_shares::{Shares, SoldLine};
use leptos::prelude::*;

/// The button that only reckons.
pub const LOOK: &str = "look";

/// The form, with the shares of what was asked for once they have been reckoned.
pub fn ask(still: &Still<'_>, order: &SoldOrder, refund: &str, sheet: &Sheet, shares: Option<&Shares>) -> String {
    let locale = still.who.locale;
    let words = refunds::words(locale);
    let back = address::order(order.order);
    let labels = [("goodwill", words.goodwill), ("reason", words.ask_reason), ("way", words.ask_way)];
    let form = Form { locale, sheet, labels: &labels };
    let there = order.sold.there;
    let lines: Vec<_> = order
        .sold
        .lines
        .iter()
        .zip(&order.goods)
        .filter(|(sold, _)| sold.pieces_back < sold.quantity)
        .map(|(sold, goods)| line(locale, sheet, sold, goods, order.has_sold))
        .collect();
    let delivery = order.sold.delivery.minus(order.sold.delivery_back).ok().filter(|left| left.minor() > 0);
    let ways = [(String::new(), words.by_itself.to_owned()), (BY_HAND.to_owned(), words.by_hand.to_owned())];
    let parts = order.is_open().then(|| view! { <p class="notice">{words.still_open}</p> });
    let is_open = order.is_open();
    page(still, || {
        view! {
            <h1>{(words.ask_title)(order.number)}</h1>
            {if there.is_zero() {
                view! { <p class="card">{words.nothing_there}</p> }.into_any()
            } else {
                view! {
                    <p class="still__lead">{(words.there)(&there)}</p>
                    {parts}
                    <form class="card sheet" method="post" action=format!("{back}/refund")>
                        {top(locale, sheet)}
                        <input type="hidden" name="refund" value=refund.to_owned()/>
                        {tick(sheet, "all", (words.all_of_it)(&there))}
                        {(!is_open && !lines.is_empty()).then(|| view! {
                            <fieldset class="back">
                                <legend>{words.goods_title}</legend>
                                {lines}
                            </fieldset>
                        })}
                        {delivery.filter(|_| !is_open).map(|fee| tick(sheet, "delivery", (words.delivery)(&fee)))}
                        {(!is_open).then(|| goodwill(locale, words, sheet))}
                        {form.line(Line { name: "reason", hint: Some(words.reason_hint), max: 200, ..Line::default() })}
                        {form.choose("way", &ways, None)}
                        {shares.map(|shares| result(words, order, sheet, shares))}
                        {buttons(words, shares)}
                    </form>
                }
                .into_any()
            }}
            <p><a href=back.clone()>{words_of_forms::words(locale).back}</a></p>
        }
    })
}

/// What is wrong with the whole of it.
fn top(locale: Locale, sheet: &Sheet) -> impl IntoView + use<> {
    let words = refunds::words(locale);
    let forms = words_of_forms::words(locale);
    let sentence = match &sheet.problem {
        Some(AppError::ChangedMeanwhile) => Some(words.sums_moved.to_owned()),
        Some(AppError::Refused(refusal)) => Some(
            (forms.refused)(refusal)
                .map_or_else(|| (dash::words(locale).error)(&AppError::Refused(refusal.clone())), str::to_owned),
        ),
        Some(other) => Some((dash::words(locale).error)(other)),
        None => sheet
            .errors
            .of("all")
            .map(|wrong| problem(locale, "all", wrong).to_owned())
            .or_else(|| (!sheet.errors.is_empty()).then(|| forms.look_again.to_owned())),
    };
    let unknown: Vec<String> = sheet
        .errors
        .iter()
        .filter(|(_, problem)| *problem == duka::kernel::field_errors::FieldProblem::UnknownField)
        .map(|(name, _)| (forms.unknown_field)(name))
        .collect();
    sentence.map(|sentence| {
        view! {
            <div class="notice notice--bad" role="alert">
                <p>{sentence}</p>
                {unknown.into_iter().map(|line| view! { <p>{line}</p> }).collect::<Vec<_>>()}
            </div>
        }
    })
}

fn goodwill(locale: Locale, words: &'static RefundWords, sheet: &Sheet) -> impl IntoView + use<> {
    field(Field {
        name: "goodwill",
        label: words.goodwill,
        value: sheet.typed.get("goodwill").to_owned(),
        autocomplete: "off",
        inputmode: Some("numeric"),
        hint: Some(words.goodwill_hint),
        optional: Some(words_of_forms::words(locale).optional),
        max: 14,
        problem: sheet.errors.of("goodwill").map(|wrong| problem(locale, "goodwill", wrong)),
        ..Field::default()
    })
}

/// How many pieces come back, and whether they go on the shelf.
fn line(locale: Locale, sheet: &Sheet, sold: &SoldLine, goods: &Goods, has_sold: bool) -> impl IntoView + use<> {
    let words = refunds::words(locale);
    let name = if goods.variant_name.is_empty() {
        goods.name.clone()
    } else {
        format!("{}, {}", goods.name, goods.variant_name)
    };
    let (pieces, restock) = (pieces_field(sold.item), restock_field(sold.item));
    let wrong = [&pieces, &restock]
        .into_iter()
        .find_map(|field| sheet.errors.of(field).map(|wrong| problem(locale, field, wrong)));
    let described = format!("{pieces}-facts");
    let value = sheet.typed.get(&pieces).to_owned();
    let is_on = sheet.typed.is_on(&restock);
    let may_restock = has_sold && goods.variant.is_some() && goods.restocked < sold.quantity;
    let facts = (words.bought)(sold.quantity, sold.pieces_back, &goods.unit_price);
    view! {
        <div class="back__line">
            <label class="back__name" for=pieces.clone()>
                <span class="hidden">{(words.pieces_of)(&name)}</span>
                <b aria-hidden="true">{name.clone()}</b>
            </label>
            <input
                class="input back__pieces" id=pieces.clone() name=pieces.clone() inputmode="numeric" autocomplete="off"
                maxlength="6" value=value placeholder="0" aria-invalid=wrong.is_some().then_some("true")
                aria-describedby=described.clone()
            />
            <small class="back__facts" id=described>{facts}</small>
            {may_restock.then(|| view! {
                <label class="choice back__shelf">
                    <input type="checkbox" name=restock.clone() value="on" checked=is_on aria-label=format!("{}: {name}", words.restock)/>
                    <span aria-hidden="true">{words.restock}</span>
                </label>
            })}
            {wrong.map(|wrong| view! { <p class="field__problem back__problem">{wrong}</p> })}
        </div>
    }
}

/// What goes back, part by part.
fn result(words: &'static RefundWords, order: &SoldOrder, sheet: &Sheet, shares: &Shares) -> impl IntoView + use<> {
    let part = |name: &'static str, amount: Money| {
        (!amount.is_zero()).then(|| view! { <div><dt>{name}</dt><dd>{amount.to_string()}</dd></div> })
    };
    let way = order.way(shares, sheet.typed.get("way") == BY_HAND);
    view! {
        <section class="back__sum" role="status">
            <h2>{words.shares}</h2>
            <dl class="sums">
                {part(words.share_goods, shares.goods())}
                {part(words.share_delivery, shares.delivery)}
                {part(words.share_goodwill, shares.goodwill)}
                <div class="sums__total"><dt>{words.share_total}</dt><dd>{shares.total.to_string()}</dd></div>
                {part(words.share_tax, shares.tax)}
                {part(words.share_discount, shares.discount)}
            </dl>
            <p>{(words.goes)(way)}</p>
            <input type="hidden" name=SEEN_TOTAL value=shares.total.minor().to_string()/>
        </section>
    }
}

fn buttons(words: &'static RefundWords, shares: Option<&Shares>) -> impl IntoView + use<> {
    match shares {
        Some(shares) => view! {
            <p class="pair">
                <button class="button button--main" type="submit">{(words.send_back)(&shares.total)}</button>
                <button class="button" type="submit" name=LOOK value="1">{words.look_again}</button>
            </p>
        }
        .into_any(),
        None => view! { <button class="button button--main" type="submit" name=LOOK value="1">{words.look}</button> }
            .into_any(),
    }
}
