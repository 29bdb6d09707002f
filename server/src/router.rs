//! The whole program as one service: the layers that every request passes, in order, around two tables of addresses.

use crate::{
    platform,
    request::guard::{Front, dispatch, outermost, panicked},
    shop,
    state::App,
};
use axum::{Router, middleware};
use http::StatusCode;
use std::time::Duration;
use tower_http::{
    catch_panic::CatchPanicLayer,
    limit::RequestBodyLimitLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

/// No form of ours and no callback comes near.
pub const MOST_BODY: usize = 64 * 1024;
/// Whoever waited so long has gone.
const LONGEST: Duration = Duration::from_secs(30);
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
        .layer(RequestBodyLimitLayer::new(MOST_BODY))
        .layer(RequestBodyTimeoutLayer::new(SILENT_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(app, outermost))
}
