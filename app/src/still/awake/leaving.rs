//! Asks before a changed form is left; sending it is no leaving.

use super::browser::{every_in, listen, this_window};
use leptos::web_sys::{
    BeforeUnloadEvent, Element, Event, HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement,
    HtmlTextAreaElement,
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast as _;

/// On a form, or on any field of one.
pub fn attach(element: &Element) -> Option<()> {
    let form: HtmlFormElement = element.closest("form").ok()??.dyn_into().ok()?;
    let is_sent = Rc::new(Cell::new(false));
    let sent = Rc::clone(&is_sent);
    listen(&form, "submit", move |event| sent.set(!event.default_prevented()));
    // Who types on was not taken away by what was sent.
    let typed = Rc::clone(&is_sent);
    listen(&form, "input", move |_| typed.set(false));
    let window = this_window()?;
    listen(&window, "beforeunload", move |event| {
        // One that was taken out of the page meanwhile has nothing to lose.
        if !is_sent.get() && form.is_connected() && is_unsaved(&form) {
            ask(&event);
        }
    });
    Some(())
}

/// The browser asks in words of its own.
pub fn ask(event: &Event) {
    event.prevent_default();
    if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
        // What older browsers wait for.
        event.set_return_value("1");
    }
}

/// Does the form hold something that is saved nowhere?
pub fn is_unsaved(form: &Element) -> bool {
    form.query_selector("[data-unsaved]").is_ok_and(|mark| mark.is_some())
        || every_in(form, "input, select, textarea").iter().any(is_other)
}

/// Does the field hold something else than it came with?
pub(super) fn is_other(field: &Element) -> bool {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "checkbox" | "radio" => input.checked() != input.default_checked(),
            "file" => input.files().is_some_and(|files| files.length() > 0),
            _ => input.value() != input.default_value(),
        };
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return area.default_value().is_ok_and(|came_with| came_with != area.value());
    }
    field.dyn_ref::<HtmlSelectElement>().is_some_and(is_chosen_anew)
}

fn is_chosen_anew(select: &HtmlSelectElement) -> bool {
    let options: Vec<HtmlOptionElement> =
        every_in(select, "option").into_iter().filter_map(|option| option.dyn_into().ok()).collect();
    if options.iter().any(HtmlOptionElement::default_selected) {
        options.iter().any(|option| option.selected() != option.default_selected())
    } else {
        // Of a list that came without a choice the browser chooses the first.
        select.selected_index() > 0
    }
}
