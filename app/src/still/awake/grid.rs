//! Makes a form of many rows a sheet of cells: moved in with the keyboard, filled by a paste, unsaved rows marked.

use super::{
    super::pasted,
    browser::{every_in, listen},
    leaving::is_other,
};
use leptos::web_sys::{
    ClipboardEvent, Element, Event, EventTarget, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent,
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast as _;

/// A row is a `tr` of the body; a cell is what has `data-cell`. `data-one` and `data-some` are the words of the count,
/// which stands in `data-part="unsaved"`; `data-lost` those of pasted cells that found no place.
pub fn attach(element: &Element) -> Option<()> {
    let form: HtmlFormElement = element.clone().dyn_into().ok()?;
    let grid = Rc::new(Grid::of(&form)?);
    let keyed = Rc::clone(&grid);
    listen(&form, "keydown", move |event| {
        let _ = keyed.go(&event);
    });
    let filled = Rc::clone(&grid);
    listen(&form, "paste", move |event| {
        let _ = filled.fill(&event);
    });
    for typed in ["input", "change"] {
        let grid = Rc::clone(&grid);
        listen(&form, typed, move |event| {
            if let Some((row, _)) = grid.place(event.target()) {
                grid.lost.set(0);
                grid.mark(row);
                grid.count();
            }
        });
    }
    // A browser that goes back fills in what was typed.
    for row in 0..grid.rows.len() {
        grid.mark(row);
    }
    grid.count();
    Some(())
}

struct Row {
    element: Element,
    cells: Vec<Element>,
    /// It came back from the server unsaved.
    is_kept: bool,
    is_unsaved: Cell<bool>,
}

struct Grid {
    rows: Vec<Row>,
    said: Element,
    one: String,
    some: String,
    without_place: String,
    /// Cells of the last paste that found no place.
    lost: Cell<usize>,
}

impl Grid {
    fn of(form: &HtmlFormElement) -> Option<Self> {
        let rows = every_in(form, "tbody tr").into_iter().map(|element| {
            let cells = every_in(&element, "[data-cell]");
            let is_kept = element.has_attribute("data-unsaved");
            Row { element, cells, is_kept, is_unsaved: Cell::new(is_kept) }
        });
        Some(Self {
            rows: rows.collect(),
            said: form.query_selector("[data-part=unsaved]").ok()??,
            one: form.get_attribute("data-one")?,
            some: form.get_attribute("data-some")?,
            without_place: form.get_attribute("data-lost")?,
            lost: Cell::new(0),
        })
    }

    /// Row and column of a cell.
    fn place(&self, target: Option<EventTarget>) -> Option<(usize, usize)> {
        let cell: Element = target?.dyn_into().ok()?;
        self.rows.iter().enumerate().find_map(|(at, row)| Some((at, row.cells.iter().position(|one| *one == cell)?)))
    }

    /// Up, down and Enter stay in the column; Enter does not send what is half typed.
    fn go(&self, event: &Event) -> Option<()> {
        let key: &KeyboardEvent = event.dyn_ref()?;
        if key.alt_key() || key.ctrl_key() || key.meta_key() || key.is_composing() {
            return None;
        }
        let (row, column) = self.place(event.target())?;
        let line = line(&self.rows[row].cells[column])?;
        let to = match key.key().as_str() {
            "ArrowUp" => row.checked_sub(1),
            "Enter" if key.shift_key() => row.checked_sub(1),
            "ArrowDown" | "Enter" => Some(row + 1),
            _ => return None,
        };
        event.prevent_default();
        let cell = self.rows.get(to?)?.cells.get(column)?;
        // Leaving a line that was typed in is a change to whoever listens.
        let _ = line.blur();
        cell.dyn_ref::<HtmlElement>()?.focus().ok()?;
        if let Some(line) = cell.dyn_ref::<HtmlInputElement>() {
            line.select();
        }
        Some(())
    }

    /// Fills to the right and down from the cell that has the focus; one single value is the browser's own paste.
    fn fill(&self, event: &Event) -> Option<()> {
        let text = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?.get_data("text").ok()?;
        if !text.contains(['\t', '\n']) {
            return None;
        }
        let (row, column) = self.place(event.target())?;
        event.prevent_default();
        let mut lost = 0;
        for (down, values) in pasted::rows(&text).into_iter().enumerate() {
            let into = self.rows.get(row + down);
            for (right, value) in values.into_iter().enumerate() {
                match into.and_then(|into| into.cells.get(column + right)).and_then(line) {
                    Some(line) => line.set_value(value.trim()),
                    None => lost += usize::from(!value.trim().is_empty()),
                }
            }
            self.mark(row + down);
        }
        self.lost.set(lost);
        self.count();
        Some(())
    }

    fn mark(&self, at: usize) {
        let Some(row) = self.rows.get(at) else { return };
        let mut is_unsaved = row.is_kept;
        for cell in &row.cells {
            let is_changed = is_other(cell);
            is_unsaved |= is_changed;
            set(cell, "data-changed", is_changed);
        }
        row.is_unsaved.set(is_unsaved);
        set(&row.element, "data-unsaved", is_unsaved);
    }

    fn count(&self) {
        let count = self.rows.iter().filter(|row| row.is_unsaved.get()).count();
        let mut said = match count {
            0 => String::new(),
            1 => self.one.clone(),
            count => self.some.replace("{n}", &count.to_string()),
        };
        if self.lost.get() > 0 {
            if !said.is_empty() {
                said.push_str(" · ");
            }
            said.push_str(&self.without_place.replace("{n}", &self.lost.get().to_string()));
        }
        self.said.set_text_content(Some(&said));
    }
}

/// A cell that is typed in, if it is one.
fn line(cell: &Element) -> Option<HtmlInputElement> {
    let input: HtmlInputElement = cell.clone().dyn_into().ok()?;
    (input.type_() == "text" && !input.read_only() && !input.disabled()).then_some(input)
}

fn set(element: &Element, attribute: &str, is_on: bool) {
    // Refused only for a name that is none.
    let _ = if is_on { element.set_attribute(attribute, "") } else { element.remove_attribute(attribute) };
}
