//! The plainest server: an axum handler that returns the bytes it was given.

use axum::{
    Router,
    body::Bytes,
    http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE},
    routing::get,
};
use std::path::Path;

/// Serves the file at `/` and every other address, as a page in brotli.
pub async fn serve(port: u16, file: &Path) {
    let bytes = Bytes::from(std::fs::read(file).unwrap());
    let answer = move || {
        let bytes = bytes.clone();
        async move {
            let headers = [
                (CONTENT_TYPE, "text/html; charset=utf-8"),
                (CONTENT_ENCODING, "br"),
                (CACHE_CONTROL, "public, max-age=60"),
            ];
            (headers, bytes)
        }
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    axum::serve(listener, Router::new().route("/", get(answer.clone())).route("/{*rest}", get(answer))).await.unwrap();
}
