//! The days that were closed, one of them, and the form that closes a gap.

use crate::{
    doors::{Inside, Named, Posted},
    platform::sheet::{only, to_the_end},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::PAYMENTS,
    still::payments::{
        CLOSE,
        close::close as draw_close,
        day::{Said, day as draw_day},
    },
    text::closing::words,
};
use axum::{
    extract::{Path, Query, RawQuery, rejection::QueryRejection},
    response::Response,
};
use duka::{
    checkout::close::gaps::{close_gap, parse_note},
    error::{AppError, Refusal},
    kernel::id::CloseGapId,
    pages::dashboard::payments::close::{find_day, load, load_day},
};
use http::StatusCode;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    before: String,
}

pub(super) async fn page(inside: Inside, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let before = query.ok().and_then(|query| query.0.before.parse().ok());
    match load(&inside.ctx, before).await {
        Ok(found) => {
            let still = inside.still(PAYMENTS, words(inside.locale()).close);
            private_page(StatusCode::OK, draw_close(&still, &found))
        }
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn day(inside: Inside, Path(day): Path<String>, RawQuery(raw): RawQuery) -> Response {
    let is_done = raw.is_some_and(|raw| raw.split('&').any(|part| part == "closed"));
    draw(&inside, StatusCode::OK, &day, &Said { is_done, ..Said::default() }).await
}

async fn draw(inside: &Inside, status: StatusCode, day: &str, said: &Said) -> Response {
    let Ok(day) = day.parse() else { return inside.refuse(AppError::NotFound) };
    match load_day(&inside.ctx, day).await {
        Ok(found) => {
            let still = inside.still(PAYMENTS, words(inside.locale()).close);
            private_page(status, draw_day(&still, &found, said))
        }
        Err(error) => inside.refuse(error),
    }
}

pub(super) async fn close(inside: Inside, Named(gap): Named<CloseGapId>, Posted(typed): Posted) -> Response {
    let closed = match only(&typed, &["note"]).and_then(|()| parse_note(&typed)) {
        Ok(note) => {
            let ctx = inside.ctx.clone();
            to_the_end(async move { close_gap(&ctx, gap, &note).await }).await
        }
        Err(error) => Err(error),
    };
    // The day it is of is where the person goes on, whatever came of it.
    let day = match find_day(&inside.ctx, gap).await {
        Ok(day) => day,
        Err(error) => return inside.refuse(error),
    };
    let said = Said { gap: Some(gap), note: typed.get("note").to_owned(), ..Said::default() };
    match closed {
        Ok(()) => see_other(&format!("{CLOSE}/{day}?closed")),
        Err(AppError::Invalid(errors)) => {
            let said = Said { errors, ..said };
            draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, &day.to_string(), &said).await
        }
        Err(AppError::Refused(Refusal::GapClosed)) => {
            let said = Said { is_closed: true, ..said };
            draw(&inside, StatusCode::CONFLICT, &day.to_string(), &said).await
        }
        Err(error) => inside.refuse(error),
    }
}
