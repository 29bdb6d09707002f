//! A product's pictures: the list in its order, and the form that takes more.

mod add;
mod hung;
mod one;

pub use add::{NotAdded, refused_json};
pub use one::one_picture;

use super::{Still, page_awake};
use crate::{dashboard::address::PRODUCTS, text::pictures::words};
use duka::{kernel::id::ProductId, pages::dashboard::pictures::PicturesPage};
use leptos::prelude::*;

/// Where a product's pictures are.
pub fn address(product: ProductId) -> String {
    format!("{PRODUCTS}/{product}/pictures")
}

/// The whole page. The caller answers 200, or 422 when something was not added.
pub fn pictures(still: &Still<'_>, shown: &PicturesPage, not_added: Option<&NotAdded>, is_saved: bool) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let saved = (is_saved && not_added.is_none()).then(|| crate::text::still::words(locale).saved);
    page_awake(still, || {
        view! {
            {back(shown)}
            <h1>{words.title}</h1>
            {saved.map(|saved| view! { <p class="notice notice--done" role="status">{saved}</p> })}
            {add::add(locale, shown, not_added)}
            <div data-part="pictures">{hung::list(locale, shown)}</div>
        }
    })
}

/// The way back to the product, under its name.
fn back(shown: &PicturesPage) -> impl IntoView + use<> {
    let product = format!("{PRODUCTS}/{}", shown.product);
    view! { <p class="back"><a href=product>"← "{shown.name.clone()}</a></p> }
}
