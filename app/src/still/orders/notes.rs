//! What the team writes on an order for itself: tags that change, notes that stay.

use super::{tags, time};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page_awake,
};
use crate::text::{
    dash,
    orders::{self, OrdersWords},
    still as words_of_forms,
};
use crate::ui::text_area::{TextArea, text_area};
use duka::kernel::{field_errors::FieldProblem, locale::Locale};
use duka::orders::write_note::LONGEST_NOTE;
use duka::pages::dashboard::order_notes::{Note, NotesPage};
use leptos::prelude::*;

/// The page; `tagging` is the form of the tags, `writing` what was typed as a note, `note` the id that it would have.
pub fn notes(still: &Still<'_>, found: &NotesPage, tagging: &Sheet, writing: &Sheet, note: &str) -> String {
    let locale = still.who.locale;
    let words = orders::words(locale);
    let back = address::order(found.order);
    let labels = [("tags", words.tags)];
    let form = Form { locale, sheet: tagging, labels: &labels };
    let written: Vec<_> = found.notes.iter().map(|note| one(locale, note)).collect();
    let problem = tagging.errors.of("tags").map(|problem| match problem {
        FieldProblem::TooMany => words.too_many_tags,
        FieldProblem::TooLong => words.tag_too_long,
        other => words_of_forms::problem(locale, other),
    });
    page_awake(still, || {
        view! {
            <h1>{(words.notes_title)(found.number)}</h1>
            <p class="still__lead">{words.notes_lead}</p>
            {if found.may_write {
                view! {
                    <form class="card sheet" method="post" action=format!("{back}/tags")>
                        {form.top()}
                        {problem.map(|problem| view! { <p class="field__problem">{problem}</p> })}
                        {form.carried()}
                        {form.line(Line { name: "tags", hint: Some(words.tags_hint), is_optional: true, max: 400, ..Line::default() })}
                        {form.save()}
                    </form>
                    {new_note(locale, words, writing, note, &back)}
                }
                .into_any()
            } else {
                view! { <p class="card">{words.tags}": "{tags(&found.tags)}</p> }.into_any()
            }}
            <section class="card">
                <h2>{words.notes}</h2>
                {written.is_empty().then(|| view! { <p class="quiet">{words.no_notes}</p> })}
                <ol class="timeline">{written}</ol>
            </section>
            <p><a href=back.clone()>{words_of_forms::words(locale).back}</a></p>
        }
    })
}

fn new_note(
    locale: Locale,
    words: &'static OrdersWords,
    sheet: &Sheet,
    note: &str,
    back: &str,
) -> impl IntoView + use<> {
    let problem = sheet.errors.iter().next().map(|(_, problem)| match problem {
        FieldProblem::TooMany => words.too_many_notes,
        other => words_of_forms::problem(locale, other),
    });
    let area = TextArea {
        id: "f-note".to_owned(),
        name: "note",
        value: sheet.typed.get("note"),
        max: LONGEST_NOTE,
        rows: 3,
        is_wrong: problem.is_some(),
        ..TextArea::default()
    };
    view! {
        <form class="card sheet" method="post" action=format!("{back}/notes")>
            <input type="hidden" name="id" value=note.to_owned()/>
            <div class="field">
                <label for="f-note">{words.new_note}</label>
                {text_area(area)}
                {problem.map(|problem| view! { <p class="field__problem" role="alert">{problem}</p> })}
            </div>
            <button class="button" type="submit">{words.write}</button>
        </form>
    }
}

fn one(locale: Locale, note: &Note) -> impl IntoView + use<> {
    let dash = dash::words(locale);
    view! {
        <li>
            <p class="note">{note.text.clone()}</p>
            <span>{time(dash, &note.at)}" "{note.by.as_deref().map(|name| (dash.by)(name))}</span>
        </li>
    }
}
