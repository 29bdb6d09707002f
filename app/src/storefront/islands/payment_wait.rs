//! Asks how the payment stands until it has ended.

use leptos::prelude::*;

/// `<PaymentWait>` around the card of a payment on its way.
#[island]
pub fn PaymentWait(children: Children) -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    leptos::task::spawn_local(live::wait());
    view! { <div>{children()}</div> }
}

#[cfg(target_arch = "wasm32")]
mod live {
    use crate::storefront::islands::browser::{ask, find, sleep};
    use js_sys::Reflect;
    use wasm_bindgen::JsValue;

    const ADDRESS: &str = "/api/shop/payment-progress";
    const PAUSE: i32 = 3_000;
    /// Ten minutes; after that the link on the page is left.
    const TIMES: u32 = 200;

    pub async fn wait() {
        let Some(card) = find("[data-token]") else { return };
        let told = |name: &str| card.get_attribute(name).unwrap_or_default();
        let fields = [("token", told("data-token")), ("locale", told("data-locale"))];
        let known = [("status", told("data-status")), ("payment_status", told("data-payment"))];
        let message = find("[data-out=message]").and_then(|text| text.text_content()).unwrap_or_default();
        for _ in 0..TIMES {
            sleep(PAUSE).await;
            if !card.is_connected() {
                return;
            }
            // A lost answer is asked for again.
            let Some(answer) = ask(ADDRESS, &fields).await else { continue };
            let news = |name: &str, old: &str| text(&answer, name).is_some_and(|new| new != old);
            if known.iter().any(|(name, old)| news(name, old)) || news("message", &message) {
                if let Some(window) = leptos::web_sys::window() {
                    let _ = window.location().reload();
                }
                return;
            }
        }
    }

    fn text(answer: &JsValue, name: &str) -> Option<String> {
        Reflect::get(answer, &JsValue::from_str(name)).ok()?.as_string()
    }
}
