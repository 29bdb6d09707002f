//! Payments: asked for with a reference of the shop's, verified by it, listed.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    Refusal,
    cards::{State as Stand, Transaction},
    domain_of, done, events, key_of, refuse,
    script::Outcome,
};
use crate::{kenya, world::Sandbox};

/// The least that is paid by card, in cents.
const LEAST: u64 = 300;

/// `POST …/transaction/initialize`.
pub async fn initialize(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    match begin(&sandbox, &headers, &body) {
        Err(refusal) => refusal.into_response(),
        Ok(made) => {
            let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
            let data = json!({
                "authorization_url": format!("http://{host}/paystack/checkout/{}", made.access_code),
                "access_code": made.access_code,
                "reference": made.reference,
            });
            done("Authorization URL created", data)
        }
    }
}

fn begin(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<Transaction, Refusal> {
    let secret_key = key_of(headers)?;
    let wrong = |message: &str| refuse(400, "invalid_params", message);
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else {
        return Err(wrong("Invalid JSON in request body"));
    };
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let email =
        text("email").filter(|email| email.contains('@')).ok_or_else(|| wrong("Invalid Email Address Passed"))?;
    let amount = match fields.get("amount") {
        Some(Value::String(text)) => text.parse().ok(),
        Some(Value::Number(number)) => number.as_u64(),
        _ => None,
    };
    let amount: u64 = amount.ok_or_else(|| refuse(400, "invalid_amount", "Invalid Amount Sent"))?;
    if amount < LEAST {
        return Err(refuse(400, "invalid_amount", "Amount is below the minimum"));
    }
    let currency = text("currency").unwrap_or_else(|| "KES".to_owned());
    if !matches!(currency.as_str(), "KES" | "USD") {
        return Err(refuse(403, "unsupported_currency", "Currency not supported by merchant"));
    }
    let is_allowed =
        |reference: &String| reference.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'='));
    let reference = text("reference").unwrap_or_else(|| kenya::from_alphabet(b"abcdefghijkmnpqrstuvwxyz23456789", 10));
    if reference.is_empty() || reference.len() > 100 || !is_allowed(&reference) {
        return Err(wrong("Invalid transaction reference"));
    }
    let metadata = match fields.get("metadata") {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or(Value::Null),
        Some(other) => other.clone(),
        None => Value::Null,
    };
    let mut world = sandbox.world();
    let script = world.cards.script();
    let made = world.cards.begin(|id| Transaction {
        id,
        secret_key,
        reference,
        access_code: kenya::from_alphabet(b"abcdefghijkmnpqrstuvwxyz0123456789", 15),
        email,
        amount,
        currency,
        callback_url: text("callback_url"),
        cancel_action: metadata.get("cancel_action").and_then(Value::as_str).map(str::to_owned),
        created_at: kenya::now(),
        state: Stand::Abandoned,
        script,
    });
    drop(world);
    let made = made.ok_or_else(|| refuse(400, "duplicate_reference", "Duplicate Transaction Reference"))?;
    if let Some(outcome) = made.script.as_ref().and_then(|script| script.outcome) {
        let (sandbox, made) = (sandbox.clone(), made.clone());
        tokio::spawn(async move {
            tokio::time::sleep(made.script.as_ref().map_or_else(Default::default, super::script::Script::delay)).await;
            if outcome != Outcome::Abandoned {
                finish(&sandbox, &made.access_code, outcome == Outcome::Success);
            }
        });
    }
    Ok(made)
}

/// Ends a payment once; a success leaves by itself as an event.
pub fn finish(sandbox: &Sandbox, access_code: &str, is_paid: bool) {
    let finished = sandbox.world().cards.finish(access_code, is_paid);
    if let Some(transaction) = finished.filter(|_| is_paid) {
        events::send(sandbox, &transaction.secret_key, transaction.script.as_ref(), &events::charge(&transaction));
    }
}

/// `GET …/transaction/verify/{reference}`.
pub async fn verify(State(sandbox): State<Sandbox>, headers: HeaderMap, Path(reference): Path<String>) -> Response {
    let key = match key_of(&headers) {
        Ok(key) => key,
        Err(refusal) => return refusal.into_response(),
    };
    match sandbox.world().cards.find(&key, &reference) {
        Some(found) => done("Verification successful", describe(found)),
        None => refuse(404, "transaction_not_found", "Transaction reference not found.").into_response(),
    }
}

/// `GET …/transaction`: the newest ones of the account.
pub async fn list(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Response {
    let key = match key_of(&headers) {
        Ok(key) => key,
        Err(refusal) => return refusal.into_response(),
    };
    let world = sandbox.world();
    let list: Vec<Value> = world.cards.newest().filter(|one| one.secret_key == key).take(50).map(describe).collect();
    done("Transactions retrieved", list.into())
}

/// The payment in the provider's words, with what its script lies about.
pub fn describe(one: &Transaction) -> Value {
    let script = one.script.as_ref();
    let (truth, paid_at) = match one.state {
        Stand::Abandoned => ("abandoned", Value::Null),
        Stand::Failed => ("failed", Value::Null),
        Stand::Success(at) => ("success", at.to_rfc3339().into()),
    };
    let status = script.and_then(|script| script.verify_status.as_deref()).unwrap_or(truth);
    let amount = script.and_then(|script| script.amount).unwrap_or(one.amount);
    let is_over = truth == "success";
    json!({
        "id": one.id,
        "domain": script.and_then(|script| script.domain.as_deref()).unwrap_or(domain_of(&one.secret_key)),
        "status": status,
        "reference": one.reference,
        "amount": amount,
        "requested_amount": amount,
        "currency": script.and_then(|script| script.currency.as_deref()).unwrap_or(&one.currency),
        "channel": "card",
        "fees": if is_over { json!(amount / 40) } else { Value::Null },
        "message": null,
        "gateway_response": match status { "success" => "Approved", "failed" => "Declined", _ => "The transaction was not completed" },
        "paid_at": paid_at,
        "created_at": one.created_at.to_rfc3339(),
        "metadata": script.and_then(|script| script.metadata.clone()).unwrap_or_else(|| json!("")),
        "authorization": if is_over {
            json!({ "authorization_code": "AUTH_sandbox", "bin": "408408", "last4": "4081", "exp_month": "11", "exp_year": "2031", "channel": "card", "brand": "visa", "country_code": "KE", "reusable": true })
        } else {
            json!({})
        },
        "customer": { "id": 90_211, "email": one.email, "first_name": null, "last_name": null, "phone": null },
    })
}
