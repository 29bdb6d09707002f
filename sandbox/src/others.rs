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
    ["graph"].into_iter().fold(Router::new(), |router, provider| {
        router.route(&format!("/{provider}"), any(not_built)).route(&format!("/{provider}/{{*rest}}"), any(not_built))
    })
}

async fn not_built() -> Response {
    (StatusCode::NOT_IMPLEMENTED, Json(json!({ "message": "not built yet" }))).into_response()
}
