//! The whole program as one service: what every request passes stands in one function around two tables of addresses.

use crate::{
    platform,
    request::guard::{Front, answer, dispatch},
    shop,
    state::App,
};
use axum::{Router, extract::Request, response::Response};
use std::convert::Infallible;
use tower::{Service, service_fn};

pub use crate::request::limits::MOST_BODY;

/// Shops by host, and the platform.
pub fn router(app: App) -> Router {
    let front = Front { shop: shop::routes(app.clone()), platform: platform::routes(app.clone()), app: app.clone() };
    let addresses = service_fn(move |request| {
        let front = front.clone();
        async move { Ok(dispatch(&front, request).await) }
    });
    guarded(app, addresses)
}

/// What stands before every address: limits, and words for what goes wrong. One function and no tower of layers, since
/// every layer of axum costs each request a box, and a page from memory costs little else.
pub fn guarded<S>(app: App, addresses: S) -> Router
where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
{
    Router::new().fallback(move |request: Request| answer(app.clone(), addresses.clone(), request))
}
