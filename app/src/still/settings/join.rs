//! The page behind an invite's link, and the one page for every link that leads nowhere any more.

use crate::dashboard::plain;
use crate::still::form::{Form, Line, Sheet};
use crate::text::{dash, settings};
use duka::{kernel::locale::Locale, tenancy::invites::Invitation};
use leptos::prelude::*;

/// The form with which somebody joins.
pub fn join(locale: Locale, assets: &str, invitation: &Invitation, token: &str, sheet: &Sheet) -> String {
    let words = settings::words(locale);
    let form = Form { locale, sheet, labels: words.join_labels };
    let title = (words.join_title)(&invitation.business);
    let lead = (words.join_lead)(&invitation.email, (dash::words(locale).role)(invitation.role));
    let action = locale.path(&format!("/invites/{token}"));
    plain(locale, &title, None, assets, || {
        view! {
            <main class="gate">
                <p class="gate__brand"><a href="/">"Duka"</a></p>
                <h1>{title.clone()}</h1>
                <p>{lead}</p>
                <form class="card gate__form" method="post" action=action>
                    {form.top()}
                    {form.line(Line { name: "name", max: 80, autocomplete: "name", ..Line::default() })}
                    {form.secret(Line {
                        name: "password", max: 128, autocomplete: "new-password", hint: Some(words.join_password_hint), ..Line::default()
                    })}
                    <button class="button button--main button--wide" type="submit">{words.join}</button>
                </form>
            </main>
        }
    })
}

/// Used, taken back, too old, of another purpose, never given out: all the same.
pub fn link_over(locale: Locale, assets: &str) -> String {
    let words = settings::words(locale);
    plain(locale, words.link_over, None, assets, || {
        view! {
            <main class="gate">
                <p class="gate__brand"><a href="/">"Duka"</a></p>
                <h1>{words.link_over}</h1>
                <p>{words.link_over_text}</p>
                <p><a class="button button--main" href=locale.path("/sign-in")>{dash::words(locale).sign_in}</a></p>
            </main>
        }
    })
}
