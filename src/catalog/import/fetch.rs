//! Fetches a picture from an address that a stranger wrote: from the public internet and from nowhere else.
//!
//! The name is resolved here, every address of it is looked at, and the connection goes to the one that was looked at;
//! nothing is followed, and what comes is bounded in time and size.

use crate::tenancy::ownership::{Lookout, is_public};
use reqwest::{Url, redirect};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    fmt,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;

const MOST_BYTES: usize = 8 * 1024 * 1024;
/// For one picture altogether.
const PATIENCE: Duration = Duration::from_secs(15);
/// At once.
const AT_ONCE: usize = 4;
const LONGEST_ADDRESS: usize = 2_000;

/// Why a picture was not fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FetchProblem {
    #[error("this is no address of a picture on the internet")]
    NoAddress,
    #[error("its host is not on the public internet")]
    NotPublic,
    #[error("its host is not known")]
    UnknownHost,
    #[error("its host did not answer for a picture before and was not asked again")]
    GivenUp,
    #[error("its host did not answer in 15 seconds")]
    TooSlow,
    #[error("its host could not be reached")]
    Unreachable,
    #[error("it leads to another address, which is not followed")]
    Moved,
    #[error("its host answered {0}")]
    Refused(u16),
    #[error("it is larger than 8 MiB")]
    TooLarge,
}

impl FetchProblem {
    /// Is there no point in asking the same host again?
    const fn is_of_host(&self) -> bool {
        matches!(self, Self::NotPublic | Self::UnknownHost | Self::TooSlow | Self::Unreachable)
    }
}

/// Knows how to fetch. A clone shares what it has learnt of hosts.
#[derive(Clone)]
pub struct Fetcher {
    lookout: Lookout,
    turns: Arc<Semaphore>,
    silent: Arc<Mutex<HashSet<String>>>,
    patience: Duration,
    /// Only tests have pictures on their own machine.
    trusts_loopback: bool,
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fetcher")
    }
}

impl Fetcher {
    /// Asks the name server that the lookout asks.
    pub fn new(lookout: Lookout) -> Self {
        Self {
            lookout,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            silent: Arc::default(),
            patience: PATIENCE,
            trusts_loopback: false,
        }
    }

    /// The same, and this machine counts as the internet.
    #[cfg(feature = "testing")]
    #[must_use]
    pub const fn trusting_loopback(mut self) -> Self {
        self.trusts_loopback = true;
        self
    }

    /// The same, and this is how long it waits.
    #[cfg(feature = "testing")]
    #[must_use]
    pub const fn waiting(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The same for another file: hosts are asked again.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self { silent: Arc::default(), turns: Arc::new(Semaphore::new(AT_ONCE)), ..self.clone() }
    }

    /// The bytes behind an address; whether they are a picture is told by decoding them.
    pub async fn fetch(&self, address: &str) -> Result<Vec<u8>, FetchProblem> {
        let url = read(address, self.trusts_loopback)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let _turn = self.turns.acquire().await.map_err(|_| FetchProblem::Unreachable)?;
        if self.silent.lock().unwrap_or_else(PoisonError::into_inner).contains(&host) {
            return Err(FetchProblem::GivenUp);
        }
        let fetched =
            tokio::time::timeout(self.patience, self.ask(&url, &host)).await.unwrap_or(Err(FetchProblem::TooSlow));
        if fetched.as_ref().is_err_and(FetchProblem::is_of_host) {
            self.silent.lock().unwrap_or_else(PoisonError::into_inner).insert(host);
        }
        fetched
    }

    async fn ask(&self, url: &Url, host: &str) -> Result<Vec<u8>, FetchProblem> {
        let at = self.resolve(url, host).await?;
        let unreachable = |_| FetchProblem::Unreachable;
        let client = client(host, at).map_err(unreachable)?;
        let mut answer = client.get(url.clone()).send().await.map_err(unreachable)?;
        let status = answer.status();
        if status.is_redirection() {
            return Err(FetchProblem::Moved);
        }
        if !status.is_success() {
            return Err(FetchProblem::Refused(status.as_u16()));
        }
        if answer.content_length().is_some_and(|length| length > MOST_BYTES as u64) {
            return Err(FetchProblem::TooLarge);
        }
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(unreachable)? {
            if bytes.len() + part.len() > MOST_BYTES {
                return Err(FetchProblem::TooLarge);
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes)
    }

    /// The address to connect to. One that is not public among several is a trick: which one is connected to would be
    /// luck.
    async fn resolve(&self, url: &Url, host: &str) -> Result<SocketAddr, FetchProblem> {
        let port = url.port_or_known_default().ok_or(FetchProblem::NoAddress)?;
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let addresses: Vec<IpAddr> = match bare.parse::<IpAddr>() {
            Ok(address) => vec![address],
            Err(_) => {
                let resolver = self.lookout.resolver().ok_or(FetchProblem::UnknownHost)?;
                // The dot at the end: this name, and none in the house's own domain.
                let name = format!("{}.", bare.trim_end_matches('.'));
                let found = resolver.lookup_ip(name).await.map_err(|_| FetchProblem::UnknownHost)?;
                found.iter().collect()
            }
        };
        let may_ask = |address: &IpAddr| is_public(*address) || (self.trusts_loopback && address.is_loopback());
        match addresses.first() {
            None => Err(FetchProblem::UnknownHost),
            Some(first) if addresses.iter().all(may_ask) => Ok(SocketAddr::new(*first, port)),
            Some(_) => Err(FetchProblem::NotPublic),
        }
    }
}

fn read(address: &str, any_port: bool) -> Result<Url, FetchProblem> {
    if address.len() > LONGEST_ADDRESS {
        return Err(FetchProblem::NoAddress);
    }
    let whole = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
    let url = Url::parse(&whole).map_err(|_| FetchProblem::NoAddress)?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let has_name = !url.username().is_empty() || url.password().is_some();
    // Another port is another service, and pictures of shops are on none.
    let is_usual = any_port || url.port().is_none();
    if is_web && !has_name && is_usual && url.has_host() { Ok(url) } else { Err(FetchProblem::NoAddress) }
}

#[expect(clippy::disallowed_methods, reason = "one client per picture, bound to the one address that was looked at")]
fn client(host: &str, at: SocketAddr) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .resolve(host, at)
        .user_agent("Duka")
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_of_the_web_are_read() {
        let fetch = |address| read(address, false).map(|url| url.to_string());
        assert_eq!(fetch("https://cdn.example/a.jpg?x=1"), Ok("https://cdn.example/a.jpg?x=1".into()));
        assert_eq!(fetch("//cdn.example/a.jpg"), Ok("https://cdn.example/a.jpg".into()));
        for address in [
            "ftp://cdn.example/a.jpg",
            "file:///etc/passwd",
            "https://me:secret@cdn.example/a.jpg",
            "http://cdn.example:5432/",
            "gopher://cdn.example",
            "https://",
            "data:image/png;base64,AA",
        ] {
            assert_eq!(fetch(address), Err(FetchProblem::NoAddress), "{address}");
        }
    }
}
