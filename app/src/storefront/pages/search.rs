//! What the shop has for some words; with nothing found, what was meant, what else there is, and whom to ask.

use crate::storefront::parts::{
    empty::empty,
    narrowing::{Shelf, narrowing, pager},
    nearest::nearest,
    product_card::products,
};
use crate::storefront::{document, frame, head::Head, sheet::Sheet};
use crate::text::shop::{lists, words};
use duka::pages::storefront::{frame::ShopFrame, search::SearchPage};
use leptos::prelude::*;

pub fn search(frame: &ShopFrame, page: &SearchPage) -> String {
    let words = words(frame.locale);
    let is_asked = !page.words.is_empty();
    let heading = if is_asked { (words.results_for)(&page.words) } else { words.what_do_you_want.to_owned() };
    let shelf = Shelf {
        frame,
        action: "/search".to_owned(),
        asked: &page.words,
        listing: &page.listing,
        facets: &page.facets,
        page_count: page.page_count,
    };
    let mut head = Head::private(heading.clone()).styled(Sheet::Browse);
    head.canonical = is_asked.then(|| shelf.plain());
    document::page(frame, head, || {
        let home = Some((frame.locale.path("/"), words.continue_shopping));
        if page.is_found {
            found(&shelf, page, heading).into_any()
        } else if is_asked {
            view! {
                {empty((words.no_results)(&page.words), words.no_results_text, home)}
                {nearest(frame, words.did_you_mean, &page.nearest)}
                {instead(frame, page)}
            }
            .into_any()
        } else {
            view! {
                {empty(heading, lists::words(frame.locale).not_asked_yet, home)}
                {instead(frame, page)}
            }
            .into_any()
        }
    })
}

fn found(shelf: &Shelf<'_>, page: &SearchPage, heading: String) -> impl IntoView + use<> {
    let words = words(shelf.frame.locale);
    let list = if page.products.is_empty() {
        let all = (shelf.frame.locale.path(&shelf.plain()), words.show_all);
        empty(words.empty_list.to_owned(), words.empty_list_text, Some(all)).into_any()
    } else {
        products(shelf.frame, &page.products, true).into_any()
    };
    view! {
        <div class="heading"><h1>{heading}</h1><p>{(words.products)(page.product_count)}</p></div>
        {narrowing(shelf)}
        {list}
        {pager(shelf)}
    }
}

/// Whom to ask for it, the shop's shelves, and a few of its products.
fn instead(frame: &ShopFrame, page: &SearchPage) -> impl IntoView + use<> {
    let (words, own) = (words(frame.locale), lists::words(frame.locale));
    let ask = (!page.words.is_empty()).then(|| frame::whatsapp(frame, &(own.ask_whether)(&page.words))).flatten();
    let shelves: Vec<_> = frame
        .categories
        .iter()
        .map(|link| {
            let address = frame.locale.path(&format!("/c/{}", link.slug));
            view! { <a class="button button--quiet" href=address>{link.name.clone()}</a>" " }
        })
        .collect();
    view! {
        {ask.map(|address| view! { <p class="inside"><a class="button button--quiet" href=address rel="nofollow">{words.ask_on_whatsapp}</a></p> })}
        {(!shelves.is_empty()).then(|| view! {
            <section class="block"><h2>{words.shop_by_category}</h2><div class="inside">{shelves}</div></section>
        })}
        {(!page.others.is_empty()).then(|| view! {
            <section class="block"><h2>{words.newest}</h2>{products(frame, &page.others, false)}</section>
        })}
    }
}
