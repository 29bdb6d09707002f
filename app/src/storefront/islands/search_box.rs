//! Suggestions while a search is typed.

use leptos::ev::{Event, FocusEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;

/// `<SearchBox>` around the form of the shop's search.
#[island]
pub fn SearchBox(children: Children) -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    leptos::task::spawn_local(async { live::begin() });
    view! { <div on:input=typed on:keydown=pressed on:focusout=left on:mousedown=held>{children()}</div> }
}

#[cfg(target_arch = "wasm32")]
use live::{held, left, pressed, typed};

#[cfg(not(target_arch = "wasm32"))]
fn typed(_: Event) {}
#[cfg(not(target_arch = "wasm32"))]
fn pressed(_: KeyboardEvent) {}
#[cfg(not(target_arch = "wasm32"))]
fn left(_: FocusEvent) {}
#[cfg(not(target_arch = "wasm32"))]
fn held(_: MouseEvent) {}

#[cfg(target_arch = "wasm32")]
mod live {
    use super::{Event, FocusEvent, KeyboardEvent, MouseEvent};
    use crate::storefront::islands::browser::{find, find_all, look, set_text, sleep};
    use leptos::task::spawn_local;
    use leptos::web_sys::{
        AbortController, Element, EventTarget, HtmlElement, HtmlInputElement, ScrollIntoViewOptions,
        ScrollLogicalPosition,
    };
    use std::cell::{Cell, RefCell};
    use wasm_bindgen::JsCast as _;

    /// Longer than between two letters of a word.
    const PAUSE: i32 = 200;
    /// One letter fits everything.
    const FEWEST: usize = 2;

    thread_local! {
        static LETTERS: Cell<u32> = const { Cell::new(0) };
        /// The question under way.
        static ASKED: RefCell<Option<AbortController>> = const { RefCell::new(None) };
    }

    /// Only now the box is more than a box: without this code nothing would be suggested.
    pub fn begin() {
        let Some(input) = find(".header__search>input").and_then(|found| found.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        for (name, value) in [
            ("role", "combobox"),
            ("autocomplete", "off"),
            ("aria-autocomplete", "list"),
            ("aria-controls", "suggested"),
            ("aria-expanded", "false"),
        ] {
            // Refused only for a name that is none.
            let _ = input.set_attribute(name, value);
        }
        if let Some(form) = input.form() {
            let places = r#"<div data-out="suggested"></div><p class="unseen" role="status" data-out="found"></p>"#;
            let _ = form.insert_adjacent_html("beforeend", places);
        }
        // What was typed while this code was still on its way.
        let is_used = input.matches(":focus").unwrap_or_default();
        if is_used && !input.value().is_empty() {
            ask(input);
        }
    }

    pub fn typed(event: Event) {
        if let Some(input) = input_of(event.target()) {
            // Other words: what was chosen of the former is not meant any more.
            choose(&input, None);
            ask(input);
        }
    }

    /// Arrows go through the lines and back to the words, Enter opens a line, Escape puts the list away.
    pub fn pressed(event: KeyboardEvent) {
        let Some(input) = input_of(event.target()) else { return };
        if event.is_composing() || event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let count = find_all("#suggested>a").length();
        let chosen = find("#suggested>[aria-selected=true]");
        let at = chosen.as_ref().and_then(|line| line.id().rsplit('-').next().and_then(|at| at.parse::<u32>().ok()));
        match event.key().as_str() {
            "ArrowDown" if count == 0 => ask(input),
            "ArrowDown" => choose(&input, Some(at.map_or(0, |at| at + 1)).filter(|at| *at < count)),
            "ArrowUp" if count > 0 => choose(&input, at.unwrap_or(count).checked_sub(1)),
            "Enter" => {
                let Some(line) = chosen.and_then(|line| line.dyn_into::<HtmlElement>().ok()) else { return };
                line.click();
                stop();
                show(&input, "");
            }
            "Escape" if count > 0 => {
                stop();
                show(&input, "");
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// Whoever reads the lines one by one is still in the list.
    pub fn left(event: FocusEvent) {
        if is_in_list(event.related_target()) {
            return;
        }
        stop();
        if let Some(input) = find(".header__search>input").and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) {
            show(&input, "");
        }
    }

    /// A finger on a line must not take the focus from the box: the list would go before the tap is one.
    pub fn held(event: MouseEvent) {
        if is_in_list(event.target()) {
            event.prevent_default();
        }
    }

    fn is_in_list(target: Option<EventTarget>) -> bool {
        let element = target.and_then(|target| target.dyn_into::<Element>().ok());
        element.is_some_and(|element| element.closest("#suggested").ok().flatten().is_some())
    }

    fn input_of(target: Option<EventTarget>) -> Option<HtmlInputElement> {
        target?.dyn_into().ok()
    }

    /// Nobody waits for an answer any more.
    fn stop() {
        LETTERS.set(LETTERS.get().wrapping_add(1));
        if let Some(asked) = ASKED.take() {
            asked.abort();
        }
    }

    fn ask(input: HtmlInputElement) {
        stop();
        let mine = LETTERS.get();
        let words = input.value();
        if words.trim().chars().count() < FEWEST {
            show(&input, "");
            return;
        }
        spawn_local(async move {
            sleep(PAUSE).await;
            let (Some(form), Ok(asked)) = (input.form(), AbortController::new()) else { return };
            if LETTERS.get() != mine {
                return;
            }
            let signal = asked.signal();
            ASKED.set(Some(asked));
            let address = [form.action().as_str(), "/suggest"].concat();
            let answer = look(&address, "q", words.trim(), &signal).await;
            if LETTERS.get() == mine {
                ASKED.set(None);
                show(&input, &answer.unwrap_or_default());
            }
        });
    }

    /// Puts a list below the box, or none.
    fn show(input: &HtmlInputElement, list: &str) {
        if let Some(place) = find("[data-out=suggested]") {
            place.set_inner_html(list);
        }
        let found = find("#suggested").and_then(|list| list.get_attribute("aria-label"));
        let _ = input.set_attribute("aria-expanded", if found.is_some() { "true" } else { "false" });
        let _ = input.remove_attribute("aria-activedescendant");
        set_text("[data-out=found]", &found.unwrap_or_default());
    }

    /// Marks a line, or none: then the words themselves are meant.
    fn choose(input: &HtmlInputElement, at: Option<u32>) {
        if let Some(before) = find("#suggested>[aria-selected=true]") {
            let _ = before.set_attribute("aria-selected", "false");
        }
        let line = at.and_then(|at| find(&["#suggested-", &at.to_string()].concat()));
        let Some(line) = line else {
            let _ = input.remove_attribute("aria-activedescendant");
            return;
        };
        let _ = line.set_attribute("aria-selected", "true");
        let _ = input.set_attribute("aria-activedescendant", &line.id());
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        line.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}
