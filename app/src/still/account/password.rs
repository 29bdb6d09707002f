//! Another password, with the present one.

use super::{PASSWORD, back};
use crate::{
    still::{
        Still,
        form::{Form, Line, Sheet},
        page,
    },
    text::account,
};
use leptos::prelude::*;

pub fn password_page(still: &Still<'_>, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let (words, sheet) = (account::words(locale), sheet.clone());
    page(still, move || {
        let labels = [("current", words.current_password), ("password", words.new_password)];
        let form = Form { locale, sheet: &sheet, labels: &labels };
        view! {
            {back(locale)}
            <h1>{words.change_password}</h1>
            <form class="card sheet" method="post" action=PASSWORD>
                {form.top()}
                {form.secret(Line { name: "current", autocomplete: "current-password", max: 128, ..Line::default() })}
                {form.secret(Line {
                    name: "password",
                    autocomplete: "new-password",
                    hint: Some(words.new_password_hint),
                    max: 128,
                    ..Line::default()
                })}
                <p class="quiet">{words.change_password_note}</p>
                <button class="button button--main" type="submit">{words.change_password}</button>
            </form>
        }
    })
}
