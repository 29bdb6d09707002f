//! Refunds: asked for, moved on by a script, told by events.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    Refusal,
    cards::{Refund, State as Stand, Transaction},
    domain_of, done, events, key_of, refuse,
};
use crate::world::Sandbox;

/// `POST …/refund`.
pub async fn ask(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    match begin(&sandbox, &headers, &body) {
        Err(refusal) => refusal.into_response(),
        Ok((refund, transaction)) => {
            move_on(&sandbox, refund.clone(), &transaction);
            let mut data = describe(&refund);
            data["transaction"] = json!({
                "id": transaction.id, "reference": transaction.reference, "amount": transaction.amount,
                "currency": transaction.currency, "channel": "card",
            });
            done("Refund has been queued for processing", data)
        }
    }
}

fn begin(sandbox: &Sandbox, headers: &HeaderMap, body: &Bytes) -> Result<(Refund, Transaction), Refusal> {
    let key = key_of(headers)?;
    let fields: Value =
        serde_json::from_slice(body).map_err(|_| refuse(400, "invalid_params", "Invalid JSON in request body"))?;
    let asked = match &fields["transaction"] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let mut world = sandbox.world();
    let transaction = world
        .cards
        .find(&key, &asked)
        .filter(|one| matches!(one.state, Stand::Success(_)))
        .cloned()
        .ok_or_else(|| refuse(404, "transaction_not_found", "Transaction not found"))?;
    let left = world.cards.left(&transaction);
    let amount = fields["amount"].as_u64().unwrap_or(left);
    if amount == 0 || amount > left {
        return Err(refuse(400, "transaction_reversed", "Refund amount cannot be more than what is left"));
    }
    let note = fields["merchant_note"].as_str().map(str::to_owned);
    Ok((world.cards.add_refund(&transaction, amount, note), transaction))
}

/// What becomes of it, by the script in force or to its end at once.
fn move_on(sandbox: &Sandbox, refund: Refund, transaction: &Transaction) {
    let script = sandbox.world().cards.script().or_else(|| transaction.script.clone());
    events::send(sandbox, &refund.secret_key, script.as_ref(), &events::refund(&refund, "pending"));
    let end = script.as_ref().map_or_else(Default::default, |script| script.refund);
    let Some(word) = end.word() else { return };
    let sandbox = sandbox.clone();
    tokio::spawn(async move {
        tokio::time::sleep(script.as_ref().map_or_else(Default::default, super::script::Script::refund_delay)).await;
        let moved = sandbox.world().cards.move_refund(refund.id, word);
        if let Some(moved) = moved {
            events::send(&sandbox, &moved.secret_key, script.as_ref(), &events::refund(&moved, word));
        }
    });
}

/// `GET …/refund?transaction=…`.
pub async fn list(State(sandbox): State<Sandbox>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let key = match key_of(&headers) {
        Ok(key) => key,
        Err(refusal) => return refusal.into_response(),
    };
    let query = query.unwrap_or_default();
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("transaction=")).unwrap_or_default();
    let world = sandbox.world();
    let list: Vec<Value> = world
        .cards
        .find(&key, asked)
        .map(|transaction| world.cards.refunds_of(transaction).map(describe).collect())
        .unwrap_or_default();
    done("Refunds retrieved", list.into())
}

/// `GET …/refund/{id}`.
pub async fn one(State(sandbox): State<Sandbox>, headers: HeaderMap, Path(id): Path<u64>) -> Response {
    let key = match key_of(&headers) {
        Ok(key) => key,
        Err(refusal) => return refusal.into_response(),
    };
    match sandbox.world().cards.find_refund(&key, id) {
        Some(refund) => done("Refund retrieved", describe(refund)),
        None => refuse(404, "refund_not_found", "Refund not found").into_response(),
    }
}

fn describe(refund: &Refund) -> Value {
    json!({
        "id": refund.id,
        "transaction": refund.transaction,
        "status": refund.status,
        "amount": refund.amount,
        "currency": refund.currency,
        "domain": domain_of(&refund.secret_key),
        "fully_deducted": u8::from(refund.status == "processed"),
        "merchant_note": refund.merchant_note,
        "created_at": refund.created_at.to_rfc3339(),
    })
}
