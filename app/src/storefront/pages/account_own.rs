//! A shopper's address book, their language, the copy of their data and the end of it.

use super::account::menu;
use crate::storefront::parts::{notice::notice, reach::reach};
use crate::storefront::{document, head::Head};
use crate::text::{
    shop,
    shopper::{ShopperWords, words},
};
use crate::ui::text_area::{TextArea, text_area};
use duka::customers::addresses::{LONGEST_LABEL, LONGEST_NOTE};
use duka::kernel::{field_errors::FieldErrors, id::CustomerAddressId, locale::Locale, typed::Typed};
use duka::pages::storefront::{
    account::{OwnCopy, OwnPlace, OwnPlaces},
    frame::ShopFrame,
};
use leptos::prelude::*;

/// What became of the form that was sent just now.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub is_saved: bool,
    /// Somebody else was faster.
    pub is_stale: bool,
    /// Of which place, what was typed, and what is wrong with it. The version it was read at stands beside what was
    /// typed, unless the one of now has been seen.
    pub refused: Option<(CustomerAddressId, Typed, FieldErrors)>,
}

/// Each place with a form to mend it and a button to forget it.
pub fn own_places(frame: &ShopFrame, page: &OwnPlaces, told: &Told) -> String {
    let words = words(frame.locale);
    let places: Vec<_> = page.places.iter().map(|place| one(frame, words, place, told)).collect();
    let is_empty = places.is_empty();
    document::page(frame, Head::private(words.places), || {
        view! {
            <h1>{words.places}</h1>
            {menu(frame, words, &page.shopper)}
            {told.is_saved.then(|| view! { <p class="notice" role="status">{words.saved}</p> })}
            {told.is_stale.then(|| notice(words.changed_meanwhile.to_owned()))}
            <p class="block">{if is_empty { words.no_places } else { words.places_lead }}</p>
            <ul class="posts">{places}</ul>
        }
    })
}

fn one(frame: &ShopFrame, words: &'static ShopperWords, place: &OwnPlace, told: &Told) -> impl IntoView + use<> {
    let shop = shop::words(frame.locale);
    let mine = told.refused.as_ref().filter(|(id, ..)| *id == place.id);
    let shown = |name: &str, stands: &str| mine.map_or(stands, |(_, typed, _)| typed.get(name)).to_owned();
    let wrong = |name: &str| mine.and_then(|(.., errors)| errors.of(name)).map(shop.problem);
    let version = shown("version", "");
    let version = if version.is_empty() { place.version.to_string() } else { version };
    let is_usual = mine.map_or(place.is_usual, |(_, typed, _)| typed.is_on("is_default"));
    let name = match (place.label.as_str(), place.street.as_str()) {
        ("", "") => place.area.clone(),
        ("", street) => format!("{street}, {}", place.area),
        (label, street) => format!("{label}: {street}, {}", place.area),
    };
    let home = frame.locale.path(&format!("/account/addresses/{}", place.id));
    let max = |longest: usize| u16::try_from(longest).unwrap_or(u16::MAX);
    let (instructions, problem, note) =
        (format!("f-told-{}", place.id), wrong("instructions"), shown("instructions", &place.told));
    view! {
        <li>
            <h2>{name}{place.is_usual.then(|| view! { " "<small>{words.is_usual}</small> })}</h2>
            {(!place.told.is_empty()).then(|| view! { <p>{place.told.clone()}</p> })}
            <details open=mine.is_some()>
                <summary>{words.change}</summary>
                <form class="block--narrow" method="post" action=home.clone()>
                    <input type="hidden" name="version" value=version/>
                    {label(words, shop.optional, place, shown("label", &place.label), wrong("label"), max(LONGEST_LABEL))}
                    <div class="field">
                        <label for=instructions.clone()>{words.told}</label>" "<small>{shop.optional}</small>
                        {text_area(TextArea { id: instructions.clone(), name: "instructions", value: &note, max: max(LONGEST_NOTE), rows: 3, is_wrong: problem.is_some(), described: Some(format!("h-{instructions}")) })}
                        <p class=if problem.is_some() { "field__problem" } else { "field__hint" } id=format!("h-{instructions}")>{problem.unwrap_or(words.told_hint)}</p>
                    </div>
                    <label class="check"><input type="checkbox" name="is_default" value="on" checked=is_usual/><span>{words.usual}</span></label>
                    <button class="button">{words.save}</button>
                </form>
                <form method="post" action=format!("{home}/forget")>
                    <button class="button button--plain">{words.forget}</button>
                </form>
            </details>
        </li>
    }
}

/// Every place has a field of that name, so its ids carry the place.
fn label(
    words: &'static ShopperWords,
    optional: &'static str,
    place: &OwnPlace,
    value: String,
    problem: Option<&'static str>,
    max: u16,
) -> impl IntoView + use<> {
    let id = format!("f-label-{}", place.id);
    let described = problem.is_some().then(|| format!("p-{id}"));
    view! {
        <div class="field">
            <label for=id.clone()>{words.label}</label>" "<small>{optional}</small>
            <input class="input" id=id.clone() name="label" value=value maxlength=max.to_string() autocomplete="off" aria-invalid=problem.is_some().then_some("true") aria-describedby=described/>
            {problem.map(|problem| view! { <p class="field__problem" id=format!("p-{id}")>{problem}</p> })}
        </div>
    }
}

/// Language, copy, end. `is_unticked` after somebody pressed without being sure.
pub fn own_copy(frame: &ShopFrame, page: &OwnCopy, is_unticked: bool) -> String {
    let words = words(frame.locale);
    document::page(frame, Head::private(words.own), || {
        view! {
            <h1>{words.own}</h1>
            {menu(frame, words, &page.shopper)}
            {language(frame, words)}
            {if page.shopper.is_sure {
                copy_and_end(frame, words, page, is_unticked).into_any()
            } else {
                view! { <section class="block block--narrow"><p>{words.not_sure}</p>{reach(frame)}</section> }.into_any()
            }}
        }
    })
}

fn language(frame: &ShopFrame, words: &'static ShopperWords) -> impl IntoView + use<> {
    let own = frame.locale;
    let buttons: Vec<_> = Locale::ALL
        .into_iter()
        .filter(|locale| *locale == Locale::En || frame.offers_swahili)
        .map(|locale| {
            // A language calls the other one by its own name.
            let name = shop::words(locale.other()).other_language;
            view! { <button class="button button--quiet" name="language" value=locale.tag() lang=locale.tag()>{name}</button>" " }
        })
        .collect();
    view! {
        <section class="block block--narrow">
            <h2>{words.language}</h2>
            <form method="post" action=own.path("/account/language")>
                <p>{words.language_lead}</p>
                <p>{buttons}</p>
            </form>
        </section>
    }
}

fn copy_and_end(
    frame: &ShopFrame,
    words: &'static ShopperWords,
    page: &OwnCopy,
    is_unticked: bool,
) -> impl IntoView + use<> {
    let to = |path: &str| frame.locale.path(path);
    let when = if page.open.is_nothing() {
        words.erase_now.to_owned()
    } else {
        (words.erase_later)(&page.open.orders, page.open.refunds)
    };
    let problem = is_unticked.then(|| notice(words.please_tick.to_owned()));
    let end = if page.shopper.leaving_since.is_some() {
        view! {
            <p class="notice" role="status">{words.erase_waits}" "{when}</p>
            <form method="post" action=to("/account/own/keep")>
                <button class="button button--quiet">{words.keep_button}</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p>{when}</p>
            {problem}
            <form method="post" action=to("/account/own/erase")>
                <label class="check"><input type="checkbox" name="sure" value="on" required/><span>{words.erase_sure}</span></label>
                <button class="button button--quiet">{words.erase_button}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="block block--narrow">
            <h2>{words.copy}</h2>
            <form method="post" action=to("/account/own/copy")>
                <p>{words.copy_text}</p>
                <button class="button">{words.copy_button}</button>
            </form>
        </section>
        <section class="block block--narrow">
            <h2>{words.erase}</h2>
            <p>{words.erase_text}</p>
            {end}
        </section>
    }
}
