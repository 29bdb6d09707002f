//! The few words of the browser that islands use: find, write, send, wait.

use js_sys::{Function, Promise};
use leptos::web_sys::{
    self, AbortSignal, Document, DomParser, Element, Event, FormData, HtmlElement, HtmlFormElement, NodeList,
    RequestInit, RequestRedirect, Response, ResponseType, SupportedType, UrlSearchParams,
};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

fn document() -> Document {
    leptos::prelude::document()
}

pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

pub fn find_all(selector: &str) -> NodeList {
    document().query_selector_all(selector).unwrap_or_else(|_| document().child_nodes())
}

pub fn set_text(selector: &str, text: &str) {
    if let Some(element) = find(selector) {
        element.set_text_content(Some(text));
    }
}

pub fn set_hidden(selector: &str, is_hidden: bool) {
    if let Some(element) = find(selector) {
        // Refused only for a name that is none.
        let _ = element.toggle_attribute_with_force("hidden", is_hidden);
    }
}

/// Tells the loader, which owns the number beside the cart's link.
pub fn cart_changed() {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new("duka:cart")) {
        let _ = window.dispatch_event(&event);
    }
}

pub async fn sleep(milliseconds: i32) {
    let timer = Promise::new(&mut |done: Function, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
        }
    });
    let _ = JsFuture::from(timer).await;
}

/// What came back for a form.
pub enum Answer {
    /// All went well and the server sends on; not followed.
    Redirect,
    /// A page, after redirects if they were followed.
    Page(String),
    /// The network, not the server.
    Nothing,
}

/// Sends a form as the browser would.
pub async fn post(form: &HtmlFormElement, is_followed: bool) -> Answer {
    let fields = FormData::new_with_form(form).and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(&data));
    let Ok(fields) = fields else { return Answer::Nothing };
    let Some(answer) = send(&form.action(), &fields, is_followed).await else { return Answer::Nothing };
    if answer.type_() == ResponseType::Opaqueredirect {
        return Answer::Redirect;
    }
    let Ok(text) = answer.text() else { return Answer::Nothing };
    let text = JsFuture::from(text).await.ok().and_then(|text| text.as_string());
    text.map_or(Answer::Nothing, Answer::Page)
}

/// Asks a server function with plain form fields; its answer as a JavaScript value.
pub async fn ask(address: &str, fields: &[(&str, String)]) -> Option<JsValue> {
    let body = UrlSearchParams::new().ok()?;
    for (name, value) in fields {
        body.append(name, value);
    }
    let answer = send(address, &body, true).await.filter(Response::ok)?;
    JsFuture::from(answer.json().ok()?).await.ok()
}

/// Asks an address with one value in its query; its answer as a JavaScript value.
pub async fn get(address: &str, name: &str, value: &str) -> Option<JsValue> {
    let query = UrlSearchParams::new().ok()?;
    query.append(name, value);
    let asked = format!("{address}?{}", query.to_string());
    let answer: Response = JsFuture::from(web_sys::window()?.fetch_with_str(&asked)).await.ok()?.dyn_into().ok()?;
    JsFuture::from(answer.json().ok()?).await.ok()
}

/// The same as text, until it is told to stop.
pub async fn look(address: &str, name: &str, value: &str, signal: &AbortSignal) -> Option<String> {
    let query = UrlSearchParams::new().ok()?;
    query.append(name, value);
    let asked = format!("{address}?{}", query.to_string());
    let init = RequestInit::new();
    init.set_signal(Some(signal));
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(&asked, &init)).await.ok()?;
    let answer: Response = answer.dyn_into().ok().filter(Response::ok)?;
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

async fn send(address: &str, fields: &UrlSearchParams, is_followed: bool) -> Option<Response> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(fields);
    if !is_followed {
        init.set_redirect(RequestRedirect::Manual);
    }
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(address, &init)).await.ok()?;
    answer.dyn_into().ok()
}

/// Puts the main part of a whole page in the place of this page's; the field that was in use stays in use.
pub fn replace_main(html: &str) -> bool {
    let fresh = DomParser::new().and_then(|parser| parser.parse_from_string(html, SupportedType::TextHtml));
    let fresh = fresh.ok().and_then(|page| page.query_selector("main").ok().flatten());
    let (Some(fresh), Some(main)) = (fresh, find("main")) else { return false };
    let used = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
    main.set_inner_html(&fresh.inner_html());
    let again = used
        .and_then(|id| document().get_element_by_id(&id))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(again) = again {
        let _ = again.focus();
    }
    true
}
