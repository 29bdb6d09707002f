//! The counts there were, and the form that begins one.

use super::{COUNTS, STOCK, back};
use crate::still::{
    Still,
    catalogue::choices,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{dash, stock};
use duka::kernel::field_errors::FieldProblem;
use duka::pages::dashboard::stock::count::{CountRow, CountsPage};
use leptos::prelude::*;

/// `id` is that of the count the form would begin.
pub fn counts(still: &Still<'_>, found: &CountsPage, id: &str, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let (words, dash) = (stock::words(locale), dash::words(locale));
    let rows: Vec<_> = found.counts.iter().map(|count| row(words, dash, count)).collect();
    let is_empty = rows.is_empty();
    let labels = [("part", words.part), ("category", words.category), ("words", words.search_words)];
    let form = Form { locale, sheet, labels: &labels };
    let parts: Vec<(String, String)> = ["all", "category", "search"]
        .into_iter()
        .zip(words.parts)
        .map(|(value, label)| (value.to_owned(), label.to_owned()))
        .collect();
    let categories = choices(&found.categories, "—");
    // How large a count may be is no matter of one field.
    let said = ["part", "category", "words"].into_iter().find_map(|field| match sheet.errors.of(field) {
        Some(FieldProblem::TooHigh) => Some(words.too_many_lines),
        Some(FieldProblem::UnknownChoice) => Some(words.no_lines),
        _ => None,
    });
    page(still, || {
        view! {
            {back(STOCK.to_owned(), words.title)}
            <h1>{words.counts}</h1>
            <p class="still__lead">{words.counts_lead}</p>
            {is_empty.then(|| view! { <p class="card">{words.no_counts}</p> })}
            {(!is_empty).then(|| view! { <ul class="card rows">{rows}</ul> })}
            {found.may_count.then(|| view! {
                <form class="card sheet" method="post" action=COUNTS>
                    <h2>{words.new_count}</h2>
                    {form.top()}
                    {said.map(|sentence| view! { <p class="field__problem">{sentence}</p> })}
                    <input type="hidden" name="count" value=id.to_owned()/>
                    {form.choose("part", &parts, None)}
                    {form.choose("category", &categories, None)}
                    {form.line(Line { name: "words", is_optional: true, max: 100, ..Line::default() })}
                    <button class="button button--main" type="submit">{words.start}</button>
                </form>
            })}
        }
    })
}

/// What a count is of, in words.
pub(super) fn title(words: &'static stock::StockWords, count: &CountRow) -> String {
    match count.scope.as_str() {
        "all" => words.parts[0].to_owned(),
        _ => count.of.clone(),
    }
}

fn row(words: &'static stock::StockWords, dash: &'static dash::DashWords, count: &CountRow) -> impl IntoView + use<> {
    let started = (words.started)(&count.started_by, &dash.moment(&count.started_at));
    view! {
        <li class="row">
            <span>
                <a class="row__name" href=format!("{COUNTS}/{}", count.id)>{title(words, count)}</a>
                <br/>
                <span class="row__more">
                    {(words.progress)(count.counted, count.line_count, count.differences)}" · "{started}
                </span>
            </span>
            <span class="row__aside">{(words.status)(&count.status)}</span>
        </li>
    }
}
