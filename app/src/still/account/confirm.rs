//! Asks for the password once more, before a page that a borrowed browser must not open.

use crate::{
    dashboard::code_line,
    still::{
        Still,
        form::{Form, Line, Sheet},
        page,
    },
    text::account,
};
use leptos::prelude::*;

/// `to` is where it leads.
pub fn confirm_page(still: &Still<'_>, sheet: &Sheet, to: &str, asks_code: bool) -> String {
    let locale = still.who.locale;
    let (words, sheet, to) = (account::words(locale), sheet.clone(), to.to_owned());
    page(still, move || {
        let labels = [("password", words.password), ("code", words.code)];
        let form = Form { locale, sheet: &sheet, labels: &labels };
        view! {
            <h1>{words.confirm_title}</h1>
            <form class="card sheet" method="post" action="/dashboard/confirm">
                {form.top()}
                <p>{words.confirm_lead}</p>
                <input type="hidden" name="to" value=to/>
                {form.secret(Line { name: "password", autocomplete: "current-password", max: 128, ..Line::default() })}
                {asks_code.then(|| form.line(code_line(words)))}
                <button class="button button--main" type="submit">{words.go_on}</button>
            </form>
        }
    })
}
