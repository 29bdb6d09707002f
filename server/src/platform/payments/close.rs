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
use chrono::NaiveDate;
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

pub(super) async fn page(
    inside: Inside,
    query: Result<Query<Wanted>, QueryRejection>,
    RawQuery(raw): RawQuery,
) -> Response {
    let before = query.ok().and_then(|query| query.0.before.parse().ok());
    draw_list(&inside, StatusCode::OK, before, &Said { is_done: says_closed(raw), ..Said::default() }).await
}

async fn draw_list(inside: &Inside, status: StatusCode, before: Option<NaiveDate>, said: &Said) -> Response {
    match load(&inside.ctx, before).await {
        Ok(found) => {
            let still = inside.still(PAYMENTS, words(inside.locale()).close);
            private_page(status, draw_close(&still, &found, said))
        }
        Err(error) => inside.refuse(error),
    }
}

fn says_closed(raw: Option<String>) -> bool {
    raw.is_some_and(|raw| raw.split('&').any(|part| part == "closed"))
}

pub(super) async fn day(inside: Inside, Path(day): Path<String>, RawQuery(raw): RawQuery) -> Response {
    let Ok(day) = day.parse() else { return inside.refuse(AppError::NotFound) };
    draw(&inside, StatusCode::OK, day, &Said { is_done: says_closed(raw), ..Said::default() }).await
}

async fn draw(inside: &Inside, status: StatusCode, day: NaiveDate, said: &Said) -> Response {
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
    // The day it is of is where the person goes on, whatever came of it; before its night it stands in the list alone.
    let day = match find_day(&inside.ctx, gap).await {
        Ok(day) => day,
        Err(error) => return inside.refuse(error),
    };
    let said = Said { gap: Some(gap), note: typed.get("note").to_owned(), ..Said::default() };
    let (status, said) = match closed {
        Ok(()) => {
            let day = day.map(|day| format!("/{day}")).unwrap_or_default();
            return see_other(&format!("{CLOSE}{day}?closed"));
        }
        Err(AppError::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, Said { errors, ..said }),
        Err(AppError::Refused(Refusal::GapClosed)) => (StatusCode::CONFLICT, Said { is_closed: true, ..said }),
        Err(error) => return inside.refuse(error),
    };
    match day {
        Some(day) => draw(&inside, status, day, &said).await,
        None => draw_list(&inside, status, None, &said).await,
    }
}
