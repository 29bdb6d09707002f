//! How a list of products is sorted, narrowed and turned: one form and links, so that it works without scripts.

use crate::text::shop::{lists, words};
use duka::kernel::query::in_query;
use duka::pages::storefront::{
    frame::ShopFrame,
    listing::{Choice, Facets, Listing, Sort, Tally},
};
use leptos::prelude::*;

/// A list at its address.
pub struct Shelf<'a> {
    pub frame: &'a ShopFrame,
    /// Where its form leads; without language prefix.
    pub action: String,
    /// The words that were searched for, if it is a search.
    pub asked: &'a str,
    pub listing: &'a Listing,
    pub facets: &'a Facets,
    pub page_count: u32,
}

impl Shelf<'_> {
    /// The list with nothing chosen; without language prefix.
    pub fn plain(&self) -> String {
        if self.asked.is_empty() { self.action.clone() } else { format!("{}?q={}", self.action, in_query(self.asked)) }
    }
    fn to(&self, listing: &Listing) -> String {
        self.frame.locale.path(&listing.address(&self.plain()))
    }
}

/// What is chosen, and what could be, with how many products each leaves.
pub fn narrowing(shelf: &Shelf<'_>) -> impl IntoView + use<> {
    let words = words(shelf.frame.locale);
    let listing = shelf.listing;
    let sorts: Vec<_> = Sort::offered(listing.usual)
        .map(
            |sort| view! { <option value=sort.as_str() selected=sort == listing.sort>{(words.sort_by)(sort)}</option> },
        )
        .collect();
    let amount = |value: Option<u32>| value.map(|shillings| shillings.to_string());
    let asked =
        (!shelf.asked.is_empty()).then(|| view! { <input type="hidden" name="q" value=shelf.asked.to_owned()/> });
    view! {
        {chosen(shelf)}
        <details class="filter">
            <summary>{words.filter}</summary>
            <form class="filter__form" action=shelf.frame.locale.path(&shelf.action)>
                {asked}
                <label class="field"><span>{words.sort}</span><select class="input" name="sort">{sorts}</select></label>
                <label class="field field--short"><span>{words.price_from}</span><input class="input" name="min" type="number" min="0" inputmode="numeric" value=amount(listing.min)/></label>
                <label class="field field--short"><span>{words.price_to}</span><input class="input" name="max" type="number" min="0" inputmode="numeric" value=amount(listing.max)/></label>
                <label class="check"><input type="checkbox" name="in_stock" value="1" checked=listing.in_stock/><span>{counted(words.only_in_stock, shelf.facets.in_stock)}</span></label>
                {bands(shelf)}
                {boxes(shelf)}
                <button class="button button--quiet">{words.apply}</button>
            </form>
        </details>
    }
}

/// The links that turn its pages.
pub fn pager(shelf: &Shelf<'_>) -> impl IntoView + use<> {
    let words = words(shelf.frame.locale);
    let (at, last) = (shelf.listing.page.max(1), shelf.page_count);
    let link = |to: u32, name: &'static str, rel: &'static str| view! { <a class="button button--quiet" rel=rel href=shelf.to(&shelf.listing.at(to))>{name}</a> };
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label=words.pages>
                {(at > 1).then(|| link(at - 1, words.previous, "prev"))}
                <span>{(words.page_of)(at, last)}</span>
                {(at < last).then(|| link(at + 1, words.next, "next"))}
            </nav>
        }
    })
}

/// Each chosen thing is a link to the list without it.
fn chosen(shelf: &Shelf<'_>) -> impl IntoView + use<> {
    let (words, own) = (words(shelf.frame.locale), lists::words(shelf.frame.locale));
    let listing = shelf.listing;
    let mut without = Vec::new();
    if listing.min.is_some() || listing.max.is_some() {
        without.push(((own.price_between)(listing.min, listing.max), listing.priced(None, None)));
    }
    if listing.in_stock {
        without.push((words.only_in_stock.to_owned(), listing.with_sold_out()));
    }
    without.extend(listing.brands.iter().map(|brand| (brand.clone(), listing.without_brand(brand))));
    let named = |choice: &Choice| (format!("{}: {}", choice.name, choice.value), listing.without_choice(choice));
    without.extend(listing.choices.iter().map(named));
    (!without.is_empty()).then(|| {
        let links: Vec<_> = without
            .into_iter()
            .map(|(name, rest)| {
                let remove = (words.remove_what)(&name);
                view! { <a class="button button--quiet" href=shelf.to(&rest) aria-label=remove>{name}" ×"</a>" " }
            })
            .collect();
        let plain = shelf.frame.locale.path(&shelf.plain());
        view! { <nav class="inside" aria-label=own.chosen>{links}<a class="button button--quiet" href=plain>{own.clear_all}</a></nav> }
    })
}

/// Price bands as links, since only one can be meant. The one that is chosen stands above.
fn bands(shelf: &Shelf<'_>) -> impl IntoView + use<> {
    let own = lists::words(shelf.frame.locale);
    (shelf.facets.bands.len() > 1).then(|| {
        let links: Vec<_> = shelf
            .facets
            .bands
            .iter()
            .map(|band| {
                let name = counted(&(own.price_between)(band.min, band.max), band.count);
                let address = shelf.to(&shelf.listing.priced(band.min, band.max));
                view! { <a class="button button--quiet" rel="nofollow" href=address>{name}</a>" " }
            })
            .collect();
        view! { <fieldset class="filter__set"><legend>{own.price}</legend><div class="inside">{links}</div></fieldset> }
    })
}

/// Brands and options as boxes to tick, where there is something to choose between.
fn boxes(shelf: &Shelf<'_>) -> impl IntoView + use<> {
    let own = lists::words(shelf.frame.locale);
    let Listing { brands, choices, .. } = shelf.listing;
    let mut sets = Vec::new();
    if shelf.facets.brands.len() > 1 || !brands.is_empty() {
        let ticks: Vec<_> = shelf
            .facets
            .brands
            .iter()
            .map(|tally| tick("brand", tally.value.clone(), tally, brands.contains(&tally.value)))
            .collect();
        sets.push(set(own.brand.to_owned(), ticks));
    }
    for option in &shelf.facets.options {
        let is_asked = choices.iter().any(|choice| choice.name == option.name);
        if option.values.len() > 1 || is_asked {
            let ticks: Vec<_> = option
                .values
                .iter()
                .map(|tally| {
                    let choice = Choice { name: option.name.clone(), value: tally.value.clone() };
                    tick("option", choice.spelled(), tally, choices.contains(&choice))
                })
                .collect();
            sets.push(set(option.name.clone(), ticks));
        }
    }
    sets
}

fn set(name: String, ticks: Vec<AnyView>) -> AnyView {
    view! { <fieldset class="filter__set"><legend>{name}</legend><div class="inside">{ticks}</div></fieldset> }
        .into_any()
}

fn tick(name: &'static str, value: String, tally: &Tally, is_chosen: bool) -> AnyView {
    let label = counted(&tally.value, tally.count);
    view! { <label class="check"><input type="checkbox" name=name value=value checked=is_chosen/><span>{label}</span></label> }
        .into_any()
}

fn counted(name: &str, count: u32) -> String {
    format!("{name} ({count})")
}
