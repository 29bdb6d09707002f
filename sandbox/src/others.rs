//! Providers that are only written down so far: they say honestly that nobody is there yet.

use axum::{
    Json, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::json;

use crate::world::Sandbox;

/// Chat.
pub fn routes() -> Router<Sandbox> {
    Router::new().route("/graph", any(not_built)).route("/graph/{*rest}", any(not_built))
}

async fn not_built() -> Response {
    (StatusCode::NOT_IMPLEMENTED, Json(json!({ "message": "not built yet" }))).into_response()
}
