//! Variant choice and adding to the cart without leaving the page.

use leptos::ev::{Event, SubmitEvent};
use leptos::prelude::*;

/// `<BuyBox>` around the product's form.
#[island]
pub fn BuyBox(children: Children) -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    live::catch_up();
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
    use crate::storefront::islands::browser::{Answer, cart_changed, find, find_all, post, set_hidden, set_text};
    use leptos::task::spawn_local;
    use leptos::web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement};
    use wasm_bindgen::{JsCast as _, JsValue};

    /// What was chosen while this code was still on its way.
    pub fn catch_up() {
        let chosen = find(".chip>:checked").and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        if let Some(chosen) = chosen.filter(|input| !input.default_checked()) {
            show(&chosen);
        }
    }

    pub fn changed(event: Event) {
        let chosen = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(chosen) = chosen.filter(|input| input.name() == "variant") {
            show(&chosen);
        }
    }

    fn show(chosen: &HtmlInputElement) {
        let told = |name: &str| chosen.get_attribute(name);
        if let Some(price) = told("data-price") {
            set_text("[data-out=price]", &price);
            let was = told("data-was");
            set_text("[data-out=was]", was.as_deref().unwrap_or_default());
            set_hidden("[data-out=was]", was.is_none());
        }
        let in_stock = || find("[data-in-stock]").and_then(|form| form.get_attribute("data-in-stock"));
        set_text("[data-out=stock]", &told("data-stock").or_else(in_stock).unwrap_or_default());
        if let Some(at) = told("data-picture") {
            show_picture(&at);
        }
        if let Some(history) = leptos::web_sys::window().and_then(|window| window.history().ok()) {
            let address = ["?variant=", &chosen.value()].concat();
            // A browser may refuse too many of these; the choice itself is not touched by that.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
    }

    fn show_picture(at: &str) {
        let shown = at
            .parse::<u32>()
            .ok()
            .and_then(|at| find_all(".gallery>img").get(at))
            .and_then(|node| node.dyn_into::<HtmlElement>().ok());
        if let (Some(gallery), Some(picture)) = (find(".gallery"), shown) {
            gallery.set_scroll_left(picture.offset_left());
        }
    }

    pub fn submitted(event: SubmitEvent) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        event.prevent_default();
        let button =
            form.query_selector("button").ok().flatten().and_then(|button| button.dyn_into::<HtmlElement>().ok());
        let busy = move |is_busy: bool| {
            let Some(button) = &button else { return };
            let _ = button.toggle_attribute_with_force("disabled", is_busy);
            // A button that is switched off loses the keyboard, which then begins at the top of the page.
            if !is_busy && find(":focus").is_none() {
                let _ = button.focus();
            }
        };
        busy(true);
        spawn_local(async move {
            let answer = post(&form, false).await;
            busy(false);
            set_hidden("[data-out=added]", !matches!(answer, Answer::Redirect));
            set_hidden("[data-out=not-added]", !matches!(answer, Answer::Nothing));
            match answer {
                Answer::Redirect => cart_changed(),
                // The server said no and why: its own page says it best.
                Answer::Page(_) => drop(form.submit()),
                Answer::Nothing => {}
            }
        });
    }
}
