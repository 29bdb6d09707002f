//! What every request passes, in this order: panic, headers, limits, host, origin.

pub mod admission;
pub mod asked;
pub mod class;
pub mod client;
pub mod cookies;
pub mod guard;
pub mod headers;
pub mod host;
pub mod light;
pub mod limits;
pub mod often;
pub mod origin;
pub mod pack;
pub mod rates;
pub mod shares;

use axum::response::{IntoResponse as _, Response};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};

/// A short answer in plain text, never kept.
pub fn plain(status: StatusCode, text: &'static str) -> Response {
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (status, headers, text).into_response()
}

/// "See other": where a form or a counted link leads. The address is our own or made by us.
pub fn see_other(path: &str) -> Response {
    let mut answer = (StatusCode::SEE_OTHER, [(CACHE_CONTROL, "no-store")]).into_response();
    // Addresses are made of slugs, ids, tokens and escaped words; whatever is none of these leads home.
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    answer.headers_mut().insert(http::header::LOCATION, location);
    answer
}

/// "Moved permanently": an old address of a thing that has a new one. Browsers ask again, since it may move on.
pub fn moved_for_good(path: &str) -> Response {
    let mut answer = (StatusCode::MOVED_PERMANENTLY, [(CACHE_CONTROL, "no-cache")]).into_response();
    // A slug of an import may hold letters that a header cannot.
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    answer.headers_mut().insert(http::header::LOCATION, location);
    answer
}

/// Does the method only look?
pub fn is_read(method: &http::Method) -> bool {
    !origin::is_write(method)
}

/// A page that is one person's own.
pub fn private_page(status: StatusCode, html: String) -> Response {
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "private, no-store")];
    (status, headers, html).into_response()
}
