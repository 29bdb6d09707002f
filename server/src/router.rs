//! The whole program as one service: what every request passes stands in one function around two tables of addresses.

use crate::{
    platform,
    request::guard::{Answers, Front, answer},
    shop,
    state::App,
};
use axum::{extract::Request, response::Response};
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tower::Service;

pub use crate::request::limits::MOST_BODY;

/// What stands before every address: limits, and words for what goes wrong. One function and no tower of layers, since
/// every layer of axum costs each request a box, and a page from memory costs little else.
#[derive(Clone, Debug)]
pub struct Guarded<A = Arc<Front>> {
    app: App,
    addresses: A,
}

/// Shops by host, and the platform.
pub fn router(app: App) -> Guarded {
    let front = Front { shop: shop::routes(app.clone()), platform: platform::routes(app.clone()), app: app.clone() };
    guarded(app, Arc::new(front))
}

/// The guard before any addresses.
pub const fn guarded<A: Answers>(app: App, addresses: A) -> Guarded<A> {
    Guarded { app, addresses }
}

impl<A: Answers> Service<Request> for Guarded<A> {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Self { app, addresses } = self.clone();
        Box::pin(async move { Ok(answer(&app, &addresses, request).await) })
    }
}
