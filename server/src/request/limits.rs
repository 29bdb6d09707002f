//! How much a request may bring: little, but for the few addresses that take a file.

use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header::CONTENT_LENGTH};
use http_body_util::Limited;

/// No form of ours and no callback comes near.
pub const MOST_BODY: usize = 64 * 1024;
/// A picture of 8 MiB with the form around it.
const MOST_UPLOAD: usize = 9 * 1024 * 1024;
/// A product's texts with what they were before, or the cells of hundreds of variants.
const MOST_SHEET: usize = 2 * 1024 * 1024;
const SHEETS: &str = "/dashboard/products/";
/// Where a picture may be sent to.
const UPLOADS: [&str; 1] = ["/dashboard/products/new"];

/// The most bytes that are read for an address.
fn most(path: &str) -> usize {
    if UPLOADS.contains(&path) {
        MOST_UPLOAD
    } else if path.starts_with(SHEETS) {
        MOST_SHEET
    } else {
        MOST_BODY
    }
}

/// Refuses a body that says it is longer, and cuts one that turns out to be.
pub async fn bounded(request: Request, next: Next) -> Response {
    let most = most(request.uri().path());
    let declared = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > most) {
        // The outermost layer gives it words; nobody is asked for a shop.
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, most)))).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pages_that_take_a_picture_take_much() {
        assert_eq!(most("/dashboard/products/new"), MOST_UPLOAD);
        assert_eq!(most("/dashboard/products/new/"), MOST_SHEET);
        assert_eq!(most("/dashboard/products"), MOST_BODY);
        assert_eq!(most("/checkout"), MOST_BODY);
    }
}
