//! Events to the shop program, signed over the very bytes that are sent.

use axum::http::header::CONTENT_TYPE;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha512;
use std::fmt::Write as _;

use super::{
    cards::{Refund, Transaction},
    domain_of,
    script::Script,
    transaction::describe,
};
use crate::world::Sandbox;

/// `charge.success`.
pub fn charge(transaction: &Transaction) -> Value {
    let mut data = describe(transaction);
    // An event says success whatever the question is answered.
    data["status"] = "success".into();
    json!({ "event": "charge.success", "data": data })
}

/// `refund.pending`, `refund.processed` and so on; the sum is a text here.
pub fn refund(refund: &Refund, word: &str) -> Value {
    json!({
        "event": format!("refund.{word}"),
        "data": {
            "status": word,
            "transaction_reference": refund.reference,
            "refund_reference": null,
            "amount": refund.amount.to_string(),
            "currency": refund.currency,
            "processor": "example_ke",
            "customer": { "first_name": null, "last_name": null, "email": "somebody@example.co.ke" },
            "domain": domain_of(&refund.secret_key),
        },
    })
}

fn signature(secret_key: &str, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(secret_key.as_bytes()) else { return String::new() };
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Sends an event to the account's address as often as its script says; nobody hears it where there is none.
pub fn send(sandbox: &Sandbox, secret_key: &str, script: Option<&Script>, event: &Value) {
    if script.is_some_and(|script| script.drop_webhook) {
        return;
    }
    let Some(url) = sandbox.world().cards.hook_of(secret_key) else { return };
    let body = event.to_string();
    let signed = if script.is_some_and(|script| script.bad_signature) {
        signature("sk_test_of_somebody_else", &body)
    } else {
        signature(secret_key, &body)
    };
    for _ in 0..script.map_or(1, |script| script.webhooks) {
        let (sandbox, url, body, signed) = (sandbox.clone(), url.clone(), body.clone(), signed.clone());
        tokio::spawn(async move {
            let Ok(_permit) = sandbox.outgoing().acquire_owned().await else { return };
            let sent = sandbox
                .http()
                .post(&url)
                .header(CONTENT_TYPE, "application/json")
                .header("x-paystack-signature", signed)
                .body(body)
                .send()
                .await;
            match sent {
                Ok(answer) => tracing::info!(status = answer.status().as_u16(), "card event taken"),
                Err(error) => tracing::warn!(error = %error.without_url(), "card event lost"),
            }
        });
    }
}
