//! One category: sorted, narrowed and paged by its address alone.

use crate::storefront::parts::{
    breadcrumbs,
    empty::empty,
    narrowing::{Shelf, narrowing, pager},
    product_card::products,
};
use crate::storefront::{document, head::Head, sheet::Sheet};
use crate::text::shop::{lists, words};
use duka::pages::storefront::{category::CategoryPage, frame::ShopFrame, listing::MOST_LISTED, parts::CategoryLink};
use leptos::prelude::*;

pub fn category(frame: &ShopFrame, page: &CategoryPage) -> String {
    let (words, own) = (words(frame.locale), lists::words(frame.locale));
    let path = format!("/c/{}", page.category.slug);
    let step = |category: &CategoryLink| (category.name.clone(), format!("/c/{}", category.slug));
    let steps: Vec<_> = page.above.iter().chain([&page.category]).map(step).collect();
    let mut head = Head::new(page.category.name.clone())
        .described(page.description.as_deref().unwrap_or(&(words.home_description)(&page.category.name)))
        .styled(Sheet::Browse)
        .with_data(&breadcrumbs::data(frame, &steps));
    head.picture = page.products.iter().find_map(|card| card.picture.clone());
    // What says nothing by itself is not listed: the same goods in another order, and a shelf with none.
    if !page.listing.is_plain() || page.product_count == 0 {
        head.is_private = true;
        head.canonical = Some(path.clone());
    }
    let is_all_counted = !page.is_cut || page.listing.is_narrowed();
    let count = if is_all_counted { (words.products)(page.product_count) } else { (own.more_than)(MOST_LISTED) };
    document::page(frame, head, || {
        let shelf = Shelf {
            frame,
            action: path.clone(),
            asked: "",
            listing: &page.listing,
            facets: &page.facets,
            page_count: page.page_count,
        };
        // Nothing was chosen that could be taken away again.
        let is_bare = page.product_count == 0 && !page.listing.is_narrowed();
        let list = if is_bare {
            let home = frame.locale.path("/");
            view! {
                <div class="empty">
                    <p>{own.empty_shelf}</p>
                    <p><a class="button" href=home>{words.continue_shopping}</a></p>
                </div>
            }
            .into_any()
        } else if page.products.is_empty() {
            empty(words.empty_list.to_owned(), words.empty_list_text, Some((frame.locale.path(&path), words.show_all)))
                .into_any()
        } else {
            products(frame, &page.products, true).into_any()
        };
        view! {
            {breadcrumbs::breadcrumbs(frame, &steps)}
            <div class="heading">
                <h1>{page.category.name.clone()}</h1>
                <p>{count}</p>
            </div>
            {(!page.inside.is_empty()).then(|| view! {
                <nav class="inside" aria-label=page.category.name.clone()>{inside(frame, &page.inside)}</nav>
            })}
            {page.description.as_ref().map(|text| view! { <p class="intro">{text.clone()}</p> })}
            {(!is_bare).then(|| narrowing(&shelf))}
            {list}
            {pager(&shelf)}
        }
    })
}

/// The categories inside this one.
fn inside(frame: &ShopFrame, links: &[CategoryLink]) -> impl IntoView + use<> {
    let to = |link: &CategoryLink| {
        view! { <a class="button button--quiet" href=frame.locale.path(&format!("/c/{}", link.slug))>{link.name.clone()}</a>" " }
    };
    links.iter().map(to).collect::<Vec<_>>()
}
