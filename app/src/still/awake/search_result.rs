//! Keeps the preview of a search result up to date while somebody types.

use super::browser::listen;
use duka::seo::meta;
use leptos::web_sys::{Element, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};
use wasm_bindgen::JsCast as _;

/// In the form whose fields it shows; `data-shop`, `data-address` and `data-none` are what the fields do not say.
pub fn attach(element: &Element) -> Option<()> {
    let form: HtmlFormElement = element.closest("form").ok()??.dyn_into().ok()?;
    let (shop, address) = (element.get_attribute("data-shop")?, element.get_attribute("data-address")?);
    let none = element.get_attribute("data-none")?;
    let part = |name: &str| element.query_selector(&format!("[data-part={name}]")).ok()?;
    let (title, text, place) = (part("title")?, part("text")?, part("address")?);
    let fields = form.clone();
    listen(&form, "input", move |_| {
        let value = |name: &str| typed(&fields, name);
        title.set_text_content(Some(&meta::title(&first(value("seo_title"), value("name")), &shop)));
        // What the server makes of Markdown is near enough without its signs.
        let plain = value("description").replace(['*', '#', '`'], "");
        let summary = meta::description(&first(value("seo_description"), plain));
        text.set_text_content(Some(&first(summary, none.clone())));
        place.set_text_content(Some(&format!("{address}{}", value("slug").trim())));
    });
    Some(())
}

fn first(one: String, other: String) -> String {
    if one.trim().is_empty() { other } else { one }
}

fn typed(form: &HtmlFormElement, name: &str) -> String {
    let field = form.query_selector(&format!("[name={name}]")).ok().flatten();
    let Some(field) = field else { return String::new() };
    if let Some(line) = field.dyn_ref::<HtmlInputElement>() {
        return line.value();
    }
    field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value).unwrap_or_default()
}
