//! Packs a page that is one person's for its way: what is drawn for everybody lies packed in the cache of pages already.
//!
//! By hand and no layer, since only whole pages are packed and only beside the cache. A secret that can be guessed by the
//! length of packed pages (BREACH) is not in them: sessions stand in cookies only, and a page from another site's link
//! repeats nothing of it beside a token that is worth something.

use crate::cache::stored::{Coding, pack};
use axum::{
    body::{Body, HttpBody as _, to_bytes},
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY},
};

/// Below this, packing saves no packet.
const LEAST: u64 = 1_024;
/// Above this it is no page of ours.
const MOST: u64 = 1_024 * 1_024;

/// The same answer in the smallest form that its reader takes; as it is when it is no whole page.
pub async fn packed(answer: Response, coding: Coding) -> Response {
    let length = answer.body().size_hint().exact().unwrap_or(0);
    let is_page = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let Some(word) = coding.word() else { return answer };
    if !is_page || !(LEAST..=MOST).contains(&length) || answer.headers().contains_key(CONTENT_ENCODING) {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    // It lies in memory as a whole already.
    let Ok(plain) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static(word));
    parts.headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
    Response::from_parts(parts, Body::from(pack(&plain, coding)))
}
