//! A product's pictures: the list in its order, and the form that takes more.

mod add;
mod hung;
mod one;

pub use add::{NotAdded, refused_json};
pub use one::one_picture;

use super::{
    Still,
    catalogue::{self, Tab},
    page_awake,
};
use crate::{
    dashboard::address::PRODUCTS,
    text::{dash, pictures::words},
};
use duka::{catalog::pictures::SeenOrder, kernel::id::ProductId, pages::dashboard::pictures::PicturesPage};
use leptos::prelude::*;

/// Where a product's pictures are.
pub fn address(product: ProductId) -> String {
    format!("{PRODUCTS}/{product}/pictures")
}

/// What became of the last try.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub is_saved: bool,
    pub not_added: Option<NotAdded>,
    /// The order over which a picture should have moved, when it is another one by now.
    pub met: Option<SeenOrder>,
}

/// The whole page. The caller answers 200, 422 when something was not added, or 409 when the order is another.
pub fn pictures(still: &Still<'_>, shown: &PicturesPage, told: &Told) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let is_saved = told.is_saved && told.not_added.is_none() && told.met.is_none();
    let saved = is_saved.then(|| crate::text::still::words(locale).saved);
    let met = told.met.is_some().then_some(words.order_changed);
    page_awake(still, || {
        view! {
            <p class="back"><a href=PRODUCTS>"← "{dash::words(locale).products}</a></p>
            <h1>{shown.name.clone()}</h1>
            {catalogue::tabs(locale, &shown.product.to_string(), Tab::Pictures)}
            {saved.map(|saved| view! { <p class="notice notice--done" role="status">{saved}</p> })}
            {met.map(|met| view! { <div class="notice notice--bad" role="alert"><p>{met}</p></div> })}
            {add::add(locale, shown, told.not_added.as_ref())}
            <div data-part="pictures">{hung::list(locale, shown, told.met.as_ref())}</div>
        }
    })
}

/// The way back to the product, under its name.
fn back(shown: &PicturesPage) -> impl IntoView + use<> {
    let product = format!("{PRODUCTS}/{}", shown.product);
    view! { <p class="back"><a href=product>"← "{shown.name.clone()}</a></p> }
}
