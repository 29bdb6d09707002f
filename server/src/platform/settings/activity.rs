//! What happened, for the owner.

use crate::{doors::Inside, request::private_page};
use app::{dashboard::address::SETTINGS, still::settings::activity, text};
use axum::{
    extract::{Query, rejection::QueryRejection},
    response::Response,
};
use duka::{
    kernel::id::UserId,
    pages::dashboard::activity::{ActivityFilter, load},
};
use http::StatusCode;
use serde::Deserialize;

/// What a hand may write behind the address; what cannot be read counts as absent.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    person: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    page: String,
}

pub async fn page(inside: Inside, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let wanted = query.map(|query| query.0).unwrap_or_default();
    let filter = ActivityFilter {
        person: UserId::parse(&wanted.person),
        action: wanted.action,
        day: wanted.day.parse().ok(),
        page: wanted.page.parse().unwrap_or(1),
    };
    match load(&inside.ctx, filter).await {
        Ok(found) => {
            let (title, _) = text::settings::words(inside.locale()).activity;
            private_page(StatusCode::OK, activity::activity(&inside.still(SETTINGS, title), &found))
        }
        Err(error) => inside.refuse(error),
    }
}
