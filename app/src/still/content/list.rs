//! The list of pages and posts, with a form that begins another one.

use crate::dashboard::address;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{content, dash};
use duka::content::{LONGEST_TITLE, PageKind};
use duka::kernel::locale::Locale;
use duka::pages::dashboard::content::PageRow;
use leptos::prelude::*;

/// The whole page. `new` is the id that the form for a new one carries, so that it is begun once; none for who only reads.
pub fn list(still: &Still<'_>, rows: &[PageRow], sheet: &Sheet, new: Option<&str>) -> String {
    let locale = still.who.locale;
    let words = content::words(locale);
    let form = Form { locale, sheet, labels: words.new_labels };
    let kinds: Vec<(String, String)> =
        PageKind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), (words.kind)(kind).to_owned())).collect();
    let lines: Vec<_> = rows.iter().map(|row| line(locale, row)).collect();
    page(still, || {
        view! {
            <h1>{words.title}</h1>
            <p class="still__lead">{words.lead}</p>
            {form.top()}
            {if lines.is_empty() {
                view! { <p class="card quiet">{words.nothing_yet}</p> }.into_any()
            } else {
                view! { <ul class="card rows">{lines}</ul> }.into_any()
            }}
            {new.map(|new| view! {
                <form class="card sheet" method="post" action=address::PAGES>
                    <h2>{words.new}</h2>
                    <input type="hidden" name="page" value=new.to_owned()/>
                    {form.line(Line { name: "title", max: u16::try_from(LONGEST_TITLE).unwrap_or(u16::MAX), ..Line::default() })}
                    {form.choose("kind", &kinds, None)}
                    <button class="button button--main" type="submit">{words.begin}</button>
                </form>
            })}
            <p class="quiet"><a href=address::SETTINGS>{words.policies}</a></p>
        }
    })
}

fn line(locale: Locale, row: &PageRow) -> impl IntoView + use<> {
    let words = content::words(locale);
    let mut facts = vec![(words.kind)(row.kind).to_owned(), (words.state)(row.state).to_owned()];
    facts.extend(row.published.as_ref().map(|at| (words.from)(&dash::words(locale).moment(at))));
    view! {
        <li>
            <a class="row row--stacked" href=format!("{}/{}", address::PAGES, row.id)>
                <span class="row__name">{row.title.clone()}</span>
                <span class="row__more">{facts.join(" · ")}</span>
            </a>
        </li>
    }
}
