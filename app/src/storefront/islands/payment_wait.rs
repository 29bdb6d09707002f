//! Asks how the payment stands until it has ended.

use leptos::prelude::*;

/// `<PaymentWait>` around the card of a payment on its way.
#[island]
pub fn PaymentWait(children: Children) -> impl IntoView {
    view! { <div>{children()}</div> }
}
