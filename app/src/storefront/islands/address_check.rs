//! Says while an address is typed whether a shop could have it.

use leptos::ev::Event;
use leptos::prelude::*;

/// `<AddressCheck>` around the field of a shop's address.
#[island]
pub fn AddressCheck(children: Children) -> impl IntoView {
    view! { <div on:input=typed>{children()}</div> }
}

#[cfg(target_arch = "wasm32")]
use live::typed;

#[cfg(not(target_arch = "wasm32"))]
fn typed(_: Event) {}

#[cfg(target_arch = "wasm32")]
mod live {
    use super::Event;
    use crate::storefront::islands::browser::{find, get, set_hidden, set_text, sleep};
    use js_sys::Reflect;
    use leptos::task::spawn_local;
    use leptos::web_sys::HtmlInputElement;
    use std::cell::Cell;
    use wasm_bindgen::{JsCast as _, JsValue};

    /// Longer than between two letters.
    const PAUSE: i32 = 400;

    thread_local! {
        static LETTERS: Cell<u32> = const { Cell::new(0) };
    }

    pub fn typed(event: Event) {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        // It says itself what the second button would.
        set_hidden("[data-only=no-scripts]", true);
        let mine = LETTERS.get() + 1;
        LETTERS.set(mine);
        spawn_local(async move {
            sleep(PAUSE).await;
            if LETTERS.get() != mine || input.value().is_empty() {
                return;
            }
            let address = find("[data-address]").and_then(|field| field.get_attribute("data-address"));
            let Some(address) = address else { return };
            let answer = get(&address, "slug", &input.value()).await;
            // Somebody typed on meanwhile: the next answer counts.
            let Some(answer) = answer.filter(|_| LETTERS.get() == mine) else { return };
            let told = |name: &str| Reflect::get(&answer, &JsValue::from_str(name)).ok();
            let is_free = told("is_free").is_some_and(|free| free.is_truthy());
            set_text("[data-out=verdict]", &told("message").and_then(|text| text.as_string()).unwrap_or_default());
            if let Some(line) = find("[data-out=verdict]") {
                line.set_class_name(if is_free { "verdict verdict--free" } else { "verdict verdict--taken" });
            }
        });
    }
}
