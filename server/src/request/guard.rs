//! The gate before every address: limits, headers, host, origin, then the shop's or the platform's own table.

use super::{
    asked::split_locale,
    headers::dress,
    host::{Place, host_of},
    is_read,
    origin::{Sender, is_write, sender},
    plain,
};
use crate::{
    shop::{closed, faults},
    state::App,
};
use axum::{
    Router,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use duka::error::AppError;
use http::{
    HeaderValue, StatusCode, Uri,
    header::{CACHE_CONTROL, LOCATION},
};
use std::{any::Any, time::Instant};
use tower::ServiceExt as _;

/// Providers call these; they send neither cookies nor an origin.
const HOOKS: &str = "/hooks/";

/// The two tables of addresses.
#[derive(Clone, Debug)]
pub struct Front {
    pub app: App,
    pub shop: Router,
    pub platform: Router,
}

/// Finds out where a request belongs and hands it on.
pub async fn dispatch(State(front): State<Front>, mut request: Request) -> Response {
    let app = &front.app;
    let place = match host_of(request.headers(), request.uri()) {
        None => Place::Nowhere,
        Some(host) => match app.hosts.find(&host).await {
            Ok(place) => place,
            Err(fault) => return faults::bare(app, split_locale(request.uri().path()).0, fault),
        },
    };
    let is_hook = place == Place::Platform && request.uri().path().starts_with(HOOKS);
    if is_write(request.method()) && !is_hook {
        match sender(request.headers(), &app.config.base) {
            Sender::Foreign => {
                return plain(StatusCode::FORBIDDEN, "This form was sent from another site, so nothing was done.\n");
            }
            // Old browsers may shop. What a merchant does needs to know where it comes from.
            Sender::Silent if place == Place::Platform => {
                return plain(
                    StatusCode::FORBIDDEN,
                    "The browser does not say which page this came from, so nothing was done.\n",
                );
            }
            Sender::Silent | Sender::Ours => {}
        }
    }
    let answer = match place {
        Place::Nowhere => return plain(StatusCode::NOT_FOUND, "There is no shop at this address.\n"),
        // For good, and only for looking: what was sent to the address before is still taken there.
        Place::Moved(_, _, home) if is_read(request.method()) => return moved(&home, request.uri()),
        Place::Shop(shop, standing) | Place::Moved(shop, standing, _) => {
            return closed::enter(&front, shop, standing, request).await;
        }
        Place::Platform => {
            request.extensions_mut().insert(app::assets::Assets(app.site.assets.clone()));
            front.platform.clone().oneshot(request).await
        }
    };
    let Ok(answer) = answer;
    answer
}

/// "Moved permanently": the same page at the shop's own address.
fn moved(home: &str, asked: &Uri) -> Response {
    let path = asked.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let mut answer = (StatusCode::MOVED_PERMANENTLY, [(CACHE_CONTROL, "public, max-age=3600")]).into_response();
    // Both halves came in as parts of addresses, so this is one.
    let location = HeaderValue::from_str(&format!("{home}{path}")).unwrap_or(HeaderValue::from_static("/"));
    answer.headers_mut().insert(LOCATION, location);
    answer
}

/// The outermost layer: names the request, dresses the answer, writes the log line.
pub async fn outermost(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = duka::kernel::token::hex(&rand::random::<[u8; 8]>());
    let method = request.method().clone();
    let mut answer = next.run(request).await;
    dress(&mut answer, &app.config.base, &id);
    let (status, micros) = (answer.status().as_u16(), u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX));
    if answer.status().is_server_error() {
        tracing::warn!(request.id = %id, http.method = %method, http.status = status, duration_us = micros, "answered");
    } else {
        tracing::debug!(request.id = %id, http.method = %method, http.status = status, duration_us = micros, "answered");
    }
    answer
}

/// A panic is ours to mend: a reference for the person, the rest for the log.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic");
    let AppError::Broken { reference } = AppError::broken(said) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    super::private_page(
        StatusCode::INTERNAL_SERVER_ERROR,
        app::storefront::broken(duka::kernel::locale::Locale::En, "", &reference),
    )
}
