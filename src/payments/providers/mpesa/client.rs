//! The client: access token, STK push, STK query, with one repeat when the access token is refused.

use super::{
    answers::{PushAccepted, PushRefused, QueryAnswer, QueryFailed, read_push, read_query},
    token::Tokens,
    wire::{self, Answer, StkPush, StkQuery, TokenAnswer},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use reqwest::{RequestBuilder, StatusCode, redirect};
use serde::Serialize;
use std::{fmt, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(15);
/// Calls of one client at the same time; the provider throttles more than that.
const AT_ONCE: usize = 8;
/// When the token's answer does not say how long it lives, in seconds.
const USUAL_LIFE: u64 = 3599;

/// What kind of number takes the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    Paybill,
    Till,
}

impl AccountKind {
    /// The word in `mpesa_accounts.kind`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "paybill" => Some(Self::Paybill),
            "till" => Some(Self::Till),
            _ => None,
        }
    }
}

/// One merchant's access to Daraja.
#[derive(Clone)]
pub struct Credentials {
    /// `sandbox` or `production`, as stored; the address is the client's.
    pub environment: String,
    pub kind: AccountKind,
    /// The paybill, or the store number that a till went live with.
    pub short_code: String,
    /// Needed for a till: the number that buyers know.
    pub till_number: Option<String>,
    pub consumer_key: String,
    pub consumer_secret: String,
    pub passkey: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("environment", &self.environment)
            .field("kind", &self.kind)
            .field("short_code", &self.short_code)
            .field("till_number", &self.till_number)
            .finish_non_exhaustive()
    }
}

/// What to ask of whom. Has no `Debug`: phone and callback address are nothing for logs.
pub struct PushRequest {
    /// Cents; whole shillings from 1 to 250,000.
    pub amount_cents: i64,
    /// `2547XXXXXXXX` or `2541XXXXXXXX`.
    pub phone_msisdn: String,
    pub callback_url: String,
    /// 1 to 12 characters, shown in the prompt.
    pub account_reference: String,
    /// Cut to 13 characters.
    pub description: String,
    pub now: DateTime<Utc>,
}

/// A client of one Daraja address for all merchants; a clone shares tokens, connections and limits.
#[derive(Clone)]
pub struct Daraja(Arc<Inner>);

struct Inner {
    base_url: String,
    http: reqwest::Client,
    tokens: Tokens,
    at_once: Semaphore,
}

impl fmt::Debug for Daraja {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Daraja").field(&self.0.base_url).finish()
    }
}

/// What came back, as far as it came.
enum Reply {
    Read {
        status: StatusCode,
        answer: Option<Answer>,
    },
    /// The connection was never made.
    NeverSent,
    /// Sent, but the answer was lost, late or too long.
    Lost,
}

/// Why there is no access token.
enum NoToken {
    NotReached(String),
    Refused(String),
}

impl Daraja {
    /// `base_url` is `https://api.safaricom.co.ke`, or wherever the same addresses are found.
    ///
    /// # Panics
    /// When the process has installed no TLS provider, or this machine has no root certificates.
    pub fn new(base_url: &str) -> Self {
        #[expect(clippy::disallowed_methods, reason = "this provider's one client, with its time-outs and limits")]
        let mut builder = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            .pool_idle_timeout(Duration::from_secs(20))
            .redirect(redirect::Policy::none());
        if base_url.starts_with("http://") {
            // Plain addresses are stand-ins on this machine; a proxy of the environment would not find them.
            builder = builder.no_proxy();
        }
        Self(Arc::new(Inner {
            base_url: base_url.trim_end_matches('/').to_owned(),
            http: builder.build().expect("a TLS provider is installed at start"),
            tokens: Tokens::default(),
            at_once: Semaphore::new(AT_ONCE),
        }))
    }

    /// Puts a prompt on a phone. There is no idempotency: every call that is taken rings the phone.
    pub async fn push(&self, credentials: &Credentials, request: PushRequest) -> Result<PushAccepted, PushRefused> {
        check(&request)?;
        let (transaction_type, party_b) = match credentials.kind {
            AccountKind::Paybill => ("CustomerPayBillOnline", credentials.short_code.as_str()),
            AccountKind::Till => match credentials.till_number.as_deref() {
                Some(till) if !till.is_empty() => ("CustomerBuyGoodsOnline", till),
                _ => return Err(PushRefused::BadSettings("the till number is missing".to_owned())),
            },
        };
        let timestamp = wire::timestamp(request.now);
        let description: String = request.description.chars().take(13).collect();
        let body = StkPush {
            business_short_code: &credentials.short_code,
            password: &password(credentials, &timestamp),
            timestamp: &timestamp,
            transaction_type,
            amount: request.amount_cents / 100,
            party_a: &request.phone_msisdn,
            party_b,
            phone_number: &request.phone_msisdn,
            callback_url: &request.callback_url,
            account_reference: &request.account_reference,
            transaction_desc: &description,
        };
        let reply = self.call(credentials, "/mpesa/stkpush/v1/processrequest", &body).await.map_err(|no| match no {
            NoToken::NotReached(reason) => PushRefused::NotSent(reason),
            NoToken::Refused(reason) => PushRefused::BadSettings(reason),
        })?;
        match reply {
            Reply::NeverSent => Err(PushRefused::NotSent("no connection".to_owned())),
            Reply::Lost | Reply::Read { answer: None, .. } => Err(PushRefused::Unknown),
            Reply::Read { status, answer: Some(answer) } => read_push(status, answer),
        }
    }

    /// Asks where a prompt stands.
    pub async fn query(
        &self,
        credentials: &Credentials,
        checkout_request_id: &str,
        now: DateTime<Utc>,
    ) -> Result<QueryAnswer, QueryFailed> {
        let timestamp = wire::timestamp(now);
        let body = StkQuery {
            business_short_code: &credentials.short_code,
            password: &password(credentials, &timestamp),
            timestamp: &timestamp,
            checkout_request_id,
        };
        let reply = self.call(credentials, "/mpesa/stkpushquery/v1/query", &body).await.map_err(|no| match no {
            NoToken::NotReached(reason) => QueryFailed::NotReached(reason),
            NoToken::Refused(reason) => QueryFailed::BadSettings(reason),
        })?;
        match reply {
            Reply::NeverSent => Err(QueryFailed::NotReached("no connection".to_owned())),
            Reply::Lost => Err(QueryFailed::NotReached("the answer was lost".to_owned())),
            Reply::Read { answer: None, .. } => Err(QueryFailed::NotReached("the answer was unreadable".to_owned())),
            Reply::Read { status, answer: Some(answer) } => read_query(status, answer, checkout_request_id),
        }
    }

    /// One call with a token; when the gateway refuses the token, one more with a new one.
    /// That repeat is safe, because the gateway refuses before it processes.
    async fn call(&self, credentials: &Credentials, path: &str, body: &impl Serialize) -> Result<Reply, NoToken> {
        let Ok(_permit) = self.0.at_once.acquire().await else {
            return Err(NoToken::NotReached("the client is closed".to_owned()));
        };
        for _ in 0..2 {
            let token = self.token(credentials).await?;
            let url = format!("{}{path}", self.0.base_url);
            let reply = exchange(self.0.http.post(url).bearer_auth(&token).json(body)).await;
            if !refuses_token(&reply) {
                return Ok(reply);
            }
            self.0.tokens.forget(&credentials.consumer_key, &token).await;
        }
        Err(NoToken::NotReached("the provider refused its own access token twice".to_owned()))
    }

    async fn token(&self, credentials: &Credentials) -> Result<String, NoToken> {
        let (key, secret) = (&credentials.consumer_key, &credentials.consumer_secret);
        let fetch = async || {
            let url = format!("{}/oauth/v1/generate", self.0.base_url);
            let request = self.0.http.get(url).query(&[("grant_type", "client_credentials")]);
            let sent = request.basic_auth(key, Some(secret)).send().await;
            let Ok(response) = sent else {
                return Err(NoToken::NotReached("no answer to the question for an access token".to_owned()));
            };
            let status = response.status();
            let body = read_limited(response).await.unwrap_or_default();
            match serde_json::from_slice::<TokenAnswer>(&body) {
                Ok(answer) if status.is_success() && !answer.access_token.is_empty() => {
                    let life = answer.expires_in.and_then(|text| text.parse().ok()).unwrap_or(USUAL_LIFE);
                    Ok((answer.access_token, life))
                }
                // The provider answers wrong keys with 400 and often with nothing else.
                _ if matches!(status.as_u16(), 400 | 401 | 403) => {
                    Err(NoToken::Refused("the consumer key or secret is not accepted".to_owned()))
                }
                _ => Err(NoToken::NotReached(format!("no access token, status {}", status.as_u16()))),
            }
        };
        self.0.tokens.get(key, secret, fetch).await
    }
}

fn check(request: &PushRequest) -> Result<(), PushRefused> {
    let reason = if request.amount_cents % 100 != 0 {
        "M-Pesa moves whole shillings only"
    } else if !(100..=25_000_000).contains(&request.amount_cents) {
        "M-Pesa moves 1 to 250,000 shillings at a time"
    } else if !is_msisdn(&request.phone_msisdn) {
        "the phone number is no Kenyan mobile number"
    } else if !(1..=12).contains(&request.account_reference.chars().count()) {
        "the account reference has 1 to 12 characters"
    } else {
        return Ok(());
    };
    Err(PushRefused::BadRequest(reason.to_owned()))
}

fn is_msisdn(phone: &str) -> bool {
    phone.len() == 12
        && (phone.starts_with("2547") || phone.starts_with("2541"))
        && phone.bytes().all(|b| b.is_ascii_digit())
}

fn password(credentials: &Credentials, timestamp: &str) -> String {
    STANDARD.encode(format!("{}{}{timestamp}", credentials.short_code, credentials.passkey))
}

async fn exchange(request: RequestBuilder) -> Reply {
    match request.send().await {
        Err(error) if error.is_connect() || error.is_builder() => Reply::NeverSent,
        Err(_) => Reply::Lost,
        Ok(response) => {
            let status = response.status();
            match read_limited(response).await {
                None => Reply::Lost,
                Some(body) => Reply::Read { status, answer: serde_json::from_slice(&body).ok() },
            }
        }
    }
}

/// The body; `None` when it breaks off or is longer than any answer of the provider.
async fn read_limited(mut response: reqwest::Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > wire::BODY_LIMIT {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

fn refuses_token(reply: &Reply) -> bool {
    let Reply::Read { answer: Some(answer), .. } = reply else { return false };
    matches!(answer.error_code.as_deref(), Some("404.001.03" | "400.003.01" | "401.002.01"))
}
