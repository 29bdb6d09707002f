//! The client: a page to pay on, where a payment stands, and a harmless question that proves a key.

use super::{
    answers::{AskFailed, HostedPage, PageRefused, Verified, is_passing, read_page, read_verify, reason, refuses_key},
    credentials::CardCredentials,
    exchange::{Reply, exchange},
    wire::Initialize,
};
use crate::kernel::{
    breaker::Breakers,
    money::Money,
    outgoing::{self, Waits},
};
use reqwest::{RequestBuilder, Url};
use serde_json::json;
use std::{fmt, sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::Instant};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// While a shopper waits for the answer, turn and call together.
const SHOPPERS_PATIENCE: Duration = Duration::from_millis(3_500);
/// When nobody waits.
pub(super) const USUAL_PATIENCE: Duration = Duration::from_secs(15);
/// Calls of one client at the same time.
const AT_ONCE: usize = 8;
const OWN_HOST: &str = "api.paystack.co";
/// Where the provider's own pages lie.
const OWN_PAGES: &str = "paystack.com";

/// What to ask for. Has no `Debug`: mail and addresses are nothing for logs.
pub struct PageRequest {
    /// Ours, unique in the provider's account: letters, digits, `-` `.` `=`.
    pub reference: String,
    pub amount: Money,
    pub email: String,
    /// Where the shopper comes back to, paid or not.
    pub return_address: String,
    pub order_number: i64,
}

/// A client of one address for all merchants; a clone shares connections and limits.
#[derive(Clone)]
pub struct Paystack(Arc<Inner>);

struct Inner {
    base_url: String,
    http: reqwest::Client,
    at_once: Semaphore,
    breakers: Breakers,
}

impl fmt::Debug for Paystack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Paystack").field(&self.0.base_url).finish()
    }
}

impl Paystack {
    /// `base_url` is `https://api.paystack.co`, or wherever the same addresses are found.
    ///
    /// # Panics
    /// When the process has installed no TLS provider, or this machine has no root certificates.
    pub fn new(base_url: &str) -> Self {
        let waits = Waits { to_connect: CONNECT_TIMEOUT, in_all: USUAL_PATIENCE };
        Self(Arc::new(Inner {
            base_url: base_url.trim_end_matches('/').to_owned(),
            http: outgoing::client(base_url, waits),
            at_once: Semaphore::new(AT_ONCE),
            breakers: Breakers::default(),
        }))
    }

    /// Where forms may lead to: what the browser is told of the provider's pages.
    pub fn pages_source(&self) -> String {
        pages_of(&self.0.base_url)
    }

    /// Asks for a page to pay on. A reference is taken once.
    pub async fn open_page(
        &self,
        credentials: &CardCredentials,
        request: PageRequest,
    ) -> Result<HostedPage, PageRefused> {
        let metadata = json!({
            "cancel_action": request.return_address,
            "order_number": request.order_number.to_string(),
        });
        let body = Initialize {
            email: &request.email,
            amount: &request.amount.minor().to_string(),
            currency: request.amount.currency().code(),
            reference: &request.reference,
            callback_url: &request.return_address,
            // M-Pesa has its own way in; on this page one pays by card.
            channels: ["card"],
            metadata: &metadata.to_string(),
        };
        let call = self.http().post(self.url("/transaction/initialize")).json(&body);
        let (status, answer) =
            self.call(call, credentials, SHOPPERS_PATIENCE).await.read().map_err(PageRefused::NotReached)?;
        read_page(status, answer, &request.reference, |address| is_page_of(&self.0.base_url, address))
    }

    /// Asks where a payment stands, while somebody waits.
    pub async fn verify(&self, credentials: &CardCredentials, reference: &str) -> Result<Verified, AskFailed> {
        let call = self.http().get(self.url(&format!("/transaction/verify/{reference}")));
        let (status, answer) =
            self.call(call, credentials, SHOPPERS_PATIENCE).await.read().map_err(AskFailed::NotReached)?;
        read_verify(status, answer, reference)
    }

    /// Asks something harmless, which only a key that is taken is answered.
    pub async fn prove(&self, credentials: &CardCredentials) -> Result<(), AskFailed> {
        let call = self.http().get(self.url("/transaction")).query(&[("perPage", "1")]);
        let (status, answer) =
            self.call(call, credentials, SHOPPERS_PATIENCE).await.read().map_err(AskFailed::NotReached)?;
        let unreadable = || AskFailed::NotReached("an answer that cannot be read".to_owned());
        let answer = answer.ok_or_else(unreadable)?;
        match (refuses_key(status, &answer), status.is_success() && answer.status) {
            (true, _) => Err(AskFailed::BadSettings(reason(status, &answer))),
            (false, true) if !is_passing(status) => Ok(()),
            _ => Err(AskFailed::NotReached(reason(status, &answer))),
        }
    }

    pub(super) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.base_url)
    }

    /// One call in its turn; the wait for the turn counts as much as the call. At once none, while the provider is left
    /// in peace.
    pub(super) async fn call(
        &self,
        request: RequestBuilder,
        credentials: &CardCredentials,
        patience: Duration,
    ) -> Reply {
        if !self.0.breakers.lets_through(&credentials.secret_key, Instant::now()) {
            tracing::debug!("the card provider is left in peace for a while");
            return Reply::NeverSent;
        }
        let whole = async {
            let Ok(_turn) = self.0.at_once.acquire().await else { return Reply::NeverSent };
            exchange(request, &credentials.secret_key, patience).await
        };
        let reply = tokio::time::timeout(patience, whole).await.unwrap_or(Reply::Lost);
        self.0.breakers.note(&credentials.secret_key, is_well(&reply), Instant::now());
        reply
    }
}

/// Whether the line is well: what one merchant is refused for says nothing of the provider.
fn is_well(reply: &Reply) -> bool {
    matches!(reply, Reply::Read { status, answer: Some(_) } if !status.is_server_error())
}

fn pages_of(base_url: &str) -> String {
    match Url::parse(base_url) {
        Ok(url) if url.host_str() == Some(OWN_HOST) => format!("https://*.{OWN_PAGES}"),
        Ok(url) => url.origin().ascii_serialization(),
        Err(_) => "'self'".to_owned(),
    }
}

/// Whether an address is a page of the provider: nobody is sent anywhere else, whatever an answer says.
fn is_page_of(base_url: &str, address: &str) -> bool {
    let (Ok(base), Ok(page)) = (Url::parse(base_url), Url::parse(address)) else { return false };
    if base.host_str() != Some(OWN_HOST) {
        return page.origin() == base.origin();
    }
    let is_below = |host: &str| host.strip_suffix(OWN_PAGES).is_some_and(|label| label.ends_with('.'));
    page.scheme() == "https" && page.port().is_none() && page.host_str().is_some_and(is_below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_a_page_that_is_not_the_providers() {
        let own = "https://api.paystack.co";
        assert!(is_page_of(own, "https://checkout.paystack.com/k2v9x0dfh3m7"));
        for wrong in [
            "http://checkout.paystack.com/k2",
            "https://checkout.paystack.com.evil.example/k2",
            "https://evilpaystack.com/k2",
            "https://paystack.com@evil.example/k2",
            "https://checkout.paystack.com:444/k2",
            "javascript:alert(1)",
            "/k2",
        ] {
            assert!(!is_page_of(own, wrong), "{wrong}");
        }
        assert_eq!(pages_of(own), "https://*.paystack.com");
        let sandbox = "http://127.0.0.1:3100/paystack";
        assert!(is_page_of(sandbox, "http://127.0.0.1:3100/paystack/checkout/abc"));
        assert!(!is_page_of(sandbox, "http://127.0.0.1:3000/orders"));
        assert_eq!(pages_of(sandbox), "http://127.0.0.1:3100");
    }
}
