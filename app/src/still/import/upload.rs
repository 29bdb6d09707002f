//! A file is chosen, the former ones are listed, and everything can be taken out.

use super::{ADDRESS, EXPORT, run::came_to};
use crate::still::frame::{Still, page};
use crate::text::{dash, import, still as words_of_forms};
use crate::ui::field::{Field, beneath, described_by, field};
use duka::catalog::import::{Format, runs::ImportRun};
use leptos::prelude::*;

/// What was typed beside the file, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub format: String,
    pub rate: String,
    /// A sentence about the file.
    pub file_problem: Option<String>,
    pub rate_problem: Option<&'static str>,
}

/// The whole page.
pub fn upload(still: &Still<'_>, runs: &[ImportRun], typed: &Typed) -> String {
    let locale = still.who.locale;
    let words = import::words(locale);
    let formats: Vec<_> = Format::ALL
        .iter()
        .map(|format| {
            let is_chosen = format.as_str() == typed.format;
            view! { <option value=format.as_str() selected=is_chosen>{format.name()}</option> }
        })
        .collect();
    let rows: Vec<_> = runs.iter().map(|run| row(run, words, dash::words(locale))).collect();
    let is_empty = rows.is_empty();
    let file_problem = typed.file_problem.clone();
    let described = described_by("file", true, file_problem.is_some());
    page(still, || {
        view! {
            <h1>{words.title}</h1>
            <p class="still__lead">{words.lead}</p>
            <form class="card sheet" method="post" action=ADDRESS enctype="multipart/form-data">
                <div class="sheet__pair">
                    <div class="field">
                        <label for="f-format">{words.format}</label>
                        <select class="input" id="f-format" name="format">
                            <option value="">{words.format_auto}</option>
                            {formats}
                        </select>
                    </div>
                    {field(Field {
                        name: "rate",
                        label: words.rate,
                        value: typed.rate.clone(),
                        inputmode: Some("decimal"),
                        placeholder: Some("129.50"),
                        hint: Some(words.rate_hint),
                        optional: Some(words_of_forms::words(locale).optional),
                        max: 20,
                        problem: typed.rate_problem,
                        ..Field::default()
                    })}
                </div>
                <div class="field">
                    <label for="f-file">{words.file}</label>
                    <input
                        class="input" id="f-file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv" required
                        aria-invalid=file_problem.is_some().then_some("true") aria-describedby=described
                    />
                    {file_problem.map(|problem| view! { <p class="field__problem" id="p-file" role="alert">{problem}</p> })}
                    {beneath("file", Some(words.file_hint), None)}
                </div>
                <button class="button button--main" type="submit">{words.look_first}</button>
            </form>
            <section class="card sheet">
                <h2>{words.export_title}</h2>
                <p>{words.export_text}</p>
                <p><a class="button" href=EXPORT download="products.csv">{words.export}</a></p>
            </section>
            <h2>{words.former}</h2>
            {if is_empty {
                view! { <p class="card">{words.none_yet}</p> }.into_any()
            } else {
                view! { <ul class="card rows">{rows}</ul> }.into_any()
            }}
        }
    })
}

fn row(run: &ImportRun, words: &'static import::ImportWords, dash: &'static dash::DashWords) -> impl IntoView + use<> {
    let address = format!("{ADDRESS}/{}", run.id);
    let name = if run.file_name.is_empty() { words.file.to_owned() } else { run.file_name.clone() };
    let (at, moment) = (run.created_at.as_str().to_owned(), dash.moment(&run.created_at));
    let sums = came_to(run, words).map(|sums| format!(" · {sums}"));
    view! {
        <li class="row">
            <a class="row__name" href=address>{name}</a>
            <span class="row__more"><time datetime=at>{moment}</time>" · "{(words.status)(run.status)}{sums}</span>
        </li>
    }
}
