//! STK query: where a prompt stands; result codes are text here, and there is no receipt.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{
    answers::{Refusal, refuse_overloaded},
    check_token, description,
    fields::Fields,
};
use crate::{prompts::Prompt, world::Sandbox};

const FIELDS: [&str; 4] = ["BusinessShortCode", "Password", "Timestamp", "CheckoutRequestID"];
/// As a script's `query_result_code`: the query gives no answer.
const NO_ANSWER: &str = "500.001.1001";

/// `POST …/stkpushquery/v1/query`.
pub async fn query(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    look(&sandbox, &headers, &body).into_response()
}

fn look(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<Response, Refusal> {
    check_token(sandbox, headers)?;
    let fields = Fields::read(headers, body, &FIELDS)?;
    let short_code = fields.signed_short_code()?;
    let id = fields.text("CheckoutRequestID", 100)?;
    let world = sandbox.world();
    let prompt = world
        .prompts
        .find(&id)
        .filter(|prompt| prompt.short_code == short_code)
        .ok_or_else(|| refuse_overloaded("The transaction is being processed"))?;
    let code = claimed_code(prompt);
    if code == NO_ANSWER {
        return Err(refuse_overloaded("The transaction is being processed"));
    }
    Ok(Json(json!({
        "ResponseCode": "0",
        "ResponseDescription": "The service request has been accepted successfully",
        "MerchantRequestID": prompt.merchant_request_id,
        "CheckoutRequestID": prompt.checkout_request_id,
        "ResultCode": code,
        "ResultDesc": description(code),
    }))
    .into_response())
}

/// The truth, or what the script says in its place once the prompt is answered.
fn claimed_code(prompt: &Prompt) -> &str {
    let Some(answer) = &prompt.answer else { return "4999" };
    prompt.script.as_ref().and_then(|script| script.query_result_code.as_deref()).unwrap_or(&answer.result_code)
}
