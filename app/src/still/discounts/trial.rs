//! What a cart would pay: a form, and every step of the reckoning.

use super::{
    ADDRESS,
    form::{CODE_LENGTH, back},
};
use crate::still::{
    form::{Form, Line, Sheet},
    frame::{Still, page},
};
use crate::text::{
    discounts::{DiscountWords, words},
    savings,
};
use duka::kernel::{locale::Locale, money::Money};
use duka::pages::dashboard::price_trial::{Trial, TrialResult};
use leptos::prelude::*;

pub fn trial(still: &Still<'_>, found: &Trial, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let labels = [("goods", words.goods), ("area", words.area), ("codes", words.typed_codes), ("phone", words.phone)];
    let form = Form { locale, sheet, labels: &labels };
    let areas: Vec<(String, String)> = found.areas.iter().map(|area| (area.clone(), area.clone())).collect();
    let unknown: Vec<_> =
        found.unknown.iter().map(|typed| view! { <p class="field__problem">{(words.not_found)(typed)}</p> }).collect();
    let result = found.result.as_ref().map(|result| reckoned(locale, words, result));
    page(still, || {
        view! {
            <h1>{words.trial_title}</h1>
            <p class="still__lead">{words.trial_lead}</p>
            <form class="card sheet" method="get" action=format!("{ADDRESS}/try")>
                {form.text("goods", 4_000, 4, Some(words.goods_hint))}
                {unknown}
                {form.choose("area", &areas, None)}
                <div class="sheet__pair">
                    {form.line(Line { name: "codes", is_optional: true, max: CODE_LENGTH * 3, ..Line::default() })}
                    {form.line(Line { name: "phone", kind: "tel", inputmode: Some("tel"), hint: Some(words.phone_hint), is_optional: true, max: 40, ..Line::default() })}
                </div>
                <button class="button button--main" type="submit">{words.reckon}</button>
            </form>
            {result}
            {back(locale)}
        }
    })
}

fn reckoned(locale: Locale, words: &'static DiscountWords, result: &TrialResult) -> impl IntoView + use<> {
    let about_codes = savings::words(locale);
    let sum = |name: String, amount: String| view! { <div><dt>{name}</dt><dd>{amount}</dd></div> };
    let lines: Vec<_> = result
        .lines
        .iter()
        .map(|line| {
            let shares: Vec<_> =
                line.shares.iter().map(|(name, share)| view! { <br/>{format!("{name}: − {share}")} }).collect();
            view! {
                <li class="row">
                    <span class="row__name">{format!("{} × {}", line.name, line.quantity)}</span>
                    <span class="row__amount">{line.net.to_string()}</span>
                    <span class="row__more">{line.gross.to_string()}{shares}</span>
                </li>
            }
        })
        .collect();
    let taken: Vec<_> =
        result.discounts.iter().map(|(name, amount)| sum(name.clone(), format!("− {amount}"))).collect();
    let is_plain = taken.is_empty();
    let notes: Vec<_> = result
        .codes
        .iter()
        .filter_map(|(code, why)| why.as_ref().map(|why| (about_codes.not_counted)(code, why)))
        .map(|sentence| view! { <p class="field__problem">{sentence}</p> })
        .collect();
    let tried: Vec<_> = result
        .tried
        .iter()
        .enumerate()
        .map(|(at, (names, saved))| {
            let mark = (at == 0 && saved.minor() > 0).then(|| format!(" · {}", words.taken));
            view! {
                <li class="row">
                    <span class="row__name">{names.join(" + ")}</span>
                    <span class="row__more">{(words.saves)(saved)}{mark}</span>
                </li>
            }
        })
        .collect();
    let delivery = |amount: Money| sum(words.delivery.to_owned(), amount.to_string());
    view! {
        <section class="card" aria-live="polite">
            <h2>{format!("{} {}", words.result, result.total)}</h2>
            {notes}
            <ul class="rows">{lines}</ul>
            <dl class="sums">
                {sum(words.before.to_owned(), result.subtotal.to_string())}
                {delivery(result.full_delivery)}
                {taken}
                <div class="sums__total"><dt>{words.total}</dt><dd>{result.total.to_string()}</dd></div>
            </dl>
            {is_plain.then(|| view! { <p>{words.no_discount}</p> })}
        </section>
        {(!tried.is_empty()).then(|| view! {
            <section class="card">
                <h2>{words.tried}</h2>
                <p>{words.tried_text}</p>
                <ul class="rows">{tried}</ul>
            </section>
        })}
    }
}
