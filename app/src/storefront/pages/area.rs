//! Where the shop delivers: the list of areas, and one area with its terms and what can be had there.

use crate::storefront::parts::{breadcrumbs, product_card::products};
use crate::storefront::{document, head::Head};
use crate::text::{
    areas::{AreaWords, words},
    shop::{self, ShopWords},
};
use duka::delivery::zone_form::clock;
use duka::pages::storefront::{
    area::{AreaPage, AreaTerms, AreasPage},
    frame::ShopFrame,
};
use duka::seo::area_page::FOLDER;
use leptos::prelude::*;

/// All areas.
pub fn areas(frame: &ShopFrame, page: &AreasPage) -> String {
    let (words, shop) = (words(frame.locale), shop::words(frame.locale));
    let lead = (words.lead)(&frame.name);
    let steps = [(words.title.to_owned(), FOLDER.to_owned())];
    let mut head = Head::new(words.title).described(&lead).with_data(&breadcrumbs::data(frame, &steps));
    head.is_private = !page.is_listed;
    let rows: Vec<_> = page
        .areas
        .iter()
        .map(|terms| {
            let name = match &terms.slug {
                Some(slug) => {
                    let href = frame.locale.path(&format!("{FOLDER}/{slug}"));
                    view! { <a href=href>{terms.area.clone()}</a> }.into_any()
                }
                None => terms.area.clone().into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{fee(shop, terms)}</td>
                    <td>{(shop.about_minutes)(terms.eta_minutes)}</td>
                </tr>
            }
        })
        .collect();
    document::page(frame, head, || {
        view! {
            {breadcrumbs::breadcrumbs(frame, &steps)}
            <article class="policy">
                <h1>{words.title}</h1>
                {if rows.is_empty() {
                    view! { <p>{words.none}</p> }.into_any()
                } else {
                    view! {
                        <p>{lead}</p>
                        <table class="data">
                            <thead>
                                <tr>
                                    <th scope="col">{words.area}</th>
                                    <th scope="col">{words.fee}</th>
                                    <th scope="col">{words.arrives}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    }
                    .into_any()
                }}
            </article>
        }
    })
}

/// One area.
pub fn area(frame: &ShopFrame, page: &AreaPage) -> String {
    let (words, shop) = (words(frame.locale), shop::words(frame.locale));
    let terms = &page.terms;
    let title = (shop.delivery_to)(&terms.area);
    let steps = [(words.title.to_owned(), FOLDER.to_owned()), (title.clone(), frame.path.clone())];
    let price = format!("{}, {}", fee(shop, terms), (shop.about_minutes)(terms.eta_minutes));
    let described = (words.description)(&frame.name, &terms.area, &price);
    let mut head = Head::new(page.meta_title.clone().unwrap_or_else(|| title.clone()))
        .described(page.meta_description.as_deref().unwrap_or(&described))
        .with_data(&breadcrumbs::data(frame, &steps));
    head.is_private = !page.is_listed;
    head.picture = page.products.iter().find_map(|card| card.picture.clone());
    document::page(frame, head, || {
        view! {
            {breadcrumbs::breadcrumbs(frame, &steps)}
            <article class="policy">
                <h1>{title}</h1>
                {(!page.also.is_empty()).then(|| view! { <p>{(words.also)(&page.also.join(", "))}</p> })}
                {facts(words, terms, fee(shop, terms), (shop.about_minutes)(terms.eta_minutes))}
            </article>
            {(!page.products.is_empty()).then(|| view! {
                <section class="block"><h2>{(words.goods)(&terms.area)}</h2>{products(frame, &page.products, false)}</section>
            })}
        }
    })
}

fn facts(words: &'static AreaWords, terms: &AreaTerms, fee: String, time: String) -> impl IntoView + use<> {
    let row = |name: &'static str, value: String| view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> };
    view! {
        <table class="data">
            <tbody>
                {row(words.fee, fee)}
                {row(words.arrives, time)}
                {terms.cut_off.map(|minute| row(words.order_before, (words.cut_off)(&clock(minute))))}
                {(!terms.minimum.is_zero()).then(|| row(words.minimum, terms.minimum.to_string()))}
                {terms.free_from.map(|sum| row(words.free, (words.free_from)(&sum)))}
            </tbody>
        </table>
    }
}

/// `KSh 150`, `KSh 150 – KSh 350`, `from KSh 150`, `Free`.
fn fee(shop: &ShopWords, terms: &AreaTerms) -> String {
    if terms.rises {
        return format!("{} {}", shop.from_price, terms.fee);
    }
    if terms.fee != terms.highest_fee {
        return format!("{} – {}", terms.fee, terms.highest_fee);
    }
    if terms.fee.is_zero() { shop.delivery_free.to_owned() } else { terms.fee.to_string() }
}
