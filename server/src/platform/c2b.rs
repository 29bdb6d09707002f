//! Where M-Pesa asks whether money may come to a paybill or till by itself; that it has come is told in `hooks`.

use crate::{
    request::{client, plain},
    state::App,
};
use axum::{
    body::Bytes,
    extract::{FromRequest as _, Path, Request, State},
    response::{IntoResponse as _, Response},
};
use duka::{
    checkout::ask_c2b::{Asked, ask_c2b},
    kernel::token::Token,
    payments::{
        matching::Judgement,
        providers::mpesa::{ValidationRefusal, validation_answer},
    },
};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};
use std::time::Duration;

/// M-Pesa decides by itself after eight seconds, and a person is waiting with the phone in their hand.
const PATIENCE: Duration = Duration::from_millis(1_800);

fn caller(app: &App, request: &Request) -> String {
    client::address(&app.config, request.extensions(), request.headers())
        .map(|address| address.to_string())
        .unwrap_or_default()
}

fn unknown(app: &App) -> Response {
    app.strangers.note(1);
    tracing::warn!(hook = "c2b", "a call came to an address that was never given out");
    plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
}

/// May it come? When we cannot say in time it may: a person finds its place later.
pub async fn validation(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    let source = caller(&app, &request);
    let Some(token) = Token::parse(&token) else { return unknown(&app) };
    let body = match Bytes::from_request(request, &app).await {
        Ok(body) => body,
        Err(refused) => return refused.into_response(),
    };
    // Its own task: a question that is answered by default is still kept, and closed with what we think of it.
    let platform = app.platform.clone();
    let asking = tokio::spawn(async move { ask_c2b(&platform, &token, &body, &source).await });
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(Ok(Ok(Asked::UnknownToken))) => unknown(&app),
        Ok(Ok(Ok(Asked::WrongShortCode))) => refuse(ValidationRefusal::ShortCode),
        Ok(Ok(Ok(Asked::Judged(judgement)))) => match judgement {
            Judgement::Welcome => accept(),
            Judgement::WrongAccount => refuse(ValidationRefusal::Account),
            Judgement::WrongAmount => refuse(ValidationRefusal::Amount),
            Judgement::Closed => refuse(ValidationRefusal::Other),
        },
        Ok(Ok(Err(_)) | Err(_)) | Err(_) => {
            tracing::warn!(hook = "c2b", "a question about money was answered by default");
            accept()
        }
    }
}

fn accept() -> Response {
    say(validation_answer(Ok(None)))
}

fn refuse(why: ValidationRefusal) -> Response {
    say(validation_answer(Err(why)))
}

fn say(answer: String) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], answer).into_response()
}
