//! How much a request may bring, and how long it may take: little, but for the few addresses that take files.

use axum::{
    BoxError,
    body::{Body, Bytes, HttpBody as _},
    extract::{DefaultBodyLimit, Request},
};
use futures_util::stream;
use http::header::CONTENT_LENGTH;
use http_body_util::{BodyExt as _, Limited};
use std::time::Duration;
use tower_http::timeout::TimeoutBody;

/// No form of ours and no callback comes near.
pub const MOST_BODY: usize = 64 * 1024;
/// The largest picture that is looked at.
pub const MOST_PICTURE: usize = 8 * 1024 * 1024;
/// A picture with the form around it. What a good camera makes is larger than we take: it is read past, so that the form
/// comes back with all that was typed and says so.
const MOST_UPLOAD: usize = 32 * 1024 * 1024;
/// A product's texts with what they were before, or the cells of hundreds of variants.
const MOST_SHEET: usize = 2 * 1024 * 1024;
/// As many pictures as a product can have, for browsers that send them all in one form.
const MOST_UPLOADS: usize = 20 * MOST_PICTURE + MOST_BODY;

/// A file of products of 64 MiB with the form around it.
const MOST_FILE: usize = 65 * 1024 * 1024;

/// A list of customers of 2 MiB as a page carries it from its trial to its doing, a third longer.
const MOST_LIST: usize = 3 * 1024 * 1024;

/// A body that stops coming for so long is not waited for.
const SILENT_BODY: Duration = Duration::from_secs(10);
/// Whoever waited so long has gone.
const LONGEST: Duration = Duration::from_secs(30);
/// Pictures or a file out of a phone on a poor network. The body must keep coming all the while, and a door stands before it.
const LONGEST_UPLOAD: Duration = Duration::from_mins(15);

/// The most bytes that are read for an address.
fn most(path: &str) -> usize {
    // What shoppers ask for is not taken apart.
    let Some(inside) = path.strip_prefix("/dashboard/") else { return MOST_BODY };
    let parts: Vec<&str> = inside.split('/').collect();
    match parts.as_slice() {
        ["products", "new"] | ["settings", "stores", _, "logo"] | ["pages", _, "pictures"] => MOST_UPLOAD,
        ["products", "import"] => MOST_FILE,
        ["customers", "import"] | ["customers", "import", "apply"] => MOST_LIST,
        ["products", _, "pictures"] => MOST_UPLOADS,
        ["products" | "pages", _, ..] => MOST_SHEET,
        _ => MOST_BODY,
    }
}

/// The request with a body that ends where its address allows, and that is not waited for when it stops coming; none
/// when it says that it is longer.
pub fn bounded(mut request: Request) -> Option<Request> {
    let most = most(request.uri().path());
    let declared = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > most) {
        return None;
    }
    if request.body().is_end_stream() {
        return Some(request);
    }
    // Bounded here; the frame's own limit would be in the way of pictures.
    DefaultBodyLimit::disable().apply(&mut request);
    Some(request.map(|body| Body::new(TimeoutBody::new(SILENT_BODY, Limited::new(body, most)))))
}

/// May so much be sent to this address that whoever works on it reads it as it comes?
pub fn is_long(path: &str) -> bool {
    most(path) > MOST_BODY
}

/// The request with the whole of its body. It is awaited before it takes a place among those that are worked on:
/// whoever sends slowly keeps nobody from theirs. Where it broke off, it breaks off for whoever reads it.
pub async fn gathered(request: Request) -> Request {
    let (parts, mut body) = request.into_parts();
    let mut whole = Vec::new();
    let fault = loop {
        match body.frame().await {
            None => break None,
            Some(Ok(frame)) => {
                if let Ok(piece) = frame.into_data() {
                    whole.extend_from_slice(&piece);
                }
            }
            Some(Err(fault)) => break Some(fault.into_inner()),
        }
    };
    let body = match fault {
        None => Body::from(whole),
        Some(fault) => Body::from_stream(stream::iter([Ok::<Bytes, BoxError>(whole.into()), Err(fault)])),
    };
    Request::from_parts(parts, body)
}

/// How long an answer may take.
pub fn longest(path: &str) -> Duration {
    if most(path) > MOST_SHEET { LONGEST_UPLOAD } else { LONGEST }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pages_that_take_a_file_take_much() {
        assert_eq!(most("/dashboard/products/new"), MOST_UPLOAD);
        assert_eq!(most("/dashboard/settings/stores/0190a0f2/logo"), MOST_UPLOAD);
        assert_eq!(most("/dashboard/products/0190a0f2/pictures"), MOST_UPLOADS);
        assert_eq!(most("/dashboard/products/0190a0f2/variants"), MOST_SHEET);
        assert_eq!(most("/dashboard/products/0190a0f2/pictures/0190a0f3"), MOST_SHEET);
        assert_eq!(most("/dashboard/pages/0190a0f2"), MOST_SHEET);
        assert_eq!(most("/dashboard/pages/0190a0f2/pictures"), MOST_UPLOAD);
        assert_eq!(most("/dashboard/pages/0190a0f2/pictures/0190a0f3/remove"), MOST_SHEET);
        for little in
            ["/dashboard/products", "/dashboard/settings/stores/0190a0f2", "/sw/dashboard/products/new", "/checkout"]
        {
            assert_eq!(most(little), MOST_BODY, "{little}");
        }
        assert_eq!(most("/dashboard/products/import"), MOST_FILE);
        assert_eq!(most("/dashboard/customers/import"), MOST_LIST);
        assert_eq!(most("/dashboard/customers/import/apply"), MOST_LIST);
        assert_eq!(most("/dashboard/customers/groups"), MOST_BODY);
    }
}
