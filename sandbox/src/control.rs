//! The strings a test pulls: scripts, faults, what was received, forgetting.

use std::time::Duration;

use axum::{
    Json,
    body::Bytes,
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use crate::{
    kenya,
    ledger::Way,
    paying::{self, Paying},
    recorder::{FaultKind, MOST_PER_FAULT},
    scripts::{LONGEST_DELAY_MS, Script},
    world::{Provider, Sandbox},
};

/// A refusal: one sentence.
struct Refusal(String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, format!("{}\n", self.0)).into_response()
    }
}

fn read<T: DeserializeOwned>(what: &str, body: &Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal(format!("This body is no {what}: {error}.")))
}

fn done(result: Result<(), Refusal>) -> Response {
    match result {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Decides every following prompt, of one phone or of all.
pub async fn mpesa(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    done(read::<Script>("script", &body).and_then(|script| sandbox.world().scripts.add(script).map_err(Refusal)))
}

/// A payment by hand, in place of a person.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ByHand {
    short_code: String,
    /// Whole shillings.
    amount: u32,
    #[serde(default)]
    account: String,
    phone: String,
    kind: Kind,
    /// The money arrives, and the shop is not told.
    #[serde(default)]
    drop: bool,
    /// How often the shop is told, all at once.
    #[serde(default = "one")]
    confirmations: u32,
    /// The money is there at once, and the shop is told of it so much later; the answer does not wait for that.
    #[serde(default)]
    delay_ms: u64,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Paybill,
    Till,
}

/// Pays by hand, and answers when the shop has said whether it wants the money and, unless late, been told of it:
/// `{"receipt", "refused", "code"}`, where `code` is the shop's refusal, or `timeout` when it did not say.
pub async fn pay(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    match read::<ByHand>("payment", &body).and_then(paying_of) {
        Err(refusal) => refusal.into_response(),
        Ok(paying) => {
            let paid = paying::pay(&sandbox, paying).await;
            let answer = json!({ "receipt": paid.receipt, "refused": paid.refused.is_some(), "code": paid.refused });
            Json(answer).into_response()
        }
    }
}

fn paying_of(typed: ByHand) -> Result<Paying, Refusal> {
    let sentence = |text: &str| Err(Refusal(text.to_owned()));
    let is_number = (5..=7).contains(&typed.short_code.len()) && typed.short_code.bytes().all(|b| b.is_ascii_digit());
    if !is_number {
        return sentence("short_code has five to seven digits.");
    }
    if !(1..=250_000).contains(&typed.amount) {
        return sentence("amount is in whole shillings, 1 to 250000.");
    }
    if typed.account.chars().count() > 20 {
        return sentence("account has at most 20 characters.");
    }
    if typed.confirmations > 200 {
        return sentence("confirmations is at most 200.");
    }
    if typed.delay_ms > LONGEST_DELAY_MS {
        return Err(Refusal(format!("delay_ms is at most {LONGEST_DELAY_MS}.")));
    }
    let Some(phone) = kenya::phone(&typed.phone) else {
        return Err(Refusal(format!("{:?} is no Kenyan mobile number.", typed.phone)));
    };
    Ok(Paying {
        way: match typed.kind {
            Kind::Paybill => Way::PayBill,
            Kind::Till => Way::BuyGoods,
        },
        number: typed.short_code,
        account: typed.account,
        amount: typed.amount,
        phone,
        confirmations: if typed.drop { 0 } else { typed.confirmations },
        told_after: Duration::from_millis(typed.delay_ms),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    now: DateTime<Utc>,
}

/// Sets the provider's clock, which goes on from there: receipts, notifications and lists have its time. A reset gives
/// it this machine's time again.
pub async fn clock(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    done(read::<Clock>("clock", &body).and_then(|clock| {
        let ahead = clock.now - kenya::now();
        if ahead.abs() > TimeDelta::days(36_500) {
            return Err(Refusal("now is within a hundred years.".to_owned()));
        }
        sandbox.world().ahead = ahead;
        Ok(())
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    provider: Provider,
    kind: FaultKind,
    #[serde(default = "one")]
    count: u32,
}

fn one() -> u32 {
    1
}

/// Lets a fault befall the next requests of a provider.
pub async fn fault(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    done(read::<Fault>("fault", &body).and_then(|fault| {
        if !(1..=MOST_PER_FAULT).contains(&fault.count) {
            return Err(Refusal(format!("count is between 1 and {MOST_PER_FAULT}.")));
        }
        let mut world = sandbox.world();
        if world.faults.entry(fault.provider).or_default().add(fault.kind, fault.count) {
            Ok(())
        } else {
            Err(Refusal("Too many faults are waiting; reset first.".to_owned()))
        }
    }))
}

/// Forgets scripts, faults, requests, prompts and their locks.
pub async fn reset(State(sandbox): State<Sandbox>) -> StatusCode {
    sandbox.reset();
    StatusCode::NO_CONTENT
}

/// What a provider received, oldest first.
pub async fn requests(State(sandbox): State<Sandbox>, RawQuery(query): RawQuery) -> Response {
    let asked = query
        .as_deref()
        .unwrap_or_default()
        .split('&')
        .find_map(|pair| pair.strip_prefix("provider="))
        .unwrap_or_default();
    let Ok(provider) = serde_json::from_value::<Provider>(asked.into()) else {
        return Refusal(format!(
            "{asked:?} is no provider; ask for mpesa, paystack, whatsapp, pickup_mtaani, sms or mail."
        ))
        .into_response();
    };
    let list = sandbox.world().requests.get(&provider).map(crate::recorder::Requests::all).unwrap_or_default();
    Json(list).into_response()
}
