//! Quantities of the cart that are taken over as they change.

use leptos::ev::{Event, SubmitEvent};
use leptos::prelude::*;

/// `<CartQuantity>` around the lines of the cart.
#[island]
pub fn CartQuantity(children: Children) -> impl IntoView {
    view! { <div on:change=changed on:submit=submitted>{children()}</div> }
}

#[cfg(target_arch = "wasm32")]
use live::{changed, submitted};

#[cfg(not(target_arch = "wasm32"))]
fn changed(_: Event) {}
#[cfg(not(target_arch = "wasm32"))]
fn submitted(_: SubmitEvent) {}

#[cfg(target_arch = "wasm32")]
mod live {
    use super::{Event, SubmitEvent};
    use crate::storefront::islands::browser::{Answer, cart_changed, post, replace_main, sleep};
    use leptos::task::spawn_local;
    use leptos::web_sys::{HtmlFormElement, HtmlInputElement};
    use std::cell::Cell;
    use wasm_bindgen::JsCast as _;

    /// Somebody who presses "more" four times means one change.
    const PAUSE: i32 = 500;

    thread_local! {
        static CHANGES: Cell<u32> = const { Cell::new(0) };
    }

    pub fn changed(event: Event) {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(form) = input.filter(HtmlInputElement::check_validity).and_then(|input| input.form()) else { return };
        let mine = CHANGES.get() + 1;
        CHANGES.set(mine);
        spawn_local(async move {
            sleep(PAUSE).await;
            if CHANGES.get() == mine {
                send(form).await;
            }
        });
    }

    pub fn submitted(event: SubmitEvent) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        event.prevent_default();
        CHANGES.set(CHANGES.get() + 1);
        spawn_local(send(form));
    }

    async fn send(form: HtmlFormElement) {
        match post(&form, true).await {
            Answer::Page(html) if replace_main(&html) => cart_changed(),
            // Setting a quantity twice changes nothing, so the plain form may try again.
            _ => drop(form.submit()),
        }
    }
}
