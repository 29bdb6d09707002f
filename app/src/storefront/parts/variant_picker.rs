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
    let first = &page.variants[0];
    let prices_differ = page.variants.iter().any(|variant| variant.price != first.price || variant.was != first.was);
    let all: Vec<(usize, &VariantChoice)> = page.variants.iter().enumerate().collect();
    let group = |legend: String, members: Vec<(usize, &VariantChoice)>, name: &dyn Fn(&VariantChoice) -> String| {
        // One price for the whole group is said once, above it.
        let shared = members
            .first()
            .map(|(_, variant)| variant.price)
            .filter(|price| members.iter().all(|(_, variant)| variant.price == *price));
        let legend = match shared.filter(|_| prices_differ) {
            Some(price) => format!("{legend} · {price}"),
            None => legend,
        };
        let chips: Vec<_> = members
            .iter()
            .map(|(at, variant)| chip(words, page, *at, variant, name(variant), prices_differ, shared.is_none()))
            .collect();
        view! { <fieldset class="choice"><legend>{legend}</legend>{chips}</fieldset> }
    };
    let [option, rest @ ..] = page.options.as_slice() else {
        return vec![group(String::new(), all, &|variant| variant.name.clone())];
    };
    if rest.is_empty() {
        return vec![group(option.name.clone(), all, &|variant| variant.name.clone())];
    }
    let after = rest.iter().map(|option| option.name.as_str()).collect::<Vec<_>>().join(", ");
    option
        .values
        .iter()
        .map(|value| {
            let members = all.iter().copied().filter(|(_, variant)| variant.values.first() == Some(value)).collect();
            group(format!("{} {value} · {after}", option.name), members, &|variant| {
                variant.values.get(1..).unwrap_or_default().join(" / ")
            })
        })
        .collect()
}

/// The attributes carry what a script shows after the choice; without one the chip itself says it.
fn chip(
    words: &'static ShopWords,
    page: &ProductPage,
    at: usize,
    variant: &VariantChoice,
    name: String,
    prices_differ: bool,
    says_price: bool,
) -> impl IntoView + use<> {
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
                {(says_price && !is_sold_out).then(|| view! { " "<small>{variant.price.to_string()}</small> })}
                {is_sold_out.then(|| view! { " "<small>{words.sold_out}</small> })}
            </span>
        </label>
    }
}
