//! The API operator's form, and until when M-Pesa takes its password.

use crate::still::form::{Form, Line, Sheet};
use crate::text::mpesa::words;
use chrono::{DateTime, Utc};
use duka::kernel::{kenya, locale::Locale};
use duka::payments::account_operator::{Operator, PasswordAge};
use leptos::prelude::*;

pub fn operator(locale: Locale, operator: &Operator, sheet: &Sheet, now: DateTime<Utc>) -> impl IntoView + use<> {
    let words = words(locale);
    let form = Form { locale, sheet, labels: words.operator_labels };
    let is_set = operator.name.is_some();
    let standing = operator.name.as_deref().map_or_else(|| words.operator_missing.to_owned(), words.operator_set);
    let reminder = operator.ends_at().map(|end| {
        let end = kenya::day(end);
        match operator.age(now) {
            PasswordAge::Fresh => ("quiet", (words.password_until)(&end)),
            PasswordAge::EndsSoon => ("notice", (words.password_ends_soon)(&end)),
            PasswordAge::Over => ("notice notice--bad", (words.password_over)(&end)),
        }
    });
    view! {
        <form class="card sheet" method="post" action="/dashboard/settings/mpesa/operator" autocomplete="off" id="operator">
            <h2>{words.operator}</h2>
            <p class="quiet">{words.operator_text}</p>
            <p>{standing}</p>
            {reminder.map(|(class, sentence)| view! { <p class=class>{sentence}</p> })}
            {form.top()}
            {form.carried()}
            {form.line(Line { name: "initiator_name", max: 100, ..Line::default() })}
            {form.secret(Line {
                name: "initiator_password",
                max: 100,
                autocomplete: "new-password",
                hint: is_set.then_some(words.password_set),
                ..Line::default()
            })}
            {form.save()}
        </form>
    }
}
