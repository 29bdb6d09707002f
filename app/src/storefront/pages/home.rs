//! The shop's front page: what it is, its categories, what is in it now, how buying works.

use crate::storefront::parts::{
    delivery_note::delivery_note,
    empty::empty,
    picture::{Place, picture},
    product_card::products,
    reach::reach,
    recent::recent,
};
use crate::storefront::{document, frame, head::Head};
use crate::text::shop::{ShopWords, words};
use duka::pages::storefront::{
    frame::ShopFrame,
    home::{CategoryTile, HomePage},
};
use duka::seo::{
    meta,
    schema_org::{PostalAddress, Store, WebSite},
};
use leptos::prelude::*;

pub fn home(frame: &ShopFrame, page: &HomePage) -> String {
    let words = words(frame.locale);
    let description = (words.home_description)(frame.tagline.as_deref().unwrap_or(&frame.name).trim_end_matches('.'));
    let front = meta::address(&frame.origin, frame.locale, "/");
    let mut store = Store::new(frame.name.clone(), front.clone());
    store.logo = frame.logo.as_ref().map(|logo| format!("{}{}", frame.origin, logo.src(512)));
    store.description.clone_from(&frame.tagline);
    store.telephone.clone_from(&frame.contact_phone);
    store.address = (frame.address.is_some() || frame.area.is_some()).then(|| PostalAddress {
        street_address: frame.address.clone(),
        address_locality: frame.area.clone(),
        address_country: "KE",
    });
    let search = meta::address(&frame.origin, frame.locale, "/search");
    let mut head = Head::new("").described(&description).with_data(&store).with_data(&WebSite::new(
        frame.name.clone(),
        front,
        &search,
    ));
    head.picture = page.products.iter().find_map(|card| card.picture.clone());
    document::page(frame, head, || {
        view! {
            {welcome(frame, page)}
            {(page.categories.len() > 1).then(|| categories(frame, words, &page.categories))}
            {if page.products.is_empty() {
                let ask = frame::whatsapp(frame, "").map(|address| (address, words.on_whatsapp));
                view! { {empty(words.nothing_for_sale.to_owned(), words.nothing_for_sale_text, ask)}{reach(frame)} }.into_any()
            } else {
                view! { <section class="block"><h2>{words.newest}</h2>{products(frame, &page.products, page.categories.len() < 2)}</section> }.into_any()
            }}
            {how_it_works(words, page.area_count)}
            {recent(frame)}
        }
    })
}

fn welcome(frame: &ShopFrame, page: &HomePage) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let heading = frame.tagline.clone().unwrap_or_else(|| frame.name.clone());
    view! {
        <section class="welcome">
            <h1>{heading}</h1>
            <dl class="facts">
                {delivery_note(frame, page.delivery.as_ref(), page.spread, page.area_count)}
                <div class="fact fact--pay"><dt>{words.promise_pay}</dt><dd>{words.pay_with_mpesa_or_cash}</dd></div>
            </dl>
        </section>
    }
}

fn categories(frame: &ShopFrame, words: &'static ShopWords, tiles: &[CategoryTile]) -> impl IntoView + use<> {
    let tiles: Vec<_> = tiles
        .iter()
        .enumerate()
        .map(|(i, tile)| {
            let shown = tile
                .picture
                .as_ref()
                .map(|shown| picture(frame, shown, Place::Card { is_early: i < 2 }, "", &tile.name));
            let shown = view! { <span class="tile__picture">{shown}</span> };
            let (outside, inside) = if frame.is_light { (Some(shown), None) } else { (None, Some(shown)) };
            view! {
                <li>
                    {outside}
                    <a class="tile" href=frame.locale.path(&format!("/c/{}", tile.slug))>
                        {inside}
                        <span class="tile__name">{tile.name.clone()}</span>
                        " "<small>{(words.products)(tile.product_count)}</small>
                    </a>
                </li>
            }
        })
        .collect();
    view! { <section class="block"><h2>{words.shop_by_category}</h2><ul class="tiles">{tiles}</ul></section> }
}

fn how_it_works(words: &'static ShopWords, area_count: u32) -> impl IntoView + use<> {
    view! {
        <section class="block">
            <h2>{words.how_it_works}</h2>
            <ul class="promises">
                <li class="fact--delivery"><h3>{words.delivery_heading}</h3><p>{(words.promise_delivery)(area_count)}</p></li>
                <li class="fact--pay"><h3>{words.promise_pay}</h3><p>{words.promise_pay_text}</p></li>
                <li class="fact--chat"><h3>{words.promise_help}</h3><p>{words.promise_help_text}</p></li>
            </ul>
        </section>
    }
}
