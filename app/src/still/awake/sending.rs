//! One file on its way: a request of its own, how far it is, and what the server said of it.

use super::browser::document;
use js_sys::{Array, Function, JSON, Promise, Reflect};
use leptos::web_sys::{Element, Event, File, FormData, HtmlFormElement, ProgressEvent, XmlHttpRequest};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// What became of a file.
pub enum Told {
    Taken,
    Refused(String),
    /// Whoever chose it was signed out meanwhile.
    SignedOut,
    /// The network, or an answer that is none.
    NotSent,
}

/// A line for a file, with its name and how far it is.
pub fn line(list: &Element, name: &str, state: &str) -> Option<Element> {
    let page = document()?;
    let line = page.create_element("li").ok()?;
    line.set_class_name("sending__file");
    for (tag, text) in [("b", name), ("span", state)] {
        let part = page.create_element(tag).ok()?;
        part.set_text_content(Some(text));
        line.append_child(&part).ok()?;
    }
    let progress = page.create_element("progress").ok()?;
    progress.set_attribute("max", "100").ok()?;
    progress.set_attribute("value", "0").ok()?;
    progress.set_attribute("aria-label", name).ok()?;
    line.append_child(&progress).ok()?;
    list.append_child(&line).ok()?;
    Some(line)
}

pub fn done(line: &Element, text: &str) {
    end(line, "sending__file", text);
}

pub fn refused(line: &Element, text: &str) {
    end(line, "sending__file sending__file--refused", text);
}

fn end(line: &Element, class: &str, text: &str) {
    line.set_class_name(class);
    if let Ok(Some(state)) = line.query_selector("span") {
        state.set_text_content(Some(text));
    }
    if let Ok(Some(progress)) = line.query_selector("progress") {
        progress.remove();
    }
}

/// Sends the file as the form would send it alone, with what else stands in the form.
pub async fn send(form: &HtmlFormElement, field: String, file: &File, line: &Element) -> Told {
    match sent(form, &field, file, line).await {
        Some((200, text)) => read(&text).unwrap_or(Told::NotSent),
        Some((401, _)) => Told::SignedOut,
        _ => Told::NotSent,
    }
}

/// The answer's status and its text.
async fn sent(form: &HtmlFormElement, field: &str, file: &File, line: &Element) -> Option<(u16, String)> {
    let body = FormData::new_with_form(form).ok()?;
    body.set_with_blob_and_filename(field, file, &file.name()).ok()?;
    let request = XmlHttpRequest::new().ok()?;
    request.open("POST", &form.action()).ok()?;
    request.set_request_header("accept", "application/json").ok()?;

    let progress = line.query_selector("progress").ok()?;
    let heard = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if let Some(progress) = progress.as_ref().filter(|_| event.length_computable() && event.total() > 0.0) {
            let _ = progress.set_attribute("max", &event.total().to_string());
            let _ = progress.set_attribute("value", &event.loaded().to_string());
        }
    });
    request.upload().ok()?.set_onprogress(Some(heard.as_ref().unchecked_ref()));

    let mut ended: Option<Closure<dyn FnMut(Event)>> = None;
    let over = Promise::new(&mut |resolve: Function, _| {
        let closure = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
            let _ = resolve.call0(&JsValue::NULL);
        });
        // Comes after load, error and abort alike.
        request.set_onloadend(Some(closure.as_ref().unchecked_ref()));
        ended = Some(closure);
    });
    request.send_with_opt_form_data(Some(&body)).ok()?;
    JsFuture::from(over).await.ok()?;
    drop((heard, ended));
    Some((request.status().ok()?, request.response_text().ok()??))
}

/// The first sentence of what was refused; without one it was taken.
fn read(text: &str) -> Option<Told> {
    let told = JSON::parse(text).ok()?;
    let refused: Array = Reflect::get(&told, &JsValue::from_str("refused")).ok()?.dyn_into().ok()?;
    Some(refused.get(0).as_string().map_or(Told::Taken, Told::Refused))
}
