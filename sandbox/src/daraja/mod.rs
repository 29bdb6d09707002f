//! M-Pesa's Daraja as its clients see it: prompts, money paid by hand, questions, reversals, and its refusals.

mod answers;
mod balance;
mod c2b;
mod fields;
mod operator;
mod pull;
mod push;
mod query;
mod reversal;
mod status;
mod token;

use axum::{
    Router,
    http::HeaderMap,
    routing::{any, get, post},
};

pub use answers::{Refusal, description, refuse, refuse_token};
pub use operator::CERTIFICATE;
pub use pull::PullNumbers;
pub use token::{Tokens, bearer};

use crate::world::Sandbox;

/// The addresses that exist, and a proper refusal for all others.
pub fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/daraja/oauth/v1/generate", get(token::generate).fallback(wrong_method))
        .route("/daraja/mpesa/stkpush/v1/processrequest", post(push::process).fallback(wrong_method))
        .route("/daraja/mpesa/stkpushquery/v1/query", post(query::query).fallback(wrong_method))
        .route("/daraja/mpesa/c2b/{version}/registerurl", post(c2b::register).fallback(wrong_method))
        .route("/daraja/mpesa/c2b/{version}/simulate", post(c2b::simulate).fallback(wrong_method))
        .route("/daraja/mpesa/transactionstatus/v1/query", post(status::query).fallback(wrong_method))
        .route("/daraja/mpesa/reversal/v1/request", post(reversal::request).fallback(wrong_method))
        .route("/daraja/mpesa/accountbalance/v1/query", post(balance::query).fallback(wrong_method))
        .route("/daraja/pulltransactions/v1/register", post(pull::register).fallback(wrong_method))
        .route("/daraja/pulltransactions/v1/query", post(pull::query).get(pull::query).fallback(wrong_method))
        .route("/daraja", any(nothing_here))
        .route("/daraja/{*rest}", any(nothing_here))
}

async fn wrong_method() -> Refusal {
    refuse(405, "405.001", "Method Not Allowed")
}

async fn nothing_here() -> Refusal {
    refuse(404, "404.001.01", "Resource not found")
}

/// Lets a request with a live access token pass.
fn check_token(sandbox: &Sandbox, headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(token) = bearer(headers) else {
        return Err(refuse(404, "404.001.04", "Invalid Authentication Header"));
    };
    if sandbox.world().tokens.is_live(token) { Ok(()) } else { Err(refuse_token()) }
}
