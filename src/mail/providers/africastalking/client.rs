//! The client: one form to one address, with time-outs, a bounded answer and a fuse.

use super::wire::{BODY_LIMIT, NotTaken, Taken, read};
use crate::kernel::{
    breaker::Breaker,
    outgoing::{self, Waits, read_limited},
    phone::Phone,
};
use reqwest::Url;
use std::{fmt, sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::Instant};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(15);
/// Calls of one process at the same time: fewer than the worker has hands, since payments must not wait for texts.
const AT_ONCE: usize = 3;

/// One merchant's account. Its `Debug` shows nothing of the key.
#[derive(Clone)]
pub struct SmsCredentials {
    pub username: String,
    pub api_key: String,
    pub sender_id: Option<String>,
}

impl fmt::Debug for SmsCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmsCredentials(•••)")
    }
}

/// A client of one address for all merchants; a clone shares connections and limits.
#[derive(Clone)]
pub struct AfricasTalking(Arc<Inner>);

struct Inner {
    base_url: String,
    http: reqwest::Client,
    at_once: Semaphore,
    breaker: Breaker,
}

impl fmt::Debug for AfricasTalking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AfricasTalking").field(&self.0.base_url).finish()
    }
}

impl AfricasTalking {
    /// `base_url` is `https://api.africastalking.com`, or wherever the same addresses are found.
    ///
    /// # Panics
    /// When the process has installed no TLS provider, or this machine has no root certificates.
    pub fn new(base_url: &str) -> Self {
        let waits = Waits { to_connect: CONNECT_TIMEOUT, in_all: TOTAL_TIMEOUT };
        Self(Arc::new(Inner {
            base_url: base_url.trim_end_matches('/').to_owned(),
            http: outgoing::client(base_url, waits),
            at_once: Semaphore::new(AT_ONCE),
            breaker: Breaker::default(),
        }))
    }

    /// Gives one message to the provider. There is no key by which a repeat would be known: who asks claims first.
    pub async fn send(&self, account: &SmsCredentials, to: &Phone, text: &str) -> Result<Taken, NotTaken> {
        let _place = self.0.at_once.try_acquire().map_err(|_| NotTaken::Later("enough are on their way"))?;
        if !self.0.breaker.lets_through(Instant::now()) {
            return Err(NotTaken::Later("the provider is left in peace for a while"));
        }
        let (is_well, answer) = self.call(account, to, text).await;
        self.0.breaker.note(is_well, Instant::now());
        answer
    }

    /// The answer, and whether the line is well: what one merchant is refused for must not silence the others.
    async fn call(&self, account: &SmsCredentials, to: &Phone, text: &str) -> (bool, Result<Taken, NotTaken>) {
        let mut form = vec![
            ("username", account.username.as_str()),
            ("to", to.as_str()),
            ("message", text),
            ("bulkSMSMode", "1"),
            ("enqueue", "1"),
        ];
        if let Some(sender) = &account.sender_id {
            form.push(("from", sender));
        }
        // A form is written as the query of an address is.
        let Ok(form) = Url::parse_with_params("http://form", &form) else {
            return (true, Err(NotTaken::Later("a form that cannot be written")));
        };
        let call = self
            .0
            .http
            .post(format!("{}/version1/messaging", self.0.base_url))
            .header("apiKey", &account.api_key)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned());
        match call.send().await {
            Err(fault) if fault.is_connect() || fault.is_builder() => (false, Err(NotTaken::Later("no connection"))),
            Err(_) => (false, Err(NotTaken::Unknown)),
            Ok(answer) => {
                let status = answer.status();
                match read_limited(answer, BODY_LIMIT).await {
                    Some(body) => (!status.is_server_error(), read(status, &body)),
                    None => (false, Err(NotTaken::Unknown)),
                }
            }
        }
    }
}
