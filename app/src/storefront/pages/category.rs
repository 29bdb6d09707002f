//! One category: sorted, narrowed and paged by its address alone.

use crate::storefront::parts::{breadcrumbs, empty::empty, product_card::products};
use crate::storefront::{document, head::Head};
use crate::text::shop::{ShopWords, words};
use duka::pages::storefront::{
    category::{CategoryPage, Listing, Sort},
    frame::ShopFrame,
    parts::CategoryLink,
};
use leptos::prelude::*;

pub fn category(frame: &ShopFrame, page: &CategoryPage) -> String {
    let words = words(frame.locale);
    let path = format!("/c/{}", page.category.slug);
    let step = |category: &CategoryLink| (category.name.clone(), format!("/c/{}", category.slug));
    let steps: Vec<_> = page.above.iter().chain([&page.category]).map(step).collect();
    let mut head = Head::new(page.category.name.clone())
        .described(page.description.as_deref().unwrap_or(&(words.home_description)(&page.category.name)))
        .with_data(&breadcrumbs::data(frame, &steps));
    head.picture = page.products.iter().find_map(|card| card.picture.clone());
    document::page(frame, head, || {
        let list = if page.products.is_empty() {
            empty(words.empty_list.to_owned(), words.empty_list_text, Some((frame.locale.path(&path), words.show_all)))
                .into_any()
        } else {
            products(frame, &page.products, true).into_any()
        };
        view! {
            {breadcrumbs::breadcrumbs(frame, &steps)}
            <div class="heading">
                <h1>{page.category.name.clone()}</h1>
                <p>{(words.products)(page.product_count)}</p>
            </div>
            {(!page.inside.is_empty()).then(|| view! {
                <nav class="inside" aria-label=words.categories>{inside(frame, &page.inside)}</nav>
            })}
            {page.description.as_ref().map(|text| view! { <p class="intro">{text.clone()}</p> })}
            {filter(words, frame.locale.path(&path), page.listing)}
            {list}
            {pager(words, &frame.locale.path(&path), page)}
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

fn filter(words: &'static ShopWords, action: String, listing: Listing) -> impl IntoView + use<> {
    let is_narrowed =
        listing.in_stock || listing.min.is_some() || listing.max.is_some() || listing.sort != Sort::default();
    let sorts = Sort::ALL.map(
        |sort| view! { <option value=sort.as_str() selected=sort == listing.sort>{(words.sort_by)(sort)}</option> },
    );
    let amount = |value: Option<u32>| value.map(|shillings| shillings.to_string());
    view! {
        <details class="filter" open=is_narrowed>
            <summary>{words.filter}</summary>
            <form class="filter__form" action=action>
                <label class="field"><span>{words.sort}</span><select class="input" name="sort">{sorts.collect_view()}</select></label>
                <label class="field field--short"><span>{words.price_from}</span><input class="input" name="min" type="number" min="0" inputmode="numeric" value=amount(listing.min)/></label>
                <label class="field field--short"><span>{words.price_to}</span><input class="input" name="max" type="number" min="0" inputmode="numeric" value=amount(listing.max)/></label>
                <label class="check"><input type="checkbox" name="in_stock" value="1" checked=listing.in_stock/><span>{words.only_in_stock}</span></label>
                <button class="button button--quiet">{words.apply}</button>
            </form>
        </details>
    }
}

fn pager(words: &'static ShopWords, path: &str, page: &CategoryPage) -> impl IntoView + use<> {
    let at = page.listing.page.max(1);
    let link = |to: u32, name: &'static str, rel: &'static str| view! { <a class="button button--quiet" rel=rel href=address(path, page.listing, to)>{name}</a> };
    (page.page_count > 1).then(|| {
        view! {
            <nav class="pager" aria-label=words.pages>
                {(at > 1).then(|| link(at - 1, words.previous, "prev"))}
                <span>{(words.page_of)(at, page.page_count)}</span>
                {(at < page.page_count).then(|| link(at + 1, words.next, "next"))}
            </nav>
        }
    })
}

/// The address of a page of the same list; what is as usual is left out.
fn address(path: &str, listing: Listing, page: u32) -> String {
    let mut query = Vec::new();
    if page > 1 {
        query.push(format!("page={page}"));
    }
    if listing.sort != Sort::default() {
        query.push(format!("sort={}", listing.sort.as_str()));
    }
    if listing.in_stock {
        query.push("in_stock=1".to_owned());
    }
    query.extend(listing.min.map(|min| format!("min={min}")));
    query.extend(listing.max.map(|max| format!("max={max}")));
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_a_page_keeps_what_was_chosen() {
        let listing = Listing { page: 2, sort: Sort::PriceUp, in_stock: true, min: Some(100), max: None };
        assert_eq!(address("/c/bags", listing, 3), "/c/bags?page=3&sort=price_up&in_stock=1&min=100");
        assert_eq!(address("/c/bags", Listing::default(), 1), "/c/bags");
    }
}
