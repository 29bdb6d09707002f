//! Paystack as its clients see it: a page to pay on, where a payment stands, refunds, and signed events.

mod cards;
mod events;
mod page;
mod refund;
mod script;
mod transaction;

use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use serde_json::{Value, json};

pub use cards::Cards;
pub use script::{script, webhook};

use crate::{daraja::bearer, world::Sandbox};

/// The addresses that exist, and a proper refusal for all others.
pub fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/paystack/transaction/initialize", post(transaction::initialize))
        .route("/paystack/transaction/verify/{reference}", get(transaction::verify))
        .route("/paystack/transaction", get(transaction::list))
        .route("/paystack/refund", post(refund::ask).get(refund::list))
        .route("/paystack/refund/{id}", get(refund::one))
        .route("/paystack/checkout/{code}", get(page::show).post(page::answer))
        .route("/paystack", any(nothing_here))
        .route("/paystack/{*rest}", any(nothing_here))
}

async fn nothing_here() -> Refusal {
    refuse(404, "route_not_found", "That endpoint does not exist.")
}

/// What the provider says when it does not do as it is asked.
struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
}

fn refuse(status: u16, code: &'static str, message: &str) -> Refusal {
    Refusal { status, code, message: message.to_owned() }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let envelope = json!({
            "status": false,
            "message": self.message,
            "meta": { "nextStep": "Read the documentation" },
            "type": "validation_error",
            "code": self.code,
        });
        (status, Json(envelope)).into_response()
    }
}

fn done(message: &str, data: Value) -> Response {
    Json(json!({ "status": true, "message": message, "data": data })).into_response()
}

/// The secret key of a request. Every key is right that looks like one, but those that end in `wrong`.
fn key_of(headers: &HeaderMap) -> Result<String, Refusal> {
    match bearer(headers) {
        Some(key) if key.starts_with("sk_") && !key.ends_with("wrong") => Ok(key.to_owned()),
        _ => Err(refuse(401, "invalid_Key", "Invalid key")),
    }
}

/// The world that a key belongs to.
fn domain_of(secret_key: &str) -> &'static str {
    if secret_key.starts_with("sk_live_") { "live" } else { "test" }
}
