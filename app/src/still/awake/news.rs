//! Asks now and then whether the list of orders has changed, and draws it anew; never under somebody's hands.

use super::{
    browser::{document, every_in, fetch_page, fetch_text, listen, this_window},
    wake_in,
};
use leptos::web_sys::{Element, HtmlInputElement};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast as _, closure::Closure};
use wasm_bindgen_futures::spawn_local;

/// In milliseconds.
const EVERY: i32 = 10_000;

/// On the list; `data-address` tells the mark of the newest change, `data-page` is where the list is.
pub fn attach(element: &Element) -> Option<()> {
    let list = element.clone();
    let is_asking = Rc::new(Cell::new(false));
    let ask = move || {
        let is_hidden = document().is_none_or(|page| page.hidden());
        if !is_hidden && list.is_connected() && !is_asking.replace(true) {
            let (list, is_asking) = (list.clone(), Rc::clone(&is_asking));
            spawn_local(async move {
                // What did not come this time comes the next.
                let _ = look(&list).await;
                is_asking.set(false);
            });
        }
    };
    let again = ask.clone();
    let page = document()?;
    listen(&page, "visibilitychange", move |_| again());
    let tick = Closure::<dyn FnMut()>::new(ask);
    this_window()?.set_interval_with_callback_and_timeout_and_arguments_0(tick.as_ref().unchecked_ref(), EVERY).ok()?;
    tick.forget();
    Some(())
}

async fn look(list: &Element) -> Option<()> {
    let mark = fetch_text(&list.get_attribute("data-address")?).await?;
    if mark.trim() == list.get_attribute("data-mark")? {
        return Some(());
    }
    if is_in_use(list) {
        return document()?.query_selector("[data-news]").ok()??.remove_attribute("hidden").ok();
    }
    // The page to sign in answers in its place: the session is over, and a list that only stood still would lie.
    if mark.trim_start().starts_with('<') {
        return this_window()?.location().reload().ok();
    }
    let page = fetch_page(&list.get_attribute("data-page")?).await?;
    let new = page.query_selector("[data-wake=news]").ok()??;
    // Somebody may have begun meanwhile.
    if !is_in_use(list) {
        list.set_inner_html(&new.inner_html());
        list.set_attribute("data-mark", &new.get_attribute("data-mark")?).ok()?;
        wake_in(list);
    }
    Some(())
}

/// Has somebody ticked an order, or got the list under their keyboard?
fn is_in_use(list: &Element) -> bool {
    let is_ticked = |field: &Element| field.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
    every_in(list, "input[type=checkbox]").iter().any(is_ticked)
        || document().and_then(|page| page.active_element()).is_some_and(|one| list.contains(Some(&one)))
}
