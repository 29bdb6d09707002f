//! The thing whose id stands in the address, or the dashboard's word that there is none.

use super::Inside;
use crate::state::App;
use axum::{
    extract::{FromRequestParts, Path},
    response::{IntoResponse, Response},
};
use duka::error::AppError;
use http::request::Parts;
use std::str::FromStr;

/// The id of an address that has one.
#[derive(Clone, Copy, Debug)]
pub struct Named<T>(pub T);

impl<T: FromStr + Send> FromRequestParts<App> for Named<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Path(text) = Path::<String>::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        if let Ok(id) = text.parse::<T>() {
            return Ok(Self(id));
        }
        let inside = Inside::from_request_parts(parts, app).await?;
        Err(inside.refuse(AppError::NotFound))
    }
}
