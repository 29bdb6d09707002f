//! What is suggested while a search is typed: a piece that the island puts below the box. Every line of it is a link.

use crate::storefront::document;
use crate::text::{shop, suggest::words};
use duka::kernel::locale::Locale;
use duka::pages::storefront::{parts::ProductCard, suggest::Suggestions};
use leptos::prelude::*;

/// Nothing when nothing is found. The island knows the ids; focus stays in the box.
pub fn suggestions(locale: Locale, is_light: bool, found: &Suggestions) -> String {
    let own = words(locale);
    let count = found.count();
    if count == 0 {
        return String::new();
    }
    let shelves = found.categories.iter().map(|shelf| {
        let note = view! { <small>{own.category}</small> };
        (format!("/c/{}", shelf.slug), None, shelf.name.clone(), note.into_any())
    });
    let products = found.products.iter().map(|card| {
        let picture = card.picture.as_ref().filter(|_| !is_light).map(|picture| picture.src(160));
        (format!("/p/{}", card.slug), picture, card.name.clone(), price(locale, card).into_any())
    });
    let lines: Vec<_> = shelves
        .chain(products)
        .enumerate()
        .map(|(at, (path, picture, name, note))| {
            view! {
                <a id=format!("suggested-{at}") role="option" aria-selected="false" tabindex="-1" href=locale.path(&path)>
                    {picture.map(|src| view! { <img src=src width="44" height="44" alt=""/> })}
                    <span>{name}</span>
                    " "
                    {note}
                </a>
            }
        })
        .collect();
    let label = (own.found)(count);
    document::piece(|| view! { <div class="suggested" id="suggested" role="listbox" aria-label=label>{lines}</div> })
}

fn price(locale: Locale, card: &ProductCard) -> impl IntoView + use<> {
    let words = shop::words(locale);
    let from = card.has_dearer.then(|| format!("{} ", words.from_price));
    let sold_out = card.is_sold_out.then(|| format!(" · {}", words.sold_out));
    view! { <small>{from}{card.price.to_string()}{sold_out}</small> }
}
