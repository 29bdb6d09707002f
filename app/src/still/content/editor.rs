//! The editor of a page or post: its words, when it is read, how it is found. Who may not edit reads it as it stands.

use super::pictures::{RefusedPicture, pictures, refused, with_pictures};
use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page, page_awake,
};
use crate::text::{
    content::{self, ContentWords},
    dash,
};
use duka::content::{LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, PageSheet, PageState, body_of};
use duka::kernel::{locale::Locale, typed::Typed};
use leptos::prelude::*;

/// What is shown besides the page itself.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'a> {
    pub page: &'a PageSheet,
    pub sheet: &'a Sheet,
    /// The form came to be looked at, not to be saved.
    pub is_preview: bool,
    /// A picture that was brought and not taken.
    pub refused: Option<&'a RefusedPicture>,
}

pub fn editor(still: &Still<'_>, editor: &Editor<'_>) -> String {
    let (locale, written, sheet) = (still.who.locale, editor.page, editor.sheet);
    let words = content::words(locale);
    let form = Form { locale, sheet, labels: words.labels };
    let length = |most: usize| u16::try_from(most).unwrap_or(u16::MAX);
    let home = format!("{}/{}", address::PAGES, written.id);
    let states: Vec<(String, String)> =
        words.states.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect();
    let looks = editor.is_preview.then(|| looks(words, sheet.typed.get("title"), seen(written, &sheet.typed)));
    page_awake(still, || {
        view! {
            {top(still, written)}
            {editor.refused.map(|one| refused(locale, one))}
            <form class="sheet" method="post" action=home.clone()>
                {form.top_where(&[("state", &states)])}
                {editor.is_preview.then(|| view! {
                    <p class="notice notice--done" role="status" data-unsaved="">{words.previewed}</p>
                })}
                {form.carried()}
                <section class="card sheet">
                    {form.line(Line { name: "title", max: length(LONGEST_TITLE), ..Line::default() })}
                    {form.text("body", length(LONGEST_BODY), 16, Some(words.body_hint))}
                    {looks}
                </section>
                <section class="card sheet">
                    <h2>{words.when}</h2>
                    {form.choose("state", &states, None)}
                    {form.line(Line {
                        name: "at", kind: "datetime-local", hint: Some(words.at_hint), is_optional: true, max: 19, ..Line::default()
                    })}
                </section>
                <section class="card sheet">
                    <h2>{words.found}</h2>
                    {form.line(Line { name: "slug", max: 200, hint: Some(words.slug_hint), ..Line::default() })}
                    {form.line(Line {
                        name: "summary", max: length(LONGEST_SUMMARY), hint: Some(words.summary_hint), is_optional: true,
                        ..Line::default()
                    })}
                    {form.tick("indexable", "on", words.indexable)}
                </section>
                <div class="buttons">
                    {form.save()}
                    <button class="button" type="submit" formaction=format!("{home}/preview")>{words.preview}</button>
                </div>
            </form>
            {pictures(locale, written, editor.refused)}
            <form class="card sheet" method="post" action=format!("{home}/remove")>
                <h2>{words.remove}</h2>
                <p>{words.remove_text}</p>
                <input type="hidden" name="version" value=written.version.to_string()/>
                <label class="choice" for="f-sure">
                    <input id="f-sure" type="checkbox" name="sure" value="on" required/>
                    <span>{words.sure}</span>
                </label>
                <button class="button" type="submit">{words.remove}</button>
            </form>
        }
    })
}

/// The page as it stands, for who may not edit it.
pub fn reading(still: &Still<'_>, written: &PageSheet) -> String {
    let words = content::words(still.who.locale);
    let looks = looks(words, &written.title, seen(written, &written.typed));
    page(still, || {
        view! {
            {top(still, written)}
            <section class="card sheet">{looks}</section>
        }
    })
}

/// What a form makes of the page, with its pictures.
fn seen(written: &PageSheet, typed: &Typed) -> String {
    with_pictures(&body_of(typed), &written.pictures)
}

/// The way back, the title, and where it stands.
fn top(still: &Still<'_>, written: &PageSheet) -> impl IntoView + use<> {
    let locale = still.who.locale;
    let words = content::words(locale);
    let in_shop = format!("{}{}", still.who.store_url, written.kind.path(&written.slug));
    let is_hidden = written.typed.get("indexable").is_empty();
    view! {
        <p class="back"><a href=address::PAGES>"← "{words.title}</a></p>
        <h1>{written.title.clone()}</h1>
        <p class="still__lead">{facts(locale, written)}</p>
        {is_hidden.then(|| view! { <p class="quiet">{words.not_hidden_from_links}</p> })}
        {(written.state == PageState::Published).then(|| view! {
            <p><a href=in_shop target="_blank" rel="external noopener">{words.see_in_shop}</a></p>
        })}
    }
}

fn facts(locale: Locale, written: &PageSheet) -> String {
    let words = content::words(locale);
    let mut facts = vec![(words.kind)(written.kind).to_owned(), (words.state)(written.state).to_owned()];
    facts.extend(written.published.as_ref().map(|at| (words.from)(&dash::words(locale).moment(at))));
    facts.join(" · ")
}

/// Cleaned on the server, as the shop shows it.
fn looks(words: &'static ContentWords, title: &str, html: String) -> impl IntoView + use<> {
    view! {
        <figure class="described">
            <figcaption>{words.how_it_looks}</figcaption>
            <p><b>{title.to_owned()}</b></p>
            <div class="described__text" inner_html=html></div>
        </figure>
    }
}
