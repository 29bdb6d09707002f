//! The typed calls of pages that are awake: a field that a call does not have is refused by its name, before the call.

use crate::{
    doors::{Inside, only},
    state::App,
};
use app::api::{ApiError, status};
use axum::{
    Form, Json,
    body::{Body, to_bytes},
    extract::{FromRequest as _, FromRequestParts as _, Request, State},
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, any},
};
use duka::{ctx::Ctx, error::AppError, kernel::typed::Typed};
use http::{Method, StatusCode, header::ACCEPT, request::Parts};

/// What each call may be told; the frame itself would pass over what it does not know. A test compares this list with
/// what there is.
pub const CALL_FIELDS: &[(&str, &[&str])] = &[
    ("/api/dash/order", &["order"]),
    ("/api/dash/order/move", &["order", "version", "to", "note"]),
    ("/api/dash/product/price", &["variant", "version", "currency", "price"]),
    ("/api/dash/product/stock", &["variant", "version", "change", "reason", "note"]),
    ("/api/dash/products", &["words", "status", "page"]),
    ("/api/dash/today", &[]),
    ("/api/shop/payment-progress", &["token", "locale"]),
];

/// The typed calls. What they may do is decided inside each.
pub fn server_functions() -> MethodRouter<App> {
    any(async |State(app): State<App>, request: Request| match known_only(&app, request).await {
        Ok(request) => leptos_axum::handle_server_fns(request).await.into_response(),
        Err(refused) => refused,
    })
}

/// The request as it came, or the refusal of what it should not say.
async fn known_only(app: &App, request: Request) -> Result<Request, Response> {
    let known = CALL_FIELDS.iter().find(|(path, _)| *path == request.uri().path()).map(|(_, fields)| *fields);
    // Whoever has no business here is told so by the call itself, and nothing else.
    let is_inside = request.method() == Method::POST && request.extensions().get::<Ctx>().is_some();
    let Some(known) = known.filter(|_| is_inside) else { return Ok(request) };
    let (parts, body) = request.into_parts();
    // The gate has bounded it.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    };
    let mut copy = Request::new(Body::from(bytes.clone()));
    *copy.method_mut() = Method::POST;
    copy.headers_mut().clone_from(&parts.headers);
    // What is no form is told so by the call.
    let sent = Form::<Vec<(String, String)>>::from_request(copy, &()).await.ok();
    let refused = sent.and_then(|Form(pairs)| Typed::read(pairs)).and_then(|typed| only(&typed, known).err());
    match refused {
        None => Ok(Request::from_parts(parts, Body::from(bytes))),
        Some(error) => Err(refuse(app, parts, error).await),
    }
}

/// In words for a browser that sent a form, as the page that is awake reads it otherwise.
async fn refuse(app: &App, mut parts: Parts, error: AppError) -> Response {
    let accepts = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_form = accepts.contains("text/html");
    match Inside::from_request_parts(&mut parts, app).await {
        Ok(inside) if is_form => inside.refuse(error),
        _ => (status(&error), Json(ApiError(error))).into_response(),
    }
}
