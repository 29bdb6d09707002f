//! An order that staff enter: one form that carries everything typed, whichever of its buttons is pressed.

use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{
    account,
    changed::told,
    dash,
    entry::{self, EntryWords},
    orders, still as words_of_forms,
};
use duka::checkout::changed::Change;
use duka::kernel::{id::VariantId, locale::Locale, money::Money};
use duka::orders::channel::Channel;
use duka::pages::dashboard::products::ProductsPage;
use duka::pages::storefront::{cart::CartLine, checkout::CheckoutPage};
use duka::payments::method::PaymentMethod;
use leptos::prelude::*;

pub const NEW: &str = "/dashboard/orders/new";
/// The field that says which button was pressed, and what it can say.
pub const DO: &str = "do";
pub const PLACE: &str = "place";
/// The button that puts a variant in.
pub const ADD: &str = "add";
const LINE: &str = "line-";
/// What is shown of a search.
const MOST_SHOWN: usize = 40;

/// How many pieces of a variant; the field's name.
pub fn line_field(variant: VariantId) -> String {
    format!("{LINE}{variant}")
}

/// The variant of such a field.
pub fn line_of(field: &str) -> Option<VariantId> {
    field.strip_prefix(LINE).and_then(VariantId::parse)
}

/// Why nothing was placed, where it is no single field's fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    pub is_empty: bool,
    pub has_bad_quantity: bool,
    /// Something was taken out, because it is sold here no more.
    pub is_short: bool,
    pub changes: Vec<Change>,
}

/// What the form shows beside what was typed.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The token of the draft.
    pub draft: &'a str,
    /// None while nothing is chosen.
    pub reckoned: Option<&'a CheckoutPage>,
    pub found: Option<&'a ProductsPage>,
    pub sheet: &'a Sheet,
    pub trouble: &'a Trouble,
}

pub fn entry(still: &Still<'_>, shown: &Entry<'_>) -> String {
    let locale = still.who.locale;
    let words = entry::words(locale);
    let sheet = shown.sheet;
    page(still, || {
        view! {
            <h1>{words.title}</h1>
            <p class="still__lead">{words.lead}</p>
            <form class="entry" method="post" action=NEW>
                {top(locale, shown)}
                <input type="hidden" name="draft" value=shown.draft.to_owned()/>
                // What the enter key presses.
                <button class="hidden" type="submit" formnovalidate=true name=DO value="reckon" tabindex="-1" aria-hidden="true">{words.reckon}</button>
                <section class="card sheet">
                    <h2>{words.goods}</h2>
                    {match shown.reckoned {
                        Some(reckoned) => lines(words, &reckoned.lines).into_any(),
                        None => view! { <p class="quiet">{words.no_goods}</p> }.into_any(),
                    }}
                    {find(words, shown)}
                </section>
                {match shown.reckoned {
                    Some(reckoned) => view! {
                        {buyer(locale, words, sheet, reckoned)}
                        {sums(words, reckoned)}
                    }
                    .into_any(),
                    // Without goods there is nothing to ask about; what was typed before comes along.
                    None => kept(sheet).into_any(),
                }}
            </form>
            <p><a href=crate::dashboard::address::ORDERS>{words_of_forms::words(locale).back}</a></p>
        }
    })
}

fn top(locale: Locale, shown: &Entry<'_>) -> impl IntoView + use<> {
    let words = entry::words(locale);
    let trouble = shown.trouble;
    let mut said: Vec<String> = Vec::new();
    for (is_so, sentence) in [
        (trouble.is_empty, words.empty),
        (trouble.has_bad_quantity, words.bad_quantity),
        (!trouble.changes.is_empty(), words.changed),
        (!shown.sheet.errors.is_empty() && !trouble.has_bad_quantity, words.look_again),
        (trouble.is_short, words.not_sold),
    ] {
        if is_so {
            said.push(sentence.to_owned());
        }
    }
    if let Some(problem) = &shown.sheet.problem {
        said.push((dash::words(locale).error)(problem));
    }
    let changes: Vec<_> = trouble.changes.iter().map(|change| view! { <li>{told(locale, change)}</li> }).collect();
    (!said.is_empty()).then(|| {
        view! {
            <div class="notice notice--bad" role="alert">
                {said.into_iter().map(|line| view! { <p>{line}</p> }).collect::<Vec<_>>()}
                {(!changes.is_empty()).then(|| view! { <ul>{changes}</ul> })}
            </div>
        }
    })
}

fn lines(words: &'static EntryWords, lines: &[CartLine]) -> impl IntoView + use<> {
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let field = line_field(line.variant);
            let name = full_name(&line.product_name, &line.variant_name);
            view! {
                <li class="back__line">
                    <label class="back__name" for=field.clone()>
                        <span class="hidden">{(words.quantity_of)(&name)}</span>
                        <b aria-hidden="true">{name.clone()}</b>
                    </label>
                    <input class="input back__pieces" id=field.clone() name=field inputmode="numeric" autocomplete="off" maxlength="3" value=line.quantity.to_string()/>
                    <small class="back__facts">{line.unit_price.to_string()}" · "{(words.left)(i64::from(line.available))}" · "{line.total.to_string()}</small>
                </li>
            }
        })
        .collect();
    view! { <ul>{rows}</ul><p class="quiet">{words.remove_hint}</p> }
}

fn find(words: &'static EntryWords, shown: &Entry<'_>) -> impl IntoView + use<> {
    let typed = shown.sheet.typed.get("words").to_owned();
    let results = shown.found.map(|found| {
        let rows: Vec<_> = found
            .rows
            .iter()
            .flat_map(|product| product.variants.iter().map(move |variant| (product, variant)))
            .take(MOST_SHOWN)
            .map(|(product, variant)| {
                let name = full_name(&product.name, &variant.name);
                let facts = format!("{} · {}", variant.price, (words.left)(i64::from(variant.stock - variant.held)));
                view! {
                    <li class="row">
                        <span class="row__name">{name.clone()}</span>
                        <span class="row__more">{facts}</span>
                        <button class="button" type="submit" formnovalidate=true name=ADD value=variant.id.to_string() aria-label=(words.add)(&name)>"+"</button>
                    </li>
                }
            })
            .collect();
        if rows.is_empty() {
            view! { <p class="quiet">{words.nothing_found}</p> }.into_any()
        } else {
            view! { <ul class="rows">{rows}</ul> }.into_any()
        }
    });
    view! {
        <div class="search" role="search">
            <label class="hidden" for="words">{words.find}</label>
            <input class="input" id="words" type="search" name="words" maxlength="100" autocomplete="off" placeholder=words.find_hint value=typed/>
            <button class="button" type="submit" formnovalidate=true name=DO value="find">{words.search}</button>
        </div>
        {results}
    }
}

/// Every field but the draft, its lines and what was pressed.
pub const FIELDS: [&str; 10] = [
    "channel",
    "name",
    "phone",
    "area",
    "street",
    "instructions",
    "payment_method",
    "language",
    "words",
    "seen_total_cents",
];

/// The fields about the buyer, of which each is carried by every page.
const BUYER: [&str; 8] = ["channel", "name", "phone", "area", "street", "instructions", "payment_method", "language"];

fn kept(sheet: &Sheet) -> impl IntoView + use<> {
    BUYER
        .into_iter()
        .map(|name| (name, sheet.typed.get(name).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect::<Vec<_>>()
}

fn buyer(locale: Locale, words: &'static EntryWords, sheet: &Sheet, reckoned: &CheckoutPage) -> impl IntoView + use<> {
    let labels = [
        ("channel", words.channel),
        ("name", words.name),
        ("phone", words.phone),
        ("area", words.area),
        ("street", words.street),
        ("instructions", words.instructions),
        ("payment_method", words.payment_method),
        ("language", words.language),
    ];
    let mut sheet = sheet.clone();
    if let Some(area) = reckoned.areas.get(reckoned.chosen) {
        sheet.typed.set("area", area.area.clone());
    }
    let form = Form { locale, sheet: &sheet, labels: &labels };
    let channels: Vec<(String, String)> = Channel::BY_STAFF
        .into_iter()
        .map(|channel| (channel.as_str().to_owned(), (orders::words(locale).channels)(channel).to_owned()))
        .collect();
    let areas: Vec<(String, String)> =
        reckoned.areas.iter().map(|area| (area.area.clone(), format!("{}, {}", area.area, area.fee))).collect();
    // Staff ask for a prompt or take cash; whatever else the shop takes is between it and the buyer.
    let ways: Vec<(String, String)> = [(PaymentMethod::MpesaStk, words.prompt), (PaymentMethod::Cod, words.cash)]
        .into_iter()
        .filter(|(method, _)| reckoned.methods.contains(method) || sheet.typed.get("payment_method") == method.as_str())
        .map(|(method, name)| (method.as_str().to_owned(), name.to_owned()))
        .collect();
    // Who comes for it, to the shop or to an agent, is brought nothing.
    let comes = reckoned.is_collection;
    let named = account::words(locale);
    let languages: Vec<(String, String)> = [(Locale::En, named.english), (Locale::Sw, named.swahili)]
        .into_iter()
        .map(|(language, name)| (language.tag().to_owned(), name.to_owned()))
        .collect();
    view! {
        <section class="card sheet">
            <h2>{words.buyer}</h2>
            {form.choose("channel", &channels, None)}
            {form.line(Line { name: "name", max: 100, ..Line::default() })}
            {form.line(Line { name: "phone", kind: "tel", inputmode: Some("tel"), max: 20, ..Line::default() })}
            {form.choose("area", &areas, None)}
            {form.line(Line { name: "street", hint: comes.then_some(words.no_street), is_optional: comes, max: 200, ..Line::default() })}
            {form.line(Line { name: "instructions", is_optional: true, max: 500, ..Line::default() })}
            {form.choose("payment_method", &ways, None)}
            {form.choose("language", &languages, None)}
        </section>
    }
}

fn sums(words: &'static EntryWords, reckoned: &CheckoutPage) -> impl IntoView + use<> {
    let sum = |name: &'static str, amount: &Money| view! { <div><dt>{name}</dt><dd>{amount.to_string()}</dd></div> };
    let before = reckoned.subtotal.minor() + reckoned.delivery.minor();
    let saved = Money::new(before - reckoned.total.minor(), reckoned.total.currency());
    let total = reckoned.total;
    view! {
        <section class="card sheet">
            <h2>{words.sums}</h2>
            <dl class="sums">
                {sum(words.subtotal, &reckoned.subtotal)}
                {(saved.minor() > 0).then(|| sum(words.savings, &saved))}
                {sum(words.delivery, &reckoned.delivery)}
                <div class="sums__total"><dt>{words.total}</dt><dd>{total.to_string()}</dd></div>
            </dl>
            <input type="hidden" name="seen_total_cents" value=total.minor().to_string()/>
            <p class="pair">
                <button class="button button--main" type="submit" formnovalidate=true name=DO value=PLACE>{(words.place)(&total)}</button>
                <button class="button" type="submit" formnovalidate=true name=DO value="reckon">{words.reckon}</button>
            </p>
        </section>
    }
}

fn full_name(product: &str, variant: &str) -> String {
    if variant.is_empty() { product.to_owned() } else { format!("{product}, {variant}") }
}
