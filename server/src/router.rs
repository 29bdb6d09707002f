//! The whole program as one service: the layers that every request passes, in order, around two tables of addresses.

use crate::{
    platform,
    request::{
        guard::{Front, dispatch, outermost, panicked},
        limits::{bounded, timely},
    },
    shop,
    state::App,
};
use axum::{Router, extract::DefaultBodyLimit, middleware};
use std::time::Duration;
use tower_http::{catch_panic::CatchPanicLayer, timeout::RequestBodyTimeoutLayer};

pub use crate::request::limits::MOST_BODY;

/// A body that stops coming for so long is not waited for.
const SILENT_BODY: Duration = Duration::from_secs(10);

/// Shops by host, and the platform.
pub fn router(app: App) -> Router {
    let front = Front { shop: shop::routes(app.clone()), platform: platform::routes(app.clone()), app: app.clone() };
    guarded(app, Router::new().fallback(dispatch).with_state(front))
}

/// What stands before every address: limits, and words for what goes wrong.
pub fn guarded(app: App, addresses: Router) -> Router {
    addresses
        .layer(middleware::from_fn(bounded))
        // Every body is bounded by its address; the usual limit would be in the way of pictures.
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyTimeoutLayer::new(SILENT_BODY))
        .layer(middleware::from_fn(timely))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(app, outermost))
}
