//! The choice among a product's variants: radio buttons that a plain form posts.

use crate::text::shop::ShopWords;
use duka::pages::storefront::product::{Availability, ProductPage, VariantChoice};
use leptos::prelude::*;

/// Chips; with two options or more, one group of chips per value of the first.
pub fn variant_picker(words: &'static ShopWords, page: &ProductPage) -> AnyView {
    let [only] = page.variants.as_slice() else {
        return groups(words, page).into_any();
    };
    view! { <input type="hidden" name="variant" value=only.id.to_string()/> }.into_any()
}

fn groups(words: &'static ShopWords, page: &ProductPage) -> impl IntoView + use<> {
    let prices_differ = page.variants.iter().any(|variant| variant.price != page.variants[0].price || variant.was != page.variants[0].was);
    let chip = |at: usize, variant: &VariantChoice, name: String| chip(words, page, at, variant, name, prices_differ);
    let all = || page.variants.iter().enumerate();
    if page.options.len() < 2 {
        let legend = page.options.first().map_or_else(String::new, |option| (words.choose)(&option.name));
        let chips: Vec<_> = all().map(|(i, variant)| chip(i, variant, variant.name.clone())).collect();
        return vec![group(legend, chips)];
    }
    let rest: Vec<&str> = page.options[1..].iter().map(|option| option.name.as_str()).collect();
    page.options[0]
        .values
        .iter()
        .map(|value| {
            let chips = all()
                .filter(|(_, variant)| variant.values.first() == Some(value))
                .map(|(i, variant)| chip(i, variant, variant.values.get(1..).unwrap_or_default().join(" / ")))
                .collect();
            group(format!("{value} · {}", rest.join(", ")), chips)
        })
        .collect()
}

fn group<V: IntoView>(legend: String, chips: Vec<V>) -> impl IntoView + use<V> {
    view! { <fieldset class="choice"><legend>{legend}</legend>{chips}</fieldset> }
}

/// The attributes carry what a script shows after the choice; without one the chip itself says it.
fn chip(words: &'static ShopWords, page: &ProductPage, at: usize, variant: &VariantChoice, name: String, prices_differ: bool) -> impl IntoView + use<> {
    let is_sold_out = variant.stock == Availability::SoldOut;
    let few = match variant.stock {
        Availability::Few(count) => Some((words.only_left)(count)),
        Availability::InStock | Availability::SoldOut => None,
    };
    view! {
        <label class="chip">
            <input
                type="radio"
                name="variant"
                value=variant.id.to_string()
                required
                checked=at == page.selected && !is_sold_out
                disabled=is_sold_out
                data-price=prices_differ.then(|| variant.price.to_string())
                data-was=variant.was.filter(|_| prices_differ).map(|was| was.to_string())
                data-stock=few
                data-picture=variant.picture.map(|at| at.to_string())
            />
            <span>
                {name}
                {(prices_differ && !is_sold_out).then(|| view! { " "<small>{variant.price.to_string()}</small> })}
                {is_sold_out.then(|| view! { " "<small>{words.sold_out}</small> })}
            </span>
        </label>
    }
}
