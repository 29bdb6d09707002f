//! A product's pictures: swiped through on a phone, laid out on a wide screen. No script.

use super::picture::{Place, picture};
use duka::pages::storefront::{frame::ShopFrame, parts::Picture};
use leptos::prelude::*;

/// `label` names the group; a picture without words of its own carries the product's name.
pub fn gallery(frame: &ShopFrame, pictures: &[Picture], product: &str, label: String) -> impl IntoView + use<> {
    let several = pictures.len() > 1;
    let items: Vec<_> = pictures
        .iter()
        .enumerate()
        .map(|(i, shown)| {
            let place = if i == 0 { Place::Main } else { Place::Gallery };
            let alt = if shown.alt.is_empty() { product } else { &shown.alt };
            picture(frame, shown, place, alt, alt)
        })
        .collect();
    // What scrolls must be reachable with keys alone.
    view! {
        <div class=if several { "gallery" } else { "gallery gallery--single" } role="group" aria-label=label tabindex=several.then_some("0")>
            {items}
        </div>
    }
}
