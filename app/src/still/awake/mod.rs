//! What the bundle adds to a still page: behaviour for forms that are there already and work without it.
//!
//! An element asks by `data-wake` with the name of a behaviour, and carries every word and address that it needs in
//! `data-` attributes. A behaviour that cannot find what it needs leaves the form as it is.

mod browser;
mod grid;
mod leaving;
mod news;
mod pictures;
mod search_result;
mod sending;

use leptos::web_sys::Element;

/// Is the page one of these, and not a living one?
pub fn is_asked() -> bool {
    browser::body().is_some_and(|body| body.has_attribute("data-awake"))
}

/// Attaches every behaviour that the page asks for.
pub fn wake() {
    if let Some(body) = browser::body() {
        wake_in(&body);
    }
}

/// The same for a part that came later.
fn wake_in(part: &Element) {
    for element in browser::every_in(part, "[data-wake]") {
        // What is missing is missed by the behaviour alone.
        let _ = attach(&element);
    }
}

fn attach(element: &Element) -> Option<()> {
    match element.get_attribute("data-wake")?.as_str() {
        "grid" => grid::attach(element),
        "leaving" => leaving::attach(element),
        "news" => news::attach(element),
        "pictures" => pictures::attach(element),
        "search-result" => search_result::attach(element),
        _ => None,
    }
}
