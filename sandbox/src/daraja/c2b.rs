//! Money paid by hand: where a shop wants to hear of it, and the provider's own simulation of it.

use std::time::Duration;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    answers::{Refusal, refuse_field},
    check_token,
    fields::Fields,
    refuse,
};
use crate::{
    kenya,
    ledger::Way,
    paying::{self, Paying, Registration},
    world::Sandbox,
};

const REGISTER_FIELDS: [&str; 4] = ["ShortCode", "ResponseType", "ConfirmationURL", "ValidationURL"];
const SIMULATE_FIELDS: [&str; 5] = ["ShortCode", "CommandID", "Amount", "Msisdn", "BillRefNumber"];

/// `POST …/c2b/{v1|v2}/registerurl`.
pub async fn register(
    State(sandbox): State<Sandbox>,
    Path(version): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    keep(&sandbox, &version, &headers, &body).map(Json)
}

fn keep(sandbox: &Sandbox, version: &str, headers: &HeaderMap, body: &Bytes) -> Result<Value, Refusal> {
    let hashes = is_first(version)?;
    check_token(sandbox, headers)?;
    let fields = Fields::read(headers, body, &REGISTER_FIELDS)?;
    let number = fields.short_code("ShortCode")?;
    let completes = fields.word("ResponseType", &["Completed", "Cancelled"])? == "Completed";
    let registration = Registration {
        confirmation_url: fields.address("ConfirmationURL")?,
        validation_url: fields.address("ValidationURL")?,
        completes,
        hashes,
    };
    if !sandbox.world().registrations.set(&number, registration) {
        return Err(refuse(500, "500.003.02", "System is busy. Please try again in few minutes."));
    }
    Ok(json!({
        // Spelled as the provider spells it.
        "OriginatorCoversationID": kenya::request_id(),
        "ResponseCode": "0",
        "ResponseDescription": "Success",
    }))
}

/// `POST …/c2b/{v1|v2}/simulate`: as if somebody paid by hand.
pub async fn simulate(
    State(sandbox): State<Sandbox>,
    Path(version): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let paying = match is_first(&version).and_then(|_| order(&sandbox, &headers, &body)) {
        Ok(paying) => paying,
        Err(refusal) => return refusal.into_response(),
    };
    tokio::spawn(async move { paying::pay(&sandbox, paying).await });
    Json(json!({
        "OriginatorCoversationID": kenya::request_id(),
        "ResponseCode": "0",
        "ResponseDescription": "Accept the service request successfully.",
    }))
    .into_response()
}

fn order(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<Paying, Refusal> {
    check_token(sandbox, headers)?;
    let fields = Fields::read(headers, body, &SIMULATE_FIELDS)?;
    let command = fields.word("CommandID", &["CustomerPayBillOnline", "CustomerBuyGoodsOnline"])?;
    let way = if command == "CustomerPayBillOnline" { Way::PayBill } else { Way::BuyGoods };
    let account = match (way, fields.has("BillRefNumber")) {
        (Way::PayBill, _) => fields.text("BillRefNumber", 20)?,
        (_, true) => {
            fields.maybe_text("BillRefNumber", 20)?;
            String::new()
        }
        (_, false) => String::new(),
    };
    let phone = fields.digits("Msisdn")?;
    Ok(Paying {
        way,
        number: fields.short_code("ShortCode")?,
        account,
        amount: fields.amount()?,
        phone: kenya::phone(&phone).ok_or_else(|| refuse_field("Msisdn"))?,
        confirmations: 1,
        told_after: Duration::ZERO,
    })
}

fn is_first(version: &str) -> Result<bool, Refusal> {
    match version {
        "v1" => Ok(true),
        "v2" => Ok(false),
        _ => Err(refuse(404, "404.001.01", "Resource not found")),
    }
}
