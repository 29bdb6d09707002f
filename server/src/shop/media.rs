//! A merchant's pictures, on that merchant's hosts only.

use crate::{
    request::{asked::Asked, plain},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};

/// `/media/{tenant}/{hash}-{width}.webp`; the name is the content's, so it never changes.
pub async fn picture(State(app): State<App>, asked: Asked, Path((tenant, file)): Path<(String, String)>) -> Response {
    if tenant != asked.shop.tenant.to_string() {
        return missing();
    }
    stored(&app, &tenant, &file).await
}

fn missing() -> Response {
    plain(StatusCode::NOT_FOUND, "There is no such picture.\n")
}

/// The file itself; the caller has seen that the tenant is the right one.
pub async fn stored(app: &App, tenant: &str, file: &str) -> Response {
    match app.media.get(&format!("media/{tenant}/{file}")).await {
        Ok(Some(found)) => {
            ([(CONTENT_TYPE, found.content_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")], found.bytes)
                .into_response()
        }
        Ok(None) => missing(),
        Err(fault) => {
            tracing::warn!(error.message = %fault, "a picture could not be read");
            plain(StatusCode::SERVICE_UNAVAILABLE, "The picture cannot be read now.\n")
        }
    }
}
