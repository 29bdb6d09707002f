//! One's own account: the pages behind the name in the bar.

mod confirm;
mod email;
mod password;
mod profile;
mod second_factor;
mod sessions;

use crate::{
    doors::{Doors, Inside, Who},
    platform::sheet,
    request::private_page,
};
use app::{api::status, still::form::Sheet};
use axum::response::Response;
use duka::{
    error::AppError,
    kernel::{access::Permission, typed::Typed},
};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};

/// What every member may do with their own account, and what only after giving the password.
const MEMBERS: Who = super::MEMBERS;
const SURE: Who = Who::Sure(Permission::SeeDashboard);

pub fn doors(doors: Doors) -> Doors {
    doors
        .page("/dashboard/confirm", MEMBERS, confirm::page)
        .form("/dashboard/confirm", MEMBERS, confirm::confirm)
        .page("/dashboard/account", MEMBERS, sheet::page::<profile::Oneself>)
        .form("/dashboard/account", MEMBERS, sheet::change::<profile::Oneself>)
        .page("/dashboard/account/password", MEMBERS, password::page)
        .form("/dashboard/account/password", MEMBERS, password::change)
        .page("/dashboard/account/email", SURE, email::page)
        .form("/dashboard/account/email", SURE, email::ask)
        .page("/dashboard/account/second-factor", SURE, second_factor::page)
        .form("/dashboard/account/second-factor/start", SURE, second_factor::start)
        .form("/dashboard/account/second-factor/on", SURE, second_factor::switch_on)
        .form("/dashboard/account/second-factor/codes", SURE, second_factor::renew_codes)
        .form("/dashboard/account/second-factor/off", SURE, second_factor::switch_off)
        .page("/dashboard/account/sessions", MEMBERS, sessions::page)
        .form("/dashboard/account/sessions/{id}/end", MEMBERS, sessions::end_one)
        .form("/dashboard/account/sessions/end-others", MEMBERS, sessions::end_others)
}

/// What a form of this area shows after a refusal: what was typed, apart from secrets, and what is wrong.
fn refused(typed: Typed, error: AppError) -> Result<(StatusCode, Sheet), AppError> {
    let status = status(&error);
    let sheet = Sheet { typed, ..Sheet::default() };
    match error {
        AppError::Invalid(errors) => Ok((status, Sheet { errors, ..sheet })),
        AppError::TooMany { .. } | AppError::ChangedMeanwhile => Ok((status, Sheet { problem: Some(error), ..sheet })),
        other => Err(other),
    }
}

/// The page again, or what stands in its place.
fn again(inside: &Inside, typed: Typed, error: AppError, draw: impl FnOnce(&Sheet) -> String) -> Response {
    let wait = match &error {
        AppError::TooMany { retry_after_seconds } => Some(*retry_after_seconds),
        _ => None,
    };
    match refused(typed, error) {
        Ok((status, sheet)) => {
            let mut answer = private_page(status, draw(&sheet));
            if let Some(seconds) = wait {
                answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            }
            answer
        }
        Err(other) => inside.refuse(other),
    }
}
