//! Callbacks to the shop program, in M-Pesa's own spelling, types and clock.

use axum::http::header::CONTENT_TYPE;
use serde_json::{Value, json, value::RawValue};

use crate::{daraja, kenya, paying, prompts::Prompt, scripts::PhoneNumber, world::Sandbox};

/// Posts once, and never again, as the real provider does; the answer when it is one and JSON.
pub async fn post(sandbox: &Sandbox, url: &str, body: &Value) -> Option<Value> {
    let Ok(_permit) = sandbox.outgoing().acquire_owned().await else { return None };
    let request = sandbox.http().post(url).header(CONTENT_TYPE, "application/json;charset=UTF-8");
    match request.body(body.to_string()).send().await {
        Ok(answer) => {
            tracing::info!(status = answer.status().as_u16(), "callback taken");
            if answer.status().is_success() { answer.json().await.ok() } else { None }
        }
        Err(error) => {
            tracing::warn!(error = %error.without_url(), "callback lost");
            None
        }
    }
}

/// Sends the callbacks of an answered prompt, all at the same time; none when its script drops them.
pub fn send_stk_callbacks(sandbox: &Sandbox, prompt: &Prompt) {
    let script = prompt.script.as_ref();
    if script.is_some_and(|s| s.drop_callback) {
        return;
    }
    let Some(body) = stk_callback(prompt) else { return };
    for _ in 0..script.map_or(1, |s| s.callbacks) {
        let sandbox = sandbox.clone();
        let (url, short_code, body) = (prompt.callback_url.clone(), prompt.short_code.clone(), body.clone());
        tokio::spawn(async move {
            let Ok(_permit) = sandbox.outgoing().acquire_owned().await else { return };
            let sent = sandbox
                .http()
                .post(&url)
                .header(CONTENT_TYPE, "application/json;charset=UTF-8")
                .header("Businessshortcode", short_code)
                .body(body)
                .send()
                .await;
            match sent {
                Ok(answer) => tracing::info!(status = answer.status().as_u16(), "callback taken"),
                // As with the real provider: sent once, and never again.
                Err(error) => tracing::warn!(error = %error.without_url(), "callback lost"),
            }
        });
    }
}

/// The body; `None` while nobody has answered.
fn stk_callback(prompt: &Prompt) -> Option<String> {
    let answer = prompt.answer.as_ref()?;
    let code: Value = answer.result_code.parse::<i64>().map_or_else(|_| answer.result_code.clone().into(), Value::from);
    let head = json!({
        "MerchantRequestID": prompt.merchant_request_id,
        "CheckoutRequestID": prompt.checkout_request_id,
        "ResultCode": code,
        "ResultDesc": daraja::description(&answer.result_code),
    });
    let Some(receipt) = &answer.receipt else {
        return Some(json!({ "Body": { "stkCallback": head } }).to_string());
    };
    let lie = prompt.script.as_ref().and_then(|s| s.amount.as_ref());
    let amount = lie.map_or_else(|| prompt.amount.to_string(), ToString::to_string);
    let amount = if amount.contains('.') { amount } else { format!("{amount}.00") };
    // Raw, because the provider writes two decimals and no number type of ours would keep them.
    let amount = RawValue::from_string(amount).ok()?;
    let items = [
        Item { name: "Amount", value: Some(amount) },
        Item { name: "MpesaReceiptNumber", value: raw(&json!(receipt)) },
        Item { name: "Balance", value: None },
        Item { name: "TransactionDate", value: RawValue::from_string(kenya::stamp(answer.at)).ok() },
        Item { name: "PhoneNumber", value: raw(&phone_number(prompt)) },
    ];
    let body = Outer { body: Inner { callback: Callback { head, metadata: Metadata { items } } } };
    serde_json::to_string(&body).ok()
}

/// The payer's number as a number, hidden in its middle, or left out.
fn phone_number(prompt: &Prompt) -> Value {
    match prompt.script.as_ref().map(|script| script.phone_number).unwrap_or_default() {
        PhoneNumber::Whole => prompt.phone.parse::<u64>().map_or(Value::Null, Value::from),
        PhoneNumber::Masked => paying::masked(&prompt.phone).into(),
        PhoneNumber::Missing => Value::Null,
    }
}

/// `None` for null: the provider leaves such values out.
fn raw(value: &Value) -> Option<Box<RawValue>> {
    if value.is_null() {
        return None;
    }
    RawValue::from_string(value.to_string()).ok()
}

#[derive(serde::Serialize)]
struct Outer {
    #[serde(rename = "Body")]
    body: Inner,
}

#[derive(serde::Serialize)]
struct Inner {
    #[serde(rename = "stkCallback")]
    callback: Callback,
}

#[derive(serde::Serialize)]
struct Callback {
    #[serde(flatten)]
    head: Value,
    #[serde(rename = "CallbackMetadata")]
    metadata: Metadata,
}

#[derive(serde::Serialize)]
struct Metadata {
    #[serde(rename = "Item")]
    items: [Item; 5],
}

#[derive(serde::Serialize)]
struct Item {
    #[serde(rename = "Name")]
    name: &'static str,
    #[serde(rename = "Value", skip_serializing_if = "Option::is_none")]
    value: Option<Box<RawValue>>,
}
