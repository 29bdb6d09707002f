//! Pages that stand where a page of the dashboard would: not yours, or not any more.

use super::frame::{Still, page};
use crate::api::SignedIn;
use crate::dashboard::address;
use crate::text::{
    dash,
    shop::{self, TurnedAway, TurnedAwayWords},
    still,
};
use duka::error::AppError;
use duka::kernel::{
    field_errors::{FieldErrors, FieldProblem},
    locale::Locale,
};
use leptos::prelude::*;

/// A form with something that is not of it, and no place of its own to say so.
fn not_read(locale: Locale, errors: &FieldErrors) -> (&'static str, String) {
    let TurnedAwayWords { heading, text } = (shop::words(locale).turned_away)(TurnedAway::Unreadable);
    let said = errors.iter().map(|(name, problem)| match problem {
        FieldProblem::UnknownField => (still::words(locale).unknown_field)(name),
        other => still::problem(locale, other).to_owned(),
    });
    (heading, said.chain([text.to_owned()]).collect::<Vec<_>>().join(" "))
}

/// What a signed-in person reads instead of the page. The caller chooses the status.
pub fn refused(who: &SignedIn, assets: &str, error: &AppError) -> String {
    let (dash, words) = (dash::words(who.locale), still::words(who.locale));
    let (title, text) = match error {
        AppError::NotPermitted => (words.not_permitted, words.not_permitted_text.to_owned()),
        AppError::SignedOut => (words.not_done, words.signed_out.to_owned()),
        AppError::NotFound => (dash.not_found, dash.not_found_text.to_owned()),
        AppError::Invalid(errors) => not_read(who.locale, errors),
        AppError::Refused(refusal) => {
            let said = (words.refused)(refusal).map(str::to_owned);
            (words.not_done, said.unwrap_or_else(|| (dash.error)(error)))
        }
        other => (dash.try_again, (dash.error)(other)),
    };
    // Beside this page, which holds what was sent: loaded again, it is sent again.
    let (href, target, rel, word) = if *error == AppError::SignedOut {
        ("/sign-in", Some("_blank"), Some("noopener"), words.sign_in)
    } else {
        (address::TODAY, None, None, dash.back_to_today)
    };
    page(&Still { who, assets, section: "", title, nonce: "" }, || {
        view! {
            <section class="empty">
                <h1>{title}</h1>
                <p>{text}</p>
                <p><a class="button button--main" href=href target=target rel=rel>{word}</a></p>
            </section>
        }
    })
}
