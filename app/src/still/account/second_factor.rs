//! The second factor: what it is, the picture to scan, recovery codes, and the way to be rid of it.

use super::{SECOND_FACTOR, back};
use crate::{
    dashboard::code_line,
    still::{
        Still,
        form::{Form, Line, Sheet},
        page,
    },
    text::account::{self, AccountWords},
};
use duka::{kernel::locale::Locale, tenancy::second_factor::SecondFactor};
use leptos::prelude::*;

/// A picture for the authenticator app, as a data address.
#[derive(Clone, Debug)]
pub struct Picture(pub String);

/// Which of the page's forms came back.
pub const RENEW: &str = "codes";
pub const OFF: &str = "off";

/// `which` is the form whose problems `sheet` holds; none is the one that switches on.
pub fn second_factor_page(
    still: &Still<'_>,
    state: &SecondFactor,
    picture: Option<Picture>,
    sheet: &Sheet,
    which: Option<&'static str>,
) -> String {
    let locale = still.who.locale;
    let (words, state, sheet) = (account::words(locale), state.clone(), sheet.clone());
    page(still, move || {
        view! {
            {back(locale)}
            <h1>{words.second_factor}</h1>
            {match state {
                SecondFactor::Off => off(words).into_any(),
                SecondFactor::Trying { secret, uri } => {
                    trying(locale, words, &secret, uri, picture, &sheet).into_any()
                }
                SecondFactor::On { codes_left } => on(locale, words, codes_left, &sheet, which).into_any(),
            }}
        }
    })
}

fn off(words: &'static AccountWords) -> impl IntoView {
    view! {
        <form class="card sheet" method="post" action=format!("{SECOND_FACTOR}/start")>
            <p>{words.factor_lead}</p>
            <button class="button button--main" type="submit">{words.factor_start}</button>
        </form>
    }
}

fn trying(
    locale: Locale,
    words: &'static AccountWords,
    secret: &str,
    uri: String,
    picture: Option<Picture>,
    sheet: &Sheet,
) -> impl IntoView + use<> {
    let form = Form { locale, sheet, labels: &[("code", words.code)] };
    let groups = secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    view! {
        <form class="card sheet" method="post" action=format!("{SECOND_FACTOR}/on")>
            {form.top()}
            <p>{words.factor_scan}</p>
            {picture.map(|Picture(address)| {
                view! { <img class="qr" src=address alt=words.factor_picture width="232" height="232"/> }
            })}
            <p><a class="button" href=uri>{words.factor_here}</a></p>
            <p>{words.factor_by_hand}</p>
            <p class="code">{groups}</p>
            <p>{words.factor_code}</p>
            // There are no recovery codes yet.
            {form.line(Line { hint: None, ..code_line(words) })}
            <button class="button button--main" type="submit">{words.factor_start}</button>
        </form>
        <form method="post" action=format!("{SECOND_FACTOR}/start")>
            <button class="button button--quiet" type="submit">{words.factor_again}</button>
        </form>
    }
}

fn on(
    locale: Locale,
    words: &'static AccountWords,
    codes_left: i64,
    sheet: &Sheet,
    which: Option<&'static str>,
) -> impl IntoView + use<> {
    let nothing = Sheet::default();
    let section = |name: &'static str, note: &'static str, button: &'static str| {
        let sheet = if which == Some(name) { sheet } else { &nothing };
        let form = Form { locale, sheet, labels: &[("code", words.code)] };
        view! {
            <form class="sheet" method="post" action=format!("{SECOND_FACTOR}/{name}")>
                {form.top()}
                <p class="quiet">{note}</p>
                {form.line(code_line(words))}
                <button class="button" type="submit">{button}</button>
            </form>
        }
    };
    let renew = section(RENEW, words.codes_renew_note, words.codes_renew);
    let off = section(OFF, words.factor_off_note, words.factor_off);
    view! {
        <p class="still__lead">{words.factor_on}</p>
        <section class="card">
            <h2>{words.codes}</h2>
            <p>{(words.codes_left)(codes_left)}</p>
            {renew}
        </section>
        <section class="card">
            <h2>{words.factor_off}</h2>
            {off}
        </section>
    }
}

/// Fresh recovery codes: here and never again.
pub fn codes_page(still: &Still<'_>, codes: &[String]) -> String {
    let words = account::words(still.who.locale);
    let codes: Vec<_> = codes.iter().map(|code| view! { <li class="code">{code.clone()}</li> }).collect();
    page(still, move || {
        view! {
            <h1>{words.codes_title}</h1>
            <section class="card sheet">
                <p>{words.codes_lead}</p>
                <ol class="codes">{codes}</ol>
                <p><a class="button button--main" href=SECOND_FACTOR>{words.codes_kept}</a></p>
            </section>
        }
    })
}
