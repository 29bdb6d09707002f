//! The page that a phone keeps for when there is no connection.

use super::faults;
use crate::{cache::stored::Stored, request::asked::Asked, state::App};
use app::storefront;
use axum::{extract::State, response::Response};
use duka::pages::storefront::frame;
use http::HeaderMap;

/// Asked for by the phone's worker and by nobody who looks around, so it is no visit.
pub async fn page(State(app): State<App>, asked: Asked, headers: HeaderMap) -> Response {
    match frame::load(&asked.ctx, &asked.visit(&app, "/offline")).await {
        Ok(frame) => Stored::new(storefront::offline(&frame)).answer(&headers, None),
        Err(fault) => faults::page(&app, &asked, fault).await,
    }
}
