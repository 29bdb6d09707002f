//! The shop's front page: what it is, its categories, what is in it now, how buying works.

use crate::storefront::parts::{
    delivery_note::delivery_note,
    empty::empty,
    picture::{Place, Turn, picture},
    product_card::products,
    reach::reach,
    recent::recent,
};
use crate::storefront::{document, frame, head::Head, sheet::Sheet};
use crate::text::shop::{ShopWords, words};
use duka::kernel::phone::Phone;
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
    let made = (words.home_description)(frame.tagline.as_deref().unwrap_or(&frame.name).trim_end_matches('.'));
    let description = frame.seo.description.as_deref().unwrap_or(&made);
    let front = meta::address(&frame.origin, frame.locale, "/");
    let search = meta::address(&frame.origin, frame.locale, "/search");
    let mut head = Head::new(frame.seo.title.clone().unwrap_or_default())
        .described(description)
        .styled(Sheet::Browse)
        .with_data(&business(frame, front.clone()))
        .with_data(&WebSite::new(frame.name.clone(), front, &search));
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

/// Who sells here, and where they are found. What is not known is left out.
fn business(frame: &ShopFrame, front: String) -> Store {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let mut store = Store::new(frame.name.clone(), front);
    store.logo = frame.logo.as_ref().map(|logo| format!("{}{}", frame.origin, logo.src(512)));
    store.image.clone_from(&store.logo);
    store.description = said(&frame.tagline);
    store.telephone = frame.contact_phone.as_deref().and_then(Phone::parse).map(|phone| phone.as_str().to_owned());
    store.email = said(&frame.contact_email);
    store.vat = said(&frame.vat_number);
    if let Some(street) = said(&frame.address) {
        let address = PostalAddress::new(street, said(&frame.area));
        return store.at(address);
    }
    store
}

fn welcome(frame: &ShopFrame, page: &HomePage) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let heading = frame.tagline.clone().unwrap_or_else(|| frame.name.clone());
    view! {
        <section class="welcome">
            <h1>{heading}</h1>
            <dl class="facts">
                {delivery_note(frame, page.delivery.as_ref(), page.spread, page.area_count, &[])}
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
            let shown =
                tile.picture.as_ref().map(|shown| picture(frame, shown, Place::Card(Turn::of(i)), "", &tile.name));
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
