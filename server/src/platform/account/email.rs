//! Asks for another e-mail; it is changed by the link that is sent there.

use super::again;
use crate::{
    doors::{Inside, Posted, only},
    request::{private_page, see_other},
};
use app::{
    still::{
        account::{EMAIL, email_page},
        form::Sheet,
    },
    text::account,
};
use axum::{extract::RawQuery, response::Response};
use duka::tenancy::new_email;
use http::StatusCode;

fn draw(inside: &Inside, sheet: &Sheet) -> String {
    email_page(&inside.still("", account::words(inside.locale()).change_email), sheet)
}

pub async fn page(inside: Inside, RawQuery(query): RawQuery) -> Response {
    let is_saved = query.as_deref() == Some("sent");
    private_page(StatusCode::OK, draw(&inside, &Sheet { is_saved, ..Sheet::default() }))
}

pub async fn ask(inside: Inside, Posted(typed): Posted) -> Response {
    let asked = match only(&typed, &["email"]) {
        Ok(()) => new_email::ask(&inside.ctx, typed.get("email")).await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(()) => see_other(&format!("{EMAIL}?sent")),
        Err(error) => again(&inside, typed, error, |sheet| draw(&inside, sheet)),
    }
}
