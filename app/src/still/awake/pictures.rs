//! Takes pictures as they are chosen, dropped or pasted, and sends them one after the other with progress.

use super::{
    browser::{self, every, every_in, listen, this_window},
    leaving,
    sending::{self, Told},
};
use leptos::web_sys::{ClipboardEvent, DragEvent, Element, Event, File, FileList, HtmlFormElement, HtmlInputElement};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;

/// On the form that takes pictures.
pub fn attach(element: &Element) -> Option<()> {
    let form: HtmlFormElement = element.clone().dyn_into().ok()?;
    let input: HtmlInputElement = form.query_selector("input[type=file]").ok()??.dyn_into().ok()?;
    let list = form.query_selector("[data-out=sending]").ok()??;
    let desk = Rc::new(Desk { form, input, list, waiting: RefCell::default(), is_busy: Cell::new(false) });

    let chosen = Rc::clone(&desk);
    listen(&desk.input, "change", move |_| {
        chosen.take(chosen.input.files());
        // The same file can be chosen again after it was refused.
        chosen.input.set_value("");
    });
    let over = Rc::clone(&desk);
    listen(&desk.form, "dragover", move |event| {
        event.prevent_default();
        over.mark(true);
    });
    let left = Rc::clone(&desk);
    listen(&desk.form, "dragleave", move |_| left.mark(false));
    let dropped = Rc::clone(&desk);
    listen(&desk.form, "drop", move |event| {
        event.prevent_default();
        dropped.mark(false);
        dropped.take(event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|all| all.files()));
    });
    let window = this_window()?;
    let pasted = Rc::clone(&desk);
    listen(&window, "paste", move |event| pasted.paste(&event));
    let going = Rc::clone(&desk);
    listen(&window, "beforeunload", move |event| {
        if going.is_busy.get() {
            leaving::ask(&event);
        }
    });
    // Choosing is sending from here on.
    browser::show(&desk.form, "[data-only=no-scripts]", false);
    browser::show(&desk.form, "[data-only=scripts]", true);
    // Also what was chosen while this was still on its way: its button is gone now.
    let early = desk.input.files().filter(|files| files.length() > 0);
    if early.is_some() {
        desk.take(early);
        desk.input.set_value("");
    }
    Some(())
}

struct Desk {
    form: HtmlFormElement,
    input: HtmlInputElement,
    /// Where each file has a line.
    list: Element,
    waiting: RefCell<VecDeque<(File, Element)>>,
    is_busy: Cell<bool>,
}

impl Desk {
    fn mark(&self, is_over: bool) {
        let _ = self.form.class_list().toggle_with_force("drop--over", is_over);
    }

    fn said(&self, name: &str) -> String {
        self.form.get_attribute(name).unwrap_or_default()
    }

    fn paste(self: &Rc<Self>, event: &Event) {
        let files =
            event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data).and_then(|all| all.files());
        // Words are pasted where they belong.
        if files.as_ref().is_some_and(|files| files.length() > 0) {
            event.prevent_default();
            self.take(files);
        }
    }

    fn take(self: &Rc<Self>, files: Option<FileList>) {
        let most: f64 = self.said("data-most").parse().unwrap_or(f64::MAX);
        for file in files.iter().flat_map(|files| (0..files.length()).filter_map(|at| files.get(at))) {
            let Some(line) = sending::line(&self.list, &file.name(), &self.said("data-waiting")) else { continue };
            if file.size() > most {
                // Said before its bytes are paid for.
                sending::refused(&line, &format!("{} {}", file.name(), self.said("data-too-heavy")));
            } else {
                self.waiting.borrow_mut().push_back((file, line));
            }
        }
        if !self.is_busy.replace(true) {
            let desk = Rc::clone(self);
            spawn_local(async move { desk.send_all().await });
        }
    }

    async fn send_all(&self) {
        let mut has_new = false;
        loop {
            let next = self.waiting.borrow_mut().pop_front();
            let Some((file, line)) = next else { break };
            let of_file = |why: &str| format!("{} {}", file.name(), self.said(why));
            match sending::send(&self.form, self.input.name(), &file, &line).await {
                Told::Taken => {
                    has_new = true;
                    sending::done(&line, &self.said("data-done"));
                    // What was said of this picture is not true of the next one.
                    for said in every_in(&self.form, "[data-once]") {
                        if let Some(said) = said.dyn_ref::<HtmlInputElement>() {
                            said.set_value("");
                        }
                    }
                }
                Told::Refused(why) => sending::refused(&line, &why),
                Told::SignedOut => sending::refused(&line, &of_file("data-signed-out")),
                Told::NotSent => sending::refused(&line, &of_file("data-not-sent")),
            }
        }
        if has_new {
            self.show_list().await;
        }
        self.is_busy.set(false);
    }

    /// The list as it is now, unless somebody's words in it are not saved yet.
    async fn show_list(&self) {
        let Some(shown) = every("[data-part=pictures]").into_iter().next() else { return };
        if every_in(&shown, "form").iter().any(leaving::is_unsaved) {
            if let Ok(Some(note)) = self.form.query_selector("[data-out=list-is-old]") {
                note.set_text_content(Some(&self.said("data-list-is-old")));
                let _ = note.remove_attribute("hidden");
            }
            return;
        }
        let list = self.form.get_attribute("data-list").unwrap_or_else(|| self.form.action());
        let Some(page) = browser::fetch_page(&list).await else { return };
        let fresh = page.query_selector("[data-part=pictures]").ok().flatten();
        if let Some(fresh) = fresh {
            shown.set_inner_html(&fresh.inner_html());
            super::wake_in(&shown);
        }
    }
}
