//! The doors that providers knock on: stored before it is acknowledged, read later. They see no cookies.

use crate::{
    request::{client, plain},
    state::App,
};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest as _, Path, Request, State},
    response::{IntoResponse as _, Response},
};
use duka::{
    checkout::receive_callback::{Call, Received, receive_callback},
    error::AppError,
    kernel::token::Token,
    payments::account_test::receive_test_callback,
};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};
use serde_json::json;

/// The answer to an M-Pesa prompt.
pub async fn pay(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    store(app, Call::Pay, &token, request).await
}

/// The answer to a question.
pub async fn ask_result(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    store(app, Call::AskResult, &token, request).await
}

/// A question that waited too long in the provider's queue.
pub async fn ask_timeout(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    store(app, Call::AskTimeout, &token, request).await
}

/// Keeps what was sent to an address that we gave out.
async fn store(app: App, call: Call, token: &str, request: Request) -> Response {
    let unknown = || {
        tracing::warn!(hook = call.kind(), "a callback came to an address that was never given out");
        plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
    };
    let source = client::address(&app.config, request.extensions(), request.headers())
        .map(|address| address.to_string())
        .unwrap_or_default();
    let Some(token) = Token::parse(token) else { return unknown() };
    let body = match Bytes::from_request(request, &app).await {
        Ok(body) => body,
        Err(refused) => return refused.into_response(),
    };
    // Its own task: a caller that hangs up does not undo what it told us.
    let platform = app.platform.clone();
    let storing = tokio::spawn(async move {
        match receive_callback(&platform, call, &token, &body, &source).await? {
            // The answer to a try of an account: it only says that asking is worth while.
            Received::UnknownToken if call == Call::Pay && receive_test_callback(&platform, &token).await? => {
                Ok(Received::Stored)
            }
            received => Ok::<_, AppError>(received),
        }
    });
    match storing.await {
        Ok(Ok(Received::Stored)) => Json(json!({ "ResultCode": 0, "ResultDesc": "Accepted" })).into_response(),
        Ok(Ok(Received::UnknownToken)) => unknown(),
        Ok(Err(_)) | Err(_) => {
            let mut answer = plain(StatusCode::SERVICE_UNAVAILABLE, "Not stored; please send it again.\n");
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
            answer
        }
    }
}
