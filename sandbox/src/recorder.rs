//! What every request to a provider passes: it is written down, then a fault may befall it.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    BODY_LIMIT, daraja, kenya,
    line::Scissors,
    world::{Provider, Sandbox},
};

/// Requests remembered per provider.
const MOST_REQUESTS: usize = 1000;
/// Faults waiting per provider.
const MOST_FAULTS: usize = 100;
/// How many requests one fault may befall.
pub const MOST_PER_FAULT: u32 = 1000;
/// A hanging request is cut after this.
pub const HANG: Duration = Duration::from_mins(1);
pub const SLOW: Duration = Duration::from_secs(3);

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The connection closes without an answer.
    Refuse,
    /// No answer within a minute.
    Hang,
    /// The provider's internal error.
    #[serde(rename = "500")]
    Broken,
    /// A web page with status 200.
    Garbage,
    /// The right answer, three seconds late.
    Slow,
    /// The access token counts as expired.
    ExpiredToken,
}

/// Faults waiting for requests, in the order they were asked for.
#[derive(Default)]
pub struct Faults(VecDeque<(FaultKind, u32)>);

impl Faults {
    /// `false` when too many are waiting.
    pub fn add(&mut self, kind: FaultKind, count: u32) -> bool {
        if self.0.len() >= MOST_FAULTS {
            return false;
        }
        self.0.push_back((kind, count));
        true
    }

    /// The fault for the next request; an expired token waits for a request that bears one.
    pub fn take(&mut self, bears_token: bool) -> Option<FaultKind> {
        let (kind, left) = self.0.front_mut()?;
        let kind = *kind;
        if kind == FaultKind::ExpiredToken && !bears_token {
            return None;
        }
        *left -= 1;
        if *left == 0 {
            self.0.pop_front();
        }
        Some(kind)
    }
}

/// One request as it came.
#[derive(Clone, Serialize)]
pub struct Received {
    pub at: String,
    pub method: String,
    pub path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    pub headers: BTreeMap<String, String>,
    pub body: Value,
    /// The other part of a mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
}

/// What a provider received, oldest first.
#[derive(Default)]
pub struct Requests {
    list: VecDeque<Received>,
    /// How many were forgotten to make room, so that each keeps its number.
    forgotten: u64,
}

impl Requests {
    pub fn add(&mut self, received: Received) {
        if self.list.len() >= MOST_REQUESTS {
            self.list.pop_front();
            self.forgotten += 1;
        }
        self.list.push_back(received);
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Newest first, with their numbers.
    pub fn newest(&self) -> impl Iterator<Item = (u64, &Received)> {
        (self.forgotten..).zip(&self.list).collect::<Vec<_>>().into_iter().rev()
    }

    pub fn get(&self, number: u64) -> Option<&Received> {
        self.list.get(usize::try_from(number.checked_sub(self.forgotten)?).ok()?)
    }

    pub fn all(&self) -> Vec<Received> {
        self.list.iter().cloned().collect()
    }
}

/// JSON where it is JSON, text where it is text, `null` when empty.
fn body_for_people(body: &Bytes) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(body).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()))
}

fn headers_for_people(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        out.entry(name.as_str().to_owned())
            .and_modify(|before: &mut String| {
                before.push_str(", ");
                before.push_str(&value);
            })
            .or_insert_with(|| value.into_owned());
    }
    out
}

/// Writes requests to providers down and lets faults befall them; everything else passes untouched.
pub async fn gate(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let Some(provider) = Provider::of_path(request.uri().path()) else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "A body has at most 64 KiB.\n").into_response();
    };
    let received = Received {
        at: kenya::now().to_rfc3339(),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        headers: headers_for_people(&parts.headers),
        body: body_for_people(&body),
        html: None,
    };
    let bears_token = daraja::bearer(&parts.headers).is_some();
    let fault = {
        let mut world = sandbox.world();
        world.requests.entry(provider).or_default().add(received);
        world.faults.entry(provider).or_default().take(bears_token)
    };
    match fault {
        None => {}
        Some(FaultKind::Slow) => tokio::time::sleep(SLOW).await,
        Some(FaultKind::Refuse) => return cut(parts.extensions.get()),
        Some(FaultKind::Hang) => {
            tokio::time::sleep(HANG).await;
            return cut(parts.extensions.get());
        }
        Some(FaultKind::Garbage) => {
            let page = "<!doctype html><title>Welcome</title><h1>It works</h1>";
            return ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
        }
        Some(FaultKind::Broken) => {
            return match provider {
                Provider::Mpesa => daraja::refuse(500, "500.003.1001", "Internal Server Error").into_response(),
                _ => failure(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
            };
        }
        Some(FaultKind::ExpiredToken) => {
            return match provider {
                Provider::Mpesa => daraja::refuse_token().into_response(),
                _ => failure(StatusCode::UNAUTHORIZED, "The access token has expired"),
            };
        }
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// Closes the connection without an answer.
pub fn cut(line: Option<&ConnectInfo<Scissors>>) -> Response {
    if let Some(ConnectInfo(scissors)) = line {
        scissors.cut();
    }
    // Never seen by anybody when the connection could be cut.
    StatusCode::BAD_GATEWAY.into_response()
}

fn failure(status: StatusCode, message: &str) -> Response {
    (status, axum::Json(json!({ "message": message }))).into_response()
}
