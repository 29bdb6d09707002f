//! Another e-mail: asks for it, and says that a link is on its way.

use super::{EMAIL, back};
use crate::{
    still::{
        Still,
        form::{Form, Line, Sheet},
        page,
    },
    text::account,
};
use leptos::prelude::*;

/// `sheet.is_saved` says that the link was sent.
pub fn email_page(still: &Still<'_>, sheet: &Sheet) -> String {
    let locale = still.who.locale;
    let (words, mut sheet, now) = (account::words(locale), sheet.clone(), still.who.email.clone());
    let is_sent = std::mem::take(&mut sheet.is_saved);
    page(still, move || {
        let form = Form { locale, sheet: &sheet, labels: &[("email", words.new_email)] };
        view! {
            {back(locale)}
            <h1>{words.change_email}</h1>
            <form class="card sheet" method="post" action=EMAIL>
                {is_sent.then(|| view! { <p class="notice notice--done" role="status">{words.new_email_sent}</p> })}
                {form.top()}
                <p class="code">{now}</p>
                {form.line(Line {
                    name: "email",
                    kind: "email",
                    autocomplete: "email",
                    hint: Some(words.new_email_hint),
                    max: 254,
                    ..Line::default()
                })}
                <button class="button button--main" type="submit">{words.forgot_send}</button>
            </form>
        }
    })
}
