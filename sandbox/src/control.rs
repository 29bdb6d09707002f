//! The strings a test pulls: scripts, faults, what was received, forgetting.

use axum::{
    Json,
    body::Bytes,
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    recorder::{FaultKind, MOST_PER_FAULT},
    scripts::Script,
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
