//! The form of a discount: the kind is chosen first, then its own fields are shown.

use super::ADDRESS;
use crate::still::{
    form::{Form, Line, Sheet},
    frame::{Still, page},
};
use crate::text::{
    discounts::{DiscountWords, words},
    still as words_of_forms,
};
use duka::kernel::locale::Locale;
use duka::pricing::{
    code::Code,
    edit_rules::EditedRule,
    rule::{KindName, Season},
    rule_form::LONGEST_NAME,
};
use leptos::prelude::*;

const fn labels(locale: Locale) -> [(&'static str, &'static str); 18] {
    let words = words(locale);
    [
        ("name", words.name),
        ("percent", words.percent),
        ("amount", words.amount),
        ("each", words.each),
        ("buy", words.buy),
        ("get", words.get),
        ("times", words.times),
        ("scope", words.scope),
        ("categories", words.categories),
        ("products", words.products),
        ("alone", words.alone),
        ("needs_code", words.needs_code),
        ("minimum", words.minimum),
        ("most", words.most),
        ("cap", words.cap),
        ("once", words.once),
        ("starts", words.starts),
        ("ends", words.ends),
    ]
}

/// Which kind is it to be?
pub fn choose(still: &Still<'_>) -> String {
    let words = words(still.who.locale);
    let kinds: Vec<_> = KindName::ALL
        .into_iter()
        .map(|kind| {
            view! {
                <li>
                    <a class="row" href=format!("{ADDRESS}/new?kind={}", kind.as_str())>
                        <span class="row__name">{(words.kind)(kind)}</span>
                        <span class="row__more">{(words.kind_text)(kind)}</span>
                    </a>
                </li>
            }
        })
        .collect();
    page(still, || {
        view! {
            <h1>{words.choose_kind}</h1>
            <ul class="card rows">{kinds}</ul>
            {back(still.who.locale)}
        }
    })
}

/// A new one. `rule` is the id that the form carries, so that it is made once.
pub fn new(still: &Still<'_>, kind: KindName, rule: &str, categories: &[(String, String)], sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let labels = [[("rule", ""), ("kind", "")].as_slice(), &labels(locale)].concat();
    let form = Form { locale, sheet, labels: &labels };
    let rule = rule.to_owned();
    page(still, || {
        view! {
            <h1>{(words.new_of)(kind)}</h1>
            <form class="card sheet" method="post" action=format!("{ADDRESS}/new")>
                {form.top()}
                <input type="hidden" name="rule" value=rule/>
                <input type="hidden" name="kind" value=kind.as_str()/>
                {fields(&form, words, kind, categories)}
                <button class="button button--main" type="submit">{words.add}</button>
            </form>
            {back(locale)}
        }
    })
}

/// One that is there.
pub fn edit(still: &Still<'_>, found: &EditedRule, categories: &[(String, String)], sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let labels = labels(locale);
    let form = Form { locale, sheet, labels: &labels };
    let at = format!("{ADDRESS}/{}", found.id);
    let (action, word) = if found.season == Season::Paused { ("resume", words.resume) } else { ("pause", words.pause) };
    let needs_code = found.form.needs_code;
    let is_over = found.season == Season::Over;
    page(still, || {
        view! {
            <h1>{found.form.name.clone()}</h1>
            <p class="still__lead">{(words.kind)(found.kind)}" · "{(words.season)(found.season)}</p>
            {needs_code.then(|| view! { <p><a class="button" href=format!("{at}/codes")>{words.codes}</a></p> })}
            <form class="card sheet" method="post" action=at.clone()>
                {form.top()}
                {form.carried()}
                {fields(&form, words, found.kind, categories)}
                {form.save()}
            </form>
            {(!is_over).then(|| view! {
                <form class="card sheet" method="post" action=format!("{at}/{action}")>
                    <button class="button" type="submit">{word}</button>
                </form>
            })}
            {back(locale)}
        }
    })
}

pub(super) fn back(locale: Locale) -> impl IntoView {
    view! { <p><a href=ADDRESS>{words_of_forms::words(locale).back}</a></p> }
}

fn fields(
    form: &Form<'_>,
    words: &'static DiscountWords,
    kind: KindName,
    categories: &[(String, String)],
) -> impl IntoView + use<> {
    let number = |name, hint, is_optional| {
        form.line(Line { name, inputmode: Some("numeric"), hint, is_optional, max: 12, ..Line::default() }).into_any()
    };
    let own = match kind {
        KindName::PercentageOff => form
            .line(Line {
                name: "percent",
                inputmode: Some("decimal"),
                placeholder: Some("10"),
                hint: Some(words.percent_hint),
                max: 8,
                ..Line::default()
            })
            .into_any(),
        KindName::AmountOff => {
            view! { {number("amount", None, false)}{form.tick("each", "on", words.each)} }.into_any()
        }
        KindName::BuyGet => view! {
            <div class="sheet__pair">{number("buy", None, false)}{number("get", None, false)}</div>
            {number("times", Some(words.times_hint), true)}
        }
        .into_any(),
        KindName::FreeDelivery => ().into_any(),
    };
    let scopes =
        [("storewide", words.scope_storewide), ("category", words.scope_category), ("product", words.scope_product)]
            .map(|(value, label)| (value.to_owned(), label.to_owned()));
    let is_paid_off = !matches!(kind, KindName::BuyGet);
    let moment = |name, hint| {
        form.line(Line { name, kind: "datetime-local", hint, is_optional: true, max: 19, ..Line::default() })
    };
    view! {
        {form.line(Line { name: "name", hint: Some(words.name_hint), max: u16::try_from(LONGEST_NAME).unwrap_or(u16::MAX), ..Line::default() })}
        {own}
        {form.choose("scope", &scopes, None)}
        {ticks(form, categories)}
        {form.text("products", 8_000, 3, Some(words.products_hint))}
        <div class="sheet__pair">
            {number("minimum", Some(words.minimum_hint), true)}
            {is_paid_off.then(|| number("most", Some(words.most_hint), true))}
        </div>
        {form.tick("needs_code", "on", words.needs_code)}
        {form.tick("once", "on", words.once)}
        {number("cap", Some(words.cap_hint), true)}
        {form.tick("alone", "on", words.alone)}
        <p class="field__hint">{words.alone_hint}</p>
        <div class="sheet__pair">{moment("starts", Some(words.time_hint))}{moment("ends", None)}</div>
    }
}

/// A box for each category; shown when asked for, since a shop may have many.
fn ticks(form: &Form<'_>, categories: &[(String, String)]) -> impl IntoView + use<> {
    let words = words(form.locale);
    let chosen: Vec<&str> = form.sheet.typed.get("categories").split_whitespace().collect();
    let problem = form.sheet.errors.of("categories").map(|problem| words_of_forms::problem(form.locale, problem));
    let is_open = problem.is_some() || form.sheet.typed.get("scope") == "category";
    let boxes: Vec<_> = categories
        .iter()
        .map(|(id, name)| {
            let is_on = chosen.contains(&id.as_str());
            view! {
                <label class="choice">
                    <input type="checkbox" name="categories" value=id.clone() checked=is_on/>
                    <span>{name.clone()}</span>
                </label>
            }
        })
        .collect();
    (!boxes.is_empty() || problem.is_some()).then(|| {
        view! {
            <details class="field" open=is_open>
                <summary>{words.categories}</summary>
                {problem.map(|problem| view! { <p class="field__problem" id="p-categories">{problem}</p> })}
                <div class="choices">{boxes}</div>
            </details>
        }
    })
}

/// The longest code that a field takes.
pub(super) const CODE_LENGTH: u16 = Code::LONGEST_TYPED;
