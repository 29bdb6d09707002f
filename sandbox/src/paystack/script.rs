//! What a test decided about card payments in place of a person, and where an account's events go.

use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

use crate::world::Sandbox;

/// Longest wait before a script answers: a quarter of an hour.
const LONGEST_DELAY_MS: u64 = 15 * 60 * 1000;
const MOST_EVENTS: u32 = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Success,
    Declined,
    /// Nobody comes back.
    Abandoned,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundEnd {
    #[default]
    Processed,
    Failed,
    NeedsAttention,
    /// It stays on its way.
    Pending,
}

impl RefundEnd {
    /// The provider's word; none when it does not end.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Processed => Some("processed"),
            Self::Failed => Some("failed"),
            Self::NeedsAttention => Some("needs-attention"),
            Self::Pending => None,
        }
    }
}

/// How payments end. Without an outcome a person decides on the page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    pub outcome: Option<Outcome>,
    /// Milliseconds between the page being made and its answer.
    #[serde(default)]
    delay_ms: u64,
    /// How often an event is sent, all at once.
    #[serde(default = "one")]
    pub webhooks: u32,
    /// Tell nobody.
    #[serde(default)]
    pub drop_webhook: bool,
    /// Sign with another key.
    #[serde(default)]
    pub bad_signature: bool,
    /// Cents claimed by event and question alike, in place of the true sum.
    pub amount: Option<u64>,
    pub currency: Option<String>,
    /// `live` or `test`, in place of what the key says.
    pub domain: Option<String>,
    /// What the question is answered, in place of the truth.
    pub verify_status: Option<String>,
    /// `metadata` of answers and events, in any shape.
    pub metadata: Option<Value>,
    /// How refunds end.
    #[serde(default)]
    pub refund: RefundEnd,
    #[serde(default)]
    refund_delay_ms: u64,
}

fn one() -> u32 {
    1
}

impl Script {
    pub fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_ms)
    }
    pub fn refund_delay(&self) -> Duration {
        Duration::from_millis(self.refund_delay_ms)
    }
    /// A sentence about what is wrong with it.
    fn fault(&self) -> Option<String> {
        if self.delay_ms.max(self.refund_delay_ms) > LONGEST_DELAY_MS {
            return Some(format!("delay_ms and refund_delay_ms are at most {LONGEST_DELAY_MS}."));
        }
        if !(1..=MOST_EVENTS).contains(&self.webhooks) {
            return Some(format!("webhooks is between 1 and {MOST_EVENTS}; to send none, say drop_webhook."));
        }
        None
    }
}

/// `POST /control/paystack`: decides every following card payment until reset.
pub async fn script(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    match serde_json::from_slice::<Script>(&body) {
        Err(error) => refused(&format!("This body is no script: {error}.")),
        Ok(script) => match script.fault() {
            Some(sentence) => refused(&sentence),
            None => {
                sandbox.world().cards.set_script(script);
                StatusCode::NO_CONTENT.into_response()
            }
        },
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Webhook {
    url: String,
    /// Whose events; everybody's when absent.
    secret_key: Option<String>,
}

/// `POST /control/paystack/webhook`: where events go, as an account's own dashboard would be told.
pub async fn webhook(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    match serde_json::from_slice::<Webhook>(&body) {
        Err(error) => refused(&format!("This body names no address for events: {error}.")),
        Ok(Webhook { url, .. }) if reqwest::Url::parse(&url).is_err() => refused("url is an address."),
        Ok(Webhook { url, secret_key }) => {
            if sandbox.world().cards.set_hook(secret_key, url) {
                StatusCode::NO_CONTENT.into_response()
            } else {
                refused("Too many accounts have an address already.")
            }
        }
    }
}

fn refused(sentence: &str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, format!("{sentence}\n")).into_response()
}
