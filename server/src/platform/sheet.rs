//! A form over something that several people may edit: shown, saved, and when two edits meet, laid side by side.
//!
//! This is the way every form of the dashboard works that changes what is there already. What it is about, its fields
//! and its words are a [`Sheet`]'s; everything that can happen to a form is here once.

use crate::{
    doors::{Inside, Posted},
    request::{private_page, see_other},
};
use app::still::form::{SEEN, Sheet as Shown, VERSION};
use axum::{extract::RawQuery, response::Response};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        meeting::{meet, stands},
        typed::Typed,
    },
};
use http::StatusCode;

pub use crate::doors::{only, to_the_end};

/// Something that can be edited.
pub trait Sheet {
    /// What it is one of: the id in the address.
    type Key: Clone + Send + Sync + 'static;
    /// What its page shows.
    type Page: Send + Sync;
    /// The fields that a person may fill in; another one is refused by name.
    const FIELDS: &'static [&'static str];
    /// Fields that are never shown again, and left as they are when they come empty.
    const SECRETS: &'static [&'static str] = &[];

    fn load(ctx: &Ctx, key: &Self::Key) -> impl Future<Output = Result<Self::Page, AppError>> + Send;
    /// What stands there, as a form would have it, and its version.
    fn form(page: &Self::Page) -> (i32, Typed);
    /// Saves what was typed over `version`.
    fn save(
        ctx: Ctx,
        key: Self::Key,
        version: i32,
        typed: Typed,
    ) -> impl Future<Output = Result<(), AppError>> + Send + 'static;
    fn draw(inside: &Inside, key: &Self::Key, page: &Self::Page, shown: &Shown) -> String;
    /// Where the page is, and where saving leads.
    fn address(key: &Self::Key) -> String;
}

/// The page with what stands there now.
pub async fn show<S: Sheet>(inside: &Inside, key: &S::Key, is_saved: bool) -> Response {
    match S::load(&inside.ctx, key).await {
        Ok(page) => {
            let (version, typed) = S::form(&page);
            let shown = Shown { version, seen: typed.clone(), typed, is_saved, ..Shown::default() };
            private_page(StatusCode::OK, S::draw(inside, key, &page, &shown))
        }
        Err(error) => inside.refuse(error),
    }
}

/// Saves, and leads back to the page; or shows it again with everything that was typed.
pub async fn save<S: Sheet>(inside: &Inside, key: S::Key, mut typed: Typed) -> Response {
    let version = typed.take(VERSION).parse().unwrap_or(0);
    let seen: Typed = serde_json::from_str(&typed.take(SEEN)).unwrap_or_default();
    let saved = match only(&typed, &[S::FIELDS, S::SECRETS].concat()) {
        Ok(()) => to_the_end(S::save(inside.ctx.clone(), key.clone(), version, typed.clone())).await,
        Err(error) => Err(error),
    };
    let error = match saved {
        Ok(()) => return see_other(&format!("{}?saved", S::address(&key))),
        Err(error) => error,
    };
    let page = match S::load(&inside.ctx, &key).await {
        Ok(page) => page,
        Err(missing) => return inside.refuse(missing),
    };
    let (now_version, now) = S::form(&page);
    // Sent twice, it is saved once; a secret cannot be compared, so it is asked for again.
    let has_secret = S::SECRETS.iter().any(|secret| !typed.get(secret).is_empty());
    if error == AppError::ChangedMeanwhile && !has_secret && stands(S::FIELDS, &now, &typed) {
        return see_other(&format!("{}?saved", S::address(&key)));
    }
    for secret in S::SECRETS {
        typed.take(secret);
    }
    let mut shown = Shown { version, seen, typed, ..Shown::default() };
    let status = app::api::status(&error);
    match error {
        AppError::Invalid(errors) => shown.errors = errors,
        AppError::ChangedMeanwhile => shown = side_by_side(S::FIELDS, &shown.seen, &shown.typed, now_version, now),
        AppError::Refused(refusal) => shown.problem = Some(AppError::Refused(refusal)),
        other => return inside.refuse(other),
    }
    private_page(status, S::draw(inside, &key, &page, &shown))
}

/// The form after two edits have met: what this person changed, over what stands there `now`, and what is different.
pub fn side_by_side(fields: &[&str], seen: &Typed, typed: &Typed, version: i32, now: Typed) -> Shown {
    let meeting = meet(fields, seen, &now, typed);
    Shown {
        version,
        seen: now,
        typed: meeting.merged,
        changes: meeting.changes,
        problem: Some(AppError::ChangedMeanwhile),
        ..Shown::default()
    }
}

/// The door to the page of what there is one of.
pub async fn page<S: Sheet<Key = ()>>(inside: Inside, RawQuery(query): RawQuery) -> Response {
    show::<S>(&inside, &(), is_saved(query)).await
}

/// The door that its form is sent to.
pub async fn change<S: Sheet<Key = ()>>(inside: Inside, Posted(typed): Posted) -> Response {
    save::<S>(&inside, (), typed).await
}

/// A form that makes something new, with what was typed and why it was refused; or the error that is no form's fault.
pub fn shown_again(typed: Typed, error: AppError) -> Result<(StatusCode, Shown), AppError> {
    let status = app::api::status(&error);
    let shown = Shown { typed, ..Shown::default() };
    match error {
        AppError::Invalid(errors) => Ok((status, Shown { errors, ..shown })),
        AppError::Refused(_) | AppError::ChangedMeanwhile | AppError::TooMany { .. } => {
            Ok((status, Shown { problem: Some(error), ..shown }))
        }
        other => Err(other),
    }
}

/// Does the address say that the form was just saved?
pub fn is_saved(query: Option<String>) -> bool {
    query.is_some_and(|query| query.split('&').any(|part| part == "saved"))
}
