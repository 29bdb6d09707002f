//! A product in a list: picture, name, price, one link.

use super::picture::{Place, Turn, picture};
use super::price::price;
use crate::text::shop::{ShopWords, words};
use duka::pages::storefront::{frame::ShopFrame, parts::ProductCard};
use leptos::prelude::*;

/// The grid of cards. `is_first` when the list begins on the first screen.
pub fn products(frame: &ShopFrame, cards: &[ProductCard], is_first: bool) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let turn = |index| if is_first { Turn::of(index) } else { Turn::Later };
    let cards: Vec<_> = cards.iter().enumerate().map(|(i, card)| product_card(frame, words, card, turn(i))).collect();
    view! { <ul class="products">{cards}</ul> }
}

fn product_card(frame: &ShopFrame, words: &'static ShopWords, card: &ProductCard, turn: Turn) -> impl IntoView + use<> {
    let address = frame.locale.path(&format!("/p/{}", card.slug));
    let shown = view! {
        <span class="card__picture">
            // The name stands beside it: an alternative text would only be read twice.
            {card.picture.as_ref().map(|shown| picture(frame, shown, Place::Card(turn), "", &card.name))}
            {card.is_sold_out.then(|| view! { <span class="tag">{words.sold_out}</span> })}
        </span>
    };
    // A link to a picture cannot stand in the link to its product.
    let (outside, inside) = if frame.is_light { (Some(shown), None) } else { (None, Some(shown)) };
    view! {
        <li class="card">
            {outside}
            <a href=address>
                {inside}
                <span class="card__name">{card.name.clone()}</span>
            </a>
            {price(words, card.price, card.was, card.has_dearer)}
        </li>
    }
}
