//! One file: how far it is, what came of it, what its columns are, and what a person may do now.

use super::ADDRESS;
use crate::still::frame::{Still, page};
use crate::text::import::{self, ImportWords};
use duka::catalog::import::{
    FIELDS, Mapping, guess,
    runs::{ImportNote, ImportRun, RunStatus, Sums},
};
use leptos::prelude::*;

/// The whole page. `said` is what a person said of the columns a moment ago, `problem` why that was not taken.
pub fn run(
    still: &Still<'_>,
    run: &ImportRun,
    notes: &[ImportNote],
    said: Option<&Mapping>,
    problem: Option<String>,
) -> String {
    let words = import::words(still.who.locale);
    let address = format!("{ADDRESS}/{}", run.id);
    let (start, cancel, report) =
        (format!("{address}/start"), format!("{address}/cancel"), format!("{address}/report"));
    let status = run.status;
    let name = run.file_name.clone();
    let why = run.problem.as_ref().map(|problem| (words.refusal)(problem));
    let columns = may_say_columns(run).then(|| {
        let columns = columns(run, words, said);
        // Once tried they are rarely wrong, and the report comes first.
        if status == RunStatus::Checked {
            view! { <details><summary>{words.columns_title}</summary>{columns}</details> }.into_any()
        } else {
            columns.into_any()
        }
    });
    let can_cancel = !status.is_over() && !run.is_stopping;
    let lines = (!notes.is_empty()).then(|| report_lines(notes, run.note_count, words));
    let progress = (run.total_rows > 0 && !brought_nothing(run)).then(|| {
        let (done, total) = (run.rows_done.min(run.total_rows), run.total_rows);
        view! {
            <progress class="import__progress" max=total.to_string() value=done.to_string()>{(words.rows_done)(done, total)}</progress>
            <p>{(words.rows_done)(done, total)}</p>
        }
    });
    let sums = came_to(run, words);
    let explained = if brought_nothing(run) {
        (words.explain)(RunStatus::Failed)
    } else if can_start(run) {
        (words.explain)(status)
    } else {
        words.nothing_to_take
    };
    page(still, || {
        view! {
            <h1>{name}</h1>
            {problem.map(|problem| view! { <div class="notice notice--bad" role="alert"><p>{problem}</p></div> })}
            <section class="card sheet" aria-live="polite">
                <h2>{(words.status)(status)}</h2>
                <p>{explained}</p>
                {why.map(|why| view! { <p class="notice notice--bad">{why}</p> })}
                {progress}
                {sums.map(|sums| view! { <p>{sums}</p> })}
                {run.is_stopping.then(|| (!status.is_over()).then(|| view! { <p>{words.stopping}</p> }))}
                {status.is_moving().then(|| view! { <p class="field__hint">{words.refreshes}</p> })}
                {(!run.is_file_kept && status.is_over()).then(|| view! { <p class="field__hint">{words.removed}</p> })}
                {(status == RunStatus::Checked && can_start(run)).then(|| view! {
                    <form method="post" action=start>
                        <button class="button button--main" type="submit">{words.import}</button>
                    </form>
                })}
                {can_cancel.then(|| view! {
                    <form method="post" action=cancel>
                        <button class="button" type="submit">{words.cancel}</button>
                    </form>
                })}
                {(status == RunStatus::Succeeded).then(|| view! {
                    <p><a class="button" href="/dashboard/products">{words.to_products}</a></p>
                })}
                {(run.note_count > 0).then(|| view! {
                    <p><a class="button" href=report download="report.csv">{words.report}</a></p>
                })}
            </section>
            {columns}
            {lines}
            <p><a href=ADDRESS>{words.back}</a></p>
        }
    })
}

/// May a person say what the columns are? Of a known format only when it did not fit, and of rows that are there.
fn may_say_columns(run: &ImportRun) -> bool {
    run.is_file_kept
        && match run.status {
            RunStatus::Uploaded => true,
            RunStatus::Failed => !run.head.rows.is_empty(),
            RunStatus::Checked => run.mapping().is_some(),
            _ => false,
        }
}

/// Did it end before anything was in?
fn brought_nothing(run: &ImportRun) -> bool {
    run.status == RunStatus::Cancelled && run.sums.created + run.sums.updated + run.sums.unchanged == 0
}

/// Would bringing it in come to anything?
fn can_start(run: &ImportRun) -> bool {
    let is_of_use = |tried: Sums| tried.created + tried.updated + tried.unchanged > 0;
    run.status != RunStatus::Checked || run.checked.is_none_or(is_of_use)
}

/// What it came to, or would come to; none where nothing was counted.
pub(super) fn came_to(run: &ImportRun, words: &ImportWords) -> Option<String> {
    if run.total_rows == 0 || brought_nothing(run) {
        return None;
    }
    Some(match run.checked.filter(|_| run.status == RunStatus::Checked) {
        Some(tried) => format!("{} {}", words.would_be, (words.sums)(&tried)),
        None => (words.sums)(&run.sums),
    })
}

/// A choice for each column, with what stands in its first rows.
fn columns(run: &ImportRun, words: &'static ImportWords, said: Option<&Mapping>) -> impl IntoView + use<> {
    let action = format!("{ADDRESS}/{}/columns", run.id);
    let guessed = said.or_else(|| run.mapping()).cloned().unwrap_or_else(|| guess(&run.head.columns));
    let fields: Vec<_> = run
        .head
        .columns
        .iter()
        .enumerate()
        .map(|(nth, column)| {
            let id = format!("f-column-{nth}");
            let chosen = guessed.get(column).cloned().unwrap_or_default();
            let examples: Vec<&str> = run
                .head
                .rows
                .iter()
                .filter_map(|row| row.get(nth))
                .map(String::as_str)
                .filter(|cell| !cell.is_empty())
                .collect();
            let options: Vec<_> = FIELDS
                .iter()
                .map(|(field, _)| {
                    let is_chosen = *field == chosen;
                    view! { <option value=*field selected=is_chosen>{(words.field)(field)}</option> }
                })
                .collect();
            view! {
                <div class="field">
                    <label for=id.clone()>{column.clone()}</label>
                    <select class="input" id=id name=format!("column-{nth}")>
                        <option value="">{words.ignore}</option>
                        {options}
                    </select>
                    <p class="field__hint">{examples.join(" · ")}</p>
                </div>
            }
        })
        .collect();
    view! {
        <form class="card sheet" method="post" action=action>
            <h2>{words.columns_title}</h2>
            <p>{words.columns_lead}</p>
            {fields}
            <button class="button button--main" type="submit">{words.try_it}</button>
        </form>
    }
}

fn report_lines(notes: &[ImportNote], count: i32, words: &'static ImportWords) -> impl IntoView + use<> {
    let shown = notes.len();
    let is_cut = usize::try_from(count).is_ok_and(|count| count > shown);
    let rows: Vec<_> = notes
        .iter()
        .map(|note| {
            let place = if note.column.is_empty() {
                format!("{} {}", words.line, note.line)
            } else {
                format!("{} {} · {}", words.line, note.line, note.column)
            };
            let says = (!note.says.is_empty()).then(|| format!("{}: {}", words.says, note.says));
            view! {
                <li class="import__note">
                    <b>{place}</b>
                    {note.is_refusal.then(|| view! { " "<span class="import__refused">{words.refused}</span> })}
                    <span class="import__says">{note.handle.clone()}</span>
                    <span>{words.told(note)}</span>
                    {says.map(|says| view! { <span class="import__says">{says}</span> })}
                </li>
            }
        })
        .collect();
    view! {
        <h2>{(words.notes)(count)}</h2>
        {is_cut.then(|| view! { <p>{(words.first_notes)(shown)}</p> })}
        <ul class="card import__notes">{rows}</ul>
    }
}
