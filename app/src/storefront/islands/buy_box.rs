//! Variant choice and adding to the cart without leaving the page.

use leptos::prelude::*;

/// `<BuyBox>` around the product's form.
#[island]
pub fn BuyBox(children: Children) -> impl IntoView {
    view! { <div>{children()}</div> }
}
