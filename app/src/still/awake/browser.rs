//! The few words of the browser that behaviours use: find, show, listen, fetch.

use leptos::web_sys::{
    Document, DomParser, Element, Event, EventTarget, HtmlElement, NodeList, Response, SupportedType, Window, window,
};
use wasm_bindgen::{JsCast as _, closure::Closure};
use wasm_bindgen_futures::JsFuture;

pub fn document() -> Option<Document> {
    window()?.document()
}

pub fn body() -> Option<HtmlElement> {
    document()?.body()
}

pub fn this_window() -> Option<Window> {
    window()
}

/// All that match in the page.
pub fn every(selector: &str) -> Vec<Element> {
    document().and_then(|page| page.query_selector_all(selector).ok()).map_or_else(Vec::new, |found| elements(&found))
}

/// All that match inside.
pub fn every_in(element: &Element, selector: &str) -> Vec<Element> {
    element.query_selector_all(selector).map_or_else(|_| Vec::new(), |found| elements(&found))
}

fn elements(found: &NodeList) -> Vec<Element> {
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Calls `heard` for as long as the page is there.
pub fn listen(target: &EventTarget, event: &str, heard: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(heard);
    // Refused only for a listener that is none.
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Shows or hides what matches inside.
pub fn show(element: &Element, selector: &str, is_shown: bool) {
    for found in every_in(element, selector) {
        // Refused only for a name that is none.
        let _ = found.toggle_attribute_with_force("hidden", !is_shown);
    }
}

/// A page of ours as it is now.
pub async fn fetch_page(address: &str) -> Option<Document> {
    let text = fetch_text(address).await?;
    DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()
}

/// What an address of ours answers now.
pub async fn fetch_text(address: &str) -> Option<String> {
    let answer: Response = JsFuture::from(window()?.fetch_with_str(address)).await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}
