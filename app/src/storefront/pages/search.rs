//! What the shop has for some words.

use crate::storefront::parts::{empty::empty, product_card::products};
use crate::storefront::{document, head::Head};
use crate::text::shop::words;
use duka::pages::storefront::{frame::ShopFrame, search::SearchPage};
use leptos::prelude::*;

pub fn search(frame: &ShopFrame, page: &SearchPage) -> String {
    let words = words(frame.locale);
    let is_asked = !page.words.is_empty();
    let heading = if is_asked { (words.results_for)(&page.words) } else { words.what_do_you_want.to_owned() };
    document::page(frame, Head::private(heading.clone()), || {
        let home = Some((frame.locale.path("/"), words.continue_shopping));
        if !page.products.is_empty() {
            view! {
                <div class="heading"><h1>{heading}</h1><p>{(words.products)(page.product_count)}</p></div>
                {products(frame, &page.products, true)}
            }
            .into_any()
        } else if is_asked {
            let nearest: Vec<_> = page
                .nearest
                .iter()
                .map(|one| {
                    let address = frame.locale.path(&format!("/p/{}", one.slug));
                    view! { <li><a href=address>{one.name.clone()}</a></li> }
                })
                .collect();
            view! {
                {empty((words.no_results)(&page.words), words.no_results_text, home)}
                {(!nearest.is_empty()).then(|| view! {
                    <section class="nearest">
                        <h2>{words.did_you_mean}</h2>
                        <ul>{nearest}</ul>
                    </section>
                })}
            }
            .into_any()
        } else {
            empty(heading, words.no_results_text, home).into_any()
        }
    })
}
