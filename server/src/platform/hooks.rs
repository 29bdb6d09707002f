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
    checkout::receive_callback::{Call, Heard, Received, keep},
    kernel::token::Token,
    payments::account_test::receive_test_callback,
};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};
use serde_json::json;
use std::time::Duration;

/// How long the database may take; the provider gives up soon after.
const PATIENCE: Duration = Duration::from_millis(2_500);

/// The answer to an M-Pesa prompt.
pub async fn pay(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    hear(app, Call::Pay, &token, request).await
}

/// Money has come to a paybill or till by itself.
pub async fn c2b_confirmation(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    hear(app, Call::C2bConfirmation, &token, request).await
}

/// A part of M-Pesa's own list.
pub async fn pull(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    hear(app, Call::Pull, &token, request).await
}

/// What became of money that M-Pesa was to send back.
pub async fn refund_result(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    hear(app, Call::RefundResult, &token, request).await
}

/// It waited too long in M-Pesa's queue.
pub async fn refund_timeout(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    hear(app, Call::RefundTimeout, &token, request).await
}

/// The answer to a question.
pub async fn ask_result(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    hear(app, Call::AskResult, &token, request).await
}

/// A question that waited too long in M-Pesa's queue.
pub async fn ask_timeout(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    hear(app, Call::AskTimeout, &token, request).await
}

/// What became of a text message.
pub async fn sms(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    hear(app, Call::Sms, &token, request).await
}

/// A delivery partner tells of a parcel.
pub async fn delivery(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    hear(app, Call::Delivery, &token, request).await
}

/// A call whose answer says nothing but that it was taken.
async fn hear(app: App, call: Call, token: &str, request: Request) -> Response {
    let unknown = || {
        app.strangers.note(1);
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
    let accepted = || {
        let word = if call == Call::C2bConfirmation { "Success" } else { "Accepted" };
        Json(json!({ "ResultCode": 0, "ResultDesc": word })).into_response()
    };
    match take(&app, call, &token, &body, &source).await {
        Some(Received::Stored) => accepted(),
        // The answer to a try of an account: it only says that asking is worth while.
        Some(Received::UnknownToken) if call == Call::Pay && is_test(&app, &token).await => accepted(),
        Some(Received::UnknownToken) => unknown(),
        None => {
            let mut answer = plain(StatusCode::SERVICE_UNAVAILABLE, "Not stored; please send it again.\n");
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
            answer
        }
    }
}

/// Keeps what a provider told us: in the database, or on this machine's disk while that does not take it. None means
/// that it is nowhere, and may not be acknowledged.
pub(super) async fn take(app: &App, call: Call, token: &Token, body: &[u8], source: &str) -> Option<Received> {
    let heard = Heard::now(&app.platform, call, token, body, source);
    // Its own task: a caller that hangs up does not undo what it told us, and neither does our own impatience. Stored
    // by both ways it is stored once.
    let (platform, again) = (app.platform.clone(), heard.clone());
    let mut storing = tokio::spawn(async move { keep(&platform, &again).await });
    match tokio::time::timeout(PATIENCE, &mut storing).await {
        Ok(Ok(Ok(Some(_)))) => return Some(Received::Stored),
        Ok(Ok(Ok(None))) => return Some(Received::UnknownToken),
        Ok(Ok(Err(_)) | Err(_)) => {}
        Err(_) => tracing::warn!(hook = call.kind(), "the database is slow to take a callback"),
    }
    let spool = app.spool.clone();
    match tokio::spawn(async move { spool.keep(heard).await }).await {
        Ok(Ok(())) => {
            tracing::warn!(hook = call.kind(), "a callback waits on disk until the database takes it");
            Some(Received::Stored)
        }
        Ok(Err(fault)) => {
            tracing::error!(hook = call.kind(), error.message = %fault, "a callback could be kept nowhere");
            None
        }
        Err(_) => None,
    }
}

async fn is_test(app: &App, token: &Token) -> bool {
    receive_test_callback(&app.platform, token).await.unwrap_or(false)
}
