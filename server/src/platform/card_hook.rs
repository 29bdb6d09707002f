//! The door that the card provider knocks on: signed or turned away, stored before it is acknowledged, read later.

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
    checkout::card::{EventReceived, receive_event},
    kernel::token::Token,
    payments::providers::paystack::SIGNATURE_HEADER,
};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};
use serde_json::json;

/// An event of the card provider. What is not signed with the merchant's key is kept nowhere.
pub async fn event(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    let unknown = || {
        app.strangers.note(1);
        tracing::warn!(hook = "card", "an event came to an address that was never given out");
        plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
    };
    let source = client::address(&app.config, request.extensions(), request.headers())
        .map(|address| address.to_string())
        .unwrap_or_default();
    let signature = request.headers().get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
    let signature = signature.unwrap_or_default().to_owned();
    let Some(token) = Token::parse(&token) else { return unknown() };
    let body = match Bytes::from_request(request, &app).await {
        Ok(body) => body,
        Err(refused) => return refused.into_response(),
    };
    // Its own task: a caller that hangs up does not undo what it told us.
    let platform = app.platform.clone();
    let storing = tokio::spawn(async move { receive_event(&platform, &token, &body, &signature, &source).await });
    match storing.await {
        Ok(Ok(EventReceived::Stored)) => Json(json!({ "received": true })).into_response(),
        Ok(Ok(EventReceived::UnknownToken)) => unknown(),
        Ok(Ok(EventReceived::NotSigned)) => {
            tracing::warn!(hook = "card", "an event came without a signature of the merchant's key");
            plain(StatusCode::UNAUTHORIZED, "The signature does not fit.\n")
        }
        Ok(Err(_)) | Err(_) => {
            let mut answer = plain(StatusCode::SERVICE_UNAVAILABLE, "Not stored; please send it again.\n");
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
            answer
        }
    }
}
