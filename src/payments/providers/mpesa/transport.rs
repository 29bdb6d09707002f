//! How calls reach Daraja: one client for all merchants, access tokens, time-outs, limits, an even pace, fuses.

use super::{
    client::Credentials,
    credential::Certificate,
    pace::Pace,
    token::Tokens,
    wire::{self, Answer, TokenAnswer},
};
use crate::kernel::{
    breaker::Breakers,
    outgoing::{self, Waits, read_limited},
};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::{Serialize, de::IgnoredAny};
use std::{fmt, num::NonZeroU32, sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::Instant};

const PATIENCE: Waits = Waits { to_connect: Duration::from_secs(3), in_all: Duration::from_secs(15) };
/// Calls of one client at the same time; the provider throttles more than that.
const AT_ONCE: usize = 8;
/// When the token's answer does not say how long it lives, in seconds.
const USUAL_LIFE: u64 = 3599;
/// The longest answer that is read, in bytes: a page of a hundred pulled transactions.
const ANSWER_LIMIT: usize = 256 * 1024;

/// How the list of received money is asked for; the provider's own text and its samples disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PullMethod {
    #[default]
    Post,
    Get,
}

impl PullMethod {
    /// `post` or `get`, as the setting has it.
    pub fn parse(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "post" => Some(Self::Post),
            "get" => Some(Self::Get),
            _ => None,
        }
    }
}

/// What an installation decides about the provider.
#[derive(Clone, Debug)]
pub struct DarajaSettings {
    /// `https://api.safaricom.co.ke`, or wherever the same addresses are found.
    pub base_url: String,
    /// For whom operators' passwords are encrypted; without it nothing is asked as an operator.
    pub certificate: Option<Certificate>,
    /// Calls a second with one merchant's keys; none for as many as come.
    pub per_second: Option<NonZeroU32>,
    pub pull_method: PullMethod,
    /// How long it is waited for.
    pub waits: Waits,
}

impl DarajaSettings {
    pub fn at(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            certificate: None,
            per_second: None,
            pull_method: PullMethod::Post,
            waits: PATIENCE,
        }
    }
}

/// A client of one Daraja address for all merchants; a clone shares tokens, connections and limits.
#[derive(Clone)]
pub struct Daraja(Arc<Inner>);

struct Inner {
    base_url: String,
    http: reqwest::Client,
    tokens: Tokens,
    at_once: Semaphore,
    pace: Option<Pace>,
    breakers: Breakers,
    certificate: Option<Certificate>,
    pull_method: PullMethod,
}

impl fmt::Debug for Daraja {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Daraja").field(&self.0.base_url).finish()
    }
}

/// What came back, as far as it came.
pub(super) enum Reply {
    Read {
        status: StatusCode,
        answer: Option<Box<Answer>>,
        body: Vec<u8>,
    },
    /// The connection was never made.
    NeverSent,
    /// Sent, but the answer was lost, late or too long.
    Lost,
}

/// Why there is no access token.
pub(super) enum NoToken {
    NotReached(String),
    Refused(String),
}

impl Daraja {
    /// A client of `base_url` that asks nothing as an operator and keeps no pace.
    ///
    /// # Panics
    /// When the process has installed no TLS provider, or this machine has no root certificates.
    pub fn new(base_url: &str) -> Self {
        Self::open(DarajaSettings::at(base_url))
    }

    /// # Panics
    /// When the process has installed no TLS provider, or this machine has no root certificates.
    pub fn open(settings: DarajaSettings) -> Self {
        let base_url = settings.base_url;
        Self(Arc::new(Inner {
            base_url: base_url.trim_end_matches('/').to_owned(),
            http: outgoing::client(&base_url, settings.waits),
            tokens: Tokens::default(),
            at_once: Semaphore::new(AT_ONCE),
            pace: settings.per_second.map(Pace::new),
            breakers: Breakers::default(),
            certificate: settings.certificate,
            pull_method: settings.pull_method,
        }))
    }

    pub(super) fn certificate(&self) -> Option<&Certificate> {
        self.0.certificate.as_ref()
    }

    pub(super) fn pull_method(&self) -> Method {
        match self.0.pull_method {
            PullMethod::Post => Method::POST,
            PullMethod::Get => Method::GET,
        }
    }

    pub(super) async fn post(
        &self,
        credentials: &Credentials,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Reply, NoToken> {
        self.call(Method::POST, credentials, path, body).await
    }

    /// One call in its turn; at once no call, while the provider is left in peace.
    pub(super) async fn call(
        &self,
        method: Method,
        credentials: &Credentials,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Reply, NoToken> {
        if let Some(pace) = &self.0.pace
            && !pace.wait(&credentials.consumer_key).await
        {
            return Err(NoToken::NotReached("too many calls with these keys are waiting".to_owned()));
        }
        let Ok(_permit) = self.0.at_once.acquire().await else {
            return Err(NoToken::NotReached("the client is closed".to_owned()));
        };
        // Asked when it is their turn: those who waited for it behind a provider that hangs wait no more.
        if !self.0.breakers.lets_through(&credentials.consumer_key, Instant::now()) {
            return Err(NoToken::NotReached("the provider is left in peace for a while".to_owned()));
        }
        let reply = self.exchange_with_token(method, credentials, path, body).await;
        self.0.breakers.note(&credentials.consumer_key, is_well(&reply), Instant::now());
        reply
    }

    /// One call with a token; when the gateway refuses the token, one more with a new one.
    /// That repeat is safe, because the gateway refuses before it processes.
    async fn exchange_with_token(
        &self,
        method: Method,
        credentials: &Credentials,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Reply, NoToken> {
        for _ in 0..2 {
            let token = self.token(credentials).await?;
            let url = format!("{}{path}", self.0.base_url);
            let reply = exchange(self.0.http.request(method.clone(), url).bearer_auth(&token).json(body)).await;
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
            let body = read_limited(response, wire::BODY_LIMIT).await.unwrap_or_default();
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

async fn exchange(request: RequestBuilder) -> Reply {
    match request.send().await {
        Err(error) if error.is_connect() || error.is_builder() => Reply::NeverSent,
        Err(_) => Reply::Lost,
        Ok(response) => {
            let status = response.status();
            match read_limited(response, ANSWER_LIMIT).await {
                None => Reply::Lost,
                Some(body) => Reply::Read { status, answer: serde_json::from_slice(&body).ok(), body },
            }
        }
    }
}

/// Whether the line is well: what one merchant is refused for says nothing of the provider.
fn is_well(reply: &Result<Reply, NoToken>) -> bool {
    match reply {
        // A list has a form of its own.
        Ok(Reply::Read { answer, body, .. }) => answer.is_some() || serde_json::from_slice::<IgnoredAny>(body).is_ok(),
        Ok(Reply::NeverSent | Reply::Lost) | Err(NoToken::NotReached(_)) => false,
        Err(NoToken::Refused(_)) => true,
    }
}

fn refuses_token(reply: &Reply) -> bool {
    let Reply::Read { answer: Some(answer), .. } = reply else { return false };
    matches!(answer.error_code.as_deref(), Some("404.001.03" | "400.003.01" | "401.002.01"))
}
