//! Daraja's refusals and the prose that belongs to its result codes.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::kenya;

/// What the gateway says when it takes no request: HTTP status, error code, message.
pub struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let envelope = json!({
            "requestId": kenya::request_id(),
            "errorCode": self.code,
            "errorMessage": self.message,
        });
        (status, Json(envelope)).into_response()
    }
}

/// The gateway's error envelope.
pub fn refuse(status: u16, code: &'static str, message: &str) -> Refusal {
    Refusal { status, code, message: message.to_owned() }
}

/// A token that is unknown, superseded or expired.
pub fn refuse_token() -> Refusal {
    refuse(404, "404.001.03", "Invalid Access Token")
}

/// A field that is missing, unknown, misspelled or wrong.
pub fn refuse_field(name: &str) -> Refusal {
    refuse(400, "400.002.02", &format!("Bad Request - Invalid {name}"))
}

/// The provider's overloaded code for trouble with accounts, phones and unknown transactions.
pub fn refuse_overloaded(message: &str) -> Refusal {
    refuse(500, "500.001.1001", message)
}

/// What stands beside a result code; clients decide on the code and never on this.
pub fn description(result_code: &str) -> &'static str {
    match result_code {
        "0" => "The service request is processed successfully.",
        "1" => "The balance is insufficient for the transaction.",
        "2" => "Declined due to limit rule: less than the minimum transaction amount.",
        "3" => "Declined due to limit rule: greater than the maximum transaction amount.",
        "4" => "Declined due to limit rule: would exceed daily transfer limit.",
        "8" => "Declined due to limit rule: would exceed the maximum balance.",
        "17" => "Rule limited.",
        "26" => "System busy. The service request is rejected.",
        "1001" => "Unable to lock subscriber, a transaction is already in process for the current subscriber",
        "1019" => "Transaction expired. No MO has been received",
        "1025" | "9999" => "An error occurred while sending a push request",
        "1032" => "Request cancelled by user",
        "1037" => "DS timeout user cannot be reached",
        "2001" => "The initiator information is invalid.",
        "2028" => "The request is not permitted according to product assignment.",
        "2029" => "Failed due to unresolved reason type",
        "4999" => "The transaction is still under processing",
        "21" => "The initiator is not allowed to initiate this request",
        "25" => "Invalid parameters",
        "R000001" => "The transaction has already been reversed.",
        "R000002" => "The OriginalTransactionID is invalid.",
        "8006" => "The security credential is locked.",
        "SFC_IC0003" => "The operator does not exist.",
        _ => "The service request failed.",
    }
}
