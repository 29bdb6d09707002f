//! The codes of a discount: one for many, batches that go once each, all of them as a file.

use super::{
    ADDRESS,
    form::{CODE_LENGTH, back},
};
use crate::still::{
    form::{Form, Line, Sheet},
    frame::{Still, page},
};
use crate::text::discounts::words;
use duka::pages::dashboard::discounts::CodesPage;
use leptos::prelude::*;

/// `one` and `batch` are the two forms as they are to be shown; each carries the `id` of what it would give out.
pub fn codes(still: &Still<'_>, found: &CodesPage, one: &Sheet, batch: &Sheet) -> String {
    let locale = still.who.locale;
    let words = words(locale);
    let at = format!("{ADDRESS}/{}/codes", found.rule);
    let one_labels = [("code", words.code), ("uses", words.uses)];
    let batch_labels = [("label", words.label), ("count", words.count)];
    let one = Form { locale, sheet: one, labels: &one_labels };
    let batch = Form { locale, sheet: batch, labels: &batch_labels };
    let rows: Vec<_> = found
        .codes
        .iter()
        .map(|line| {
            view! {
                <li class="row">
                    <span class="row__name code">{line.code.clone()}</span>
                    <form method="post" action=format!("{at}/{}/remove", line.id)>
                        <button class="button button--quiet" type="submit" aria-label=format!("{} {}", words.remove, line.code)>{words.remove}</button>
                    </form>
                    <span class="row__more">{(words.code_used)(line.taken, line.most)}</span>
                </li>
            }
        })
        .collect();
    let batches: Vec<_> = found
        .batches
        .iter()
        .map(|line| {
            view! {
                <li class="row">
                    <span class="row__name">{line.label.clone()}</span>
                    <span class="row__more">{(words.of_batch)(line.taken, line.count)}</span>
                </li>
            }
        })
        .collect();
    let (has_rows, has_batches, needs_code) = (!rows.is_empty(), !batches.is_empty(), found.needs_code);
    page(still, || {
        view! {
            <h1>{(words.codes_of)(&found.name)}</h1>
            <p class="still__lead">{words.codes_lead}</p>
            {(!needs_code).then(|| view! { <p class="notice">{words.not_by_code}</p> })}
            {has_rows.then(|| view! { <ul class="card rows">{rows}</ul> })}
            {(!has_rows && !has_batches).then(|| view! { <p class="card">{words.no_codes}</p> })}
            {has_batches.then(|| view! { <section class="card"><h2>{words.batches}</h2><ul class="rows">{batches}</ul></section> })}
            {(has_rows || has_batches).then(|| view! { <p><a class="button" href=format!("{ADDRESS}/{}/codes.csv", found.rule) download="codes.csv">{words.download}</a></p> })}
            <form class="card sheet" method="post" action=at.clone()>
                <h2>{words.one_code}</h2>
                {one.top()}
                <input type="hidden" name="id" value=one.sheet.typed.get("id").to_owned()/>
                <div class="sheet__pair">
                    {one.line(Line { name: "code", hint: Some(words.code_hint), max: CODE_LENGTH, ..Line::default() })}
                    {one.line(Line { name: "uses", inputmode: Some("numeric"), hint: Some(words.uses_hint), is_optional: true, max: 9, ..Line::default() })}
                </div>
                <button class="button button--main" type="submit">{words.add_code}</button>
            </form>
            <form class="card sheet" method="post" action=format!("{at}/batch")>
                <h2>{words.batch}</h2>
                <p>{words.batch_text}</p>
                {batch.top()}
                <input type="hidden" name="id" value=batch.sheet.typed.get("id").to_owned()/>
                <div class="sheet__pair">
                    {batch.line(Line { name: "label", max: 60, ..Line::default() })}
                    {batch.line(Line { name: "count", inputmode: Some("numeric"), placeholder: Some("100"), max: 5, ..Line::default() })}
                </div>
                <button class="button button--main" type="submit">{words.make_batch}</button>
            </form>
            {back(locale)}
        }
    })
}
