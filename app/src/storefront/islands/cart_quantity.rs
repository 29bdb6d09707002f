//! Quantities of the cart that are taken over as they change.

use leptos::prelude::*;

/// `<CartQuantity>` around the lines of the cart.
#[island]
pub fn CartQuantity(children: Children) -> impl IntoView {
    view! { <div>{children()}</div> }
}
