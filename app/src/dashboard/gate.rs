//! Pages behind links in mails, and the one that asks for such a link: no frame, one thing to do.

use super::document;
use crate::{
    still::form::{Form, Line, Sheet},
    text::{account, dash},
};
use duka::{
    kernel::locale::Locale,
    tenancy::new_email::{Applied, Waiting},
};
use leptos::prelude::*;

/// Asks for the e-mail to which a link is sent.
pub fn forgot_page(locale: Locale, assets: &str, sheet: &Sheet) -> String {
    let (words, sheet) = (account::words(locale), sheet.clone());
    gate(locale, assets, words.forgot_title, move || {
        let form = Form { locale, sheet: &sheet, labels: &[("email", words.email)] };
        view! {
            <form class="card gate__form" method="post" action=locale.path("/forgot")>
                {form.top()}
                <p>{words.forgot_lead}</p>
                {form.line(Line { name: "email", kind: "email", autocomplete: "username", max: 254, ..Line::default() })}
                <button class="button button--main button--wide" type="submit">{words.forgot_send}</button>
            </form>
            <p class="gate__ways">
                <a href=locale.path("/sign-in")>{words.back_to_sign_in}</a>
                <a href=locale.other().path("/forgot") lang=locale.other().tag() hreflang=locale.other().tag()>
                    {dash::words(locale).other_language}
                </a>
            </p>
        }
    })
}

/// The same for everybody who asked.
pub fn forgot_sent_page(locale: Locale, assets: &str) -> String {
    let words = account::words(locale);
    said(locale, assets, words.forgot_sent_title, words.forgot_sent)
}

/// A new password, at the address of the link itself.
pub fn reset_page(locale: Locale, assets: &str, action: &str, sheet: &Sheet) -> String {
    let (words, sheet, action) = (account::words(locale), sheet.clone(), action.to_owned());
    gate(locale, assets, words.forgot_title, move || {
        let form = Form { locale, sheet: &sheet, labels: &[("password", words.new_password)] };
        view! {
            <form class="card gate__form" method="post" action=action>
                {form.top()}
                {form.secret(Line {
                    name: "password",
                    autocomplete: "new-password",
                    hint: Some(words.new_password_hint),
                    max: 128,
                    ..Line::default()
                })}
                <p class="quiet">{words.reset_note}</p>
                <button class="button button--main button--wide" type="submit">{words.set_password}</button>
            </form>
        }
    })
}

/// The button that makes a new e-mail the account's, or says that the one it has is right.
pub fn email_page(locale: Locale, assets: &str, action: &str, waiting: &Waiting) -> String {
    let (words, action, email) = (account::words(locale), action.to_owned(), waiting.email.clone());
    let (title, lead, apply) = if waiting.is_own {
        (words.own_email_title, words.own_email_lead, words.own_email_apply)
    } else {
        (words.email_title, words.email_lead, words.email_apply)
    };
    gate(locale, assets, title, move || {
        view! {
            <form class="card gate__form" method="post" action=action>
                <p>{lead}</p>
                <p class="code">{email}</p>
                <button class="button button--main button--wide" type="submit">{apply}</button>
            </form>
        }
    })
}

pub fn email_done_page(locale: Locale, assets: &str, applied: Applied) -> String {
    let words = account::words(locale);
    match applied {
        Applied::Changed => said(locale, assets, words.email_done_title, words.email_done),
        Applied::Confirmed => said(locale, assets, words.own_email_done_title, words.own_email_done),
    }
}

/// A link that is used, over, unknown or for something else: nobody learns which.
pub fn gone_page(locale: Locale, assets: &str) -> String {
    let words = account::words(locale);
    gate(locale, assets, words.gone_title, move || {
        view! {
            <p>{words.gone_text}</p>
            <p class="gate__ways">
                <a href=locale.path("/sign-in")>{words.back_to_sign_in}</a>
                <a href=locale.path("/forgot")>{words.forgot_link}</a>
            </p>
        }
    })
}

fn said(locale: Locale, assets: &str, title: &'static str, text: &'static str) -> String {
    let words = account::words(locale);
    gate(locale, assets, title, move || {
        view! {
            <p>{text}</p>
            <p class="gate__ways"><a href=locale.path("/sign-in")>{words.back_to_sign_in}</a></p>
        }
    })
}

fn gate<V: IntoView>(locale: Locale, assets: &str, title: &'static str, body: impl FnOnce() -> V) -> String {
    document::plain(locale, &format!("{title} · Duka"), None, assets, move || {
        view! {
            <main class="gate">
                <p class="gate__brand"><a href=locale.path("/")>"Duka"</a></p>
                <h1>{title}</h1>
                {body()}
            </main>
        }
    })
}
