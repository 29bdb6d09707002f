//! Clients of providers: a wait that ends, nothing followed, no proxy before a stand-in, an answer of a bounded length.

use reqwest::{Client, Response, redirect};
use std::time::Duration;

/// A connection that nobody uses is let go before the other side does it in the middle of a call.
const IDLE: Duration = Duration::from_secs(20);

/// How long a provider is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    pub to_connect: Duration,
    /// For all of an answer, connecting included.
    pub in_all: Duration,
}

/// A client of one provider's address.
///
/// # Panics
/// When the process has installed no TLS provider, or this machine has no root certificates.
#[expect(clippy::disallowed_methods, reason = "the one place where providers' clients are made, with their time-outs")]
pub fn client(base_url: &str, waits: Waits) -> Client {
    let mut builder = Client::builder()
        .connect_timeout(waits.to_connect)
        .timeout(waits.in_all)
        .pool_idle_timeout(IDLE)
        .redirect(redirect::Policy::none());
    if base_url.starts_with("http://") {
        // Plain addresses are stand-ins on this machine; a proxy of the environment would not find them.
        builder = builder.no_proxy();
    }
    builder.build().expect("a TLS provider is installed at start")
}

/// The body of an answer; none when it breaks off or is longer than `most` bytes.
pub async fn read_limited(mut answer: Response, most: usize) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.ok()? {
        if body.len() + part.len() > most {
            return None;
        }
        body.extend_from_slice(&part);
    }
    Some(body)
}
