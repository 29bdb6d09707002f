//! How much a request may bring: little, but for the few addresses that take a file.

use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header::CONTENT_LENGTH};
use http_body_util::Limited;
use std::time::Duration;

/// No form of ours and no callback comes near.
pub const MOST_BODY: usize = 64 * 1024;
/// A picture of 8 MiB with the form around it.
const MOST_UPLOAD: usize = 9 * 1024 * 1024;
/// Where a picture may be sent to.
const UPLOADS: [&str; 1] = ["/dashboard/products/new"];
/// A file of products of 64 MiB with the form around it, and where it is sent to.
const MOST_FILE: usize = 65 * 1024 * 1024;
const FILES: [&str; 1] = ["/dashboard/products/import"];
/// Whoever waited so long has gone.
const LONGEST: Duration = Duration::from_secs(30);
/// A large file over a slow line; a body that stops coming is cut long before.
const LONGEST_FILE: Duration = Duration::from_mins(15);

/// The most bytes that are read for an address.
fn most(path: &str) -> usize {
    if FILES.contains(&path) {
        MOST_FILE
    } else if UPLOADS.contains(&path) {
        MOST_UPLOAD
    } else {
        MOST_BODY
    }
}

/// Ends what takes too long.
pub async fn patient(request: Request, next: Next) -> Response {
    let is_file = request.method() == http::Method::POST && FILES.contains(&request.uri().path());
    let longest = if is_file { LONGEST_FILE } else { LONGEST };
    // The outermost layer gives it words.
    tokio::time::timeout(longest, next.run(request))
        .await
        .unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
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
    fn only_the_pages_that_take_a_file_take_much() {
        assert_eq!(most("/dashboard/products/new"), MOST_UPLOAD);
        assert_eq!(most("/dashboard/products/new/"), MOST_BODY);
        assert_eq!(most("/dashboard/products/import"), MOST_FILE);
        assert_eq!(most("/dashboard/products/import/x"), MOST_BODY);
        assert_eq!(most("/checkout"), MOST_BODY);
    }
}
