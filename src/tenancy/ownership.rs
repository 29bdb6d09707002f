//! Looks whether a domain shows the proof it was asked to: a TXT record, or a file over HTTP.

use crate::kernel::outgoing::read_limited;
use hickory_resolver::{
    TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolverConfig},
    net::runtime::TokioRuntimeProvider,
    proto::rr::RData,
};
use reqwest::redirect;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

/// In front of the domain, so that the record is beside nothing else.
pub const RECORD: &str = "_duka";
/// Where the file lies, for whoever cannot write records.
pub const FILE: &str = "/.well-known/duka-proof.txt";
/// For one look altogether.
const PATIENCE: Duration = Duration::from_secs(10);
/// More than any proof has.
const MOST_BYTES: usize = 4096;

/// Asks the outside world about domains. A clone shares the setting.
#[derive(Clone, Debug, Default)]
pub struct Lookout {
    server: Option<SocketAddr>,
    /// Where files are asked for instead of the domain's own addresses; for tests, where no domain leads anywhere.
    web: Option<SocketAddr>,
}

impl Lookout {
    /// Asks this name server; none is the system's own.
    pub const fn asking(server: Option<SocketAddr>) -> Self {
        Self { server, web: None }
    }

    /// The same, and every domain's files are asked for here.
    #[cfg(feature = "testing")]
    #[must_use]
    pub const fn with_web(mut self, web: SocketAddr) -> Self {
        self.web = Some(web);
        self
    }

    /// Whether the domain shows `proof` now. A domain that cannot be asked shows nothing.
    pub async fn sees(&self, domain: &str, proof: &str) -> bool {
        let looking = async { self.sees_record(domain, proof).await || self.sees_file(domain, proof).await };
        tokio::time::timeout(PATIENCE, looking).await.unwrap_or(false)
    }

    pub(crate) fn resolver(&self) -> Option<TokioResolver> {
        let mut builder = match self.server {
            None => TokioResolver::builder_tokio().ok()?,
            Some(server) => {
                let mut connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
                for connection in &mut connections {
                    connection.port = server.port();
                }
                let server = NameServerConfig::new(server.ip(), true, connections.into());
                let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
        };
        let options = builder.options_mut();
        options.timeout = Duration::from_secs(3);
        options.attempts = 1;
        // What was not there a moment ago may be there now.
        options.cache_size = 0;
        builder.build().ok()
    }

    async fn sees_record(&self, domain: &str, proof: &str) -> bool {
        let Some(resolver) = self.resolver() else { return false };
        // The dot at the end: this name, and none in the house's own domain.
        let Ok(found) = resolver.txt_lookup(format!("{RECORD}.{domain}.")).await else { return false };
        found.answers().iter().any(|record| match &record.data {
            RData::TXT(text) => text.txt_data.concat().trim_ascii() == proof.as_bytes(),
            _ => false,
        })
    }

    async fn sees_file(&self, domain: &str, proof: &str) -> bool {
        for scheme in ["https", "http"] {
            let Some(address) = self.address_of(domain, scheme).await else { return false };
            if let Some(text) = fetch(domain, scheme, address).await
                && text.trim_ascii() == proof.as_bytes()
            {
                return true;
            }
        }
        false
    }

    /// An address of the domain that is on the public internet; none when there is none, or when any is not.
    async fn address_of(&self, domain: &str, scheme: &str) -> Option<SocketAddr> {
        if let Some(web) = self.web {
            return Some(web);
        }
        let found = self.resolver()?.lookup_ip(format!("{domain}.")).await.ok()?;
        let addresses: Vec<IpAddr> = found.iter().collect();
        // One private address among public ones is a trick: which one is connected to would be luck.
        if !addresses.iter().copied().all(is_public) {
            return None;
        }
        let port = if scheme == "https" { 443 } else { 80 };
        addresses.first().map(|address| SocketAddr::new(*address, port))
    }
}

/// The file's first bytes, from exactly this address; nothing is followed.
#[expect(clippy::disallowed_methods, reason = "one client per look, bound to the one address that was found public")]
async fn fetch(domain: &str, scheme: &str, address: SocketAddr) -> Option<Vec<u8>> {
    let client = reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .timeout(Duration::from_secs(5))
        .resolve(domain, address)
        .build()
        .ok()?;
    let port = if matches!(address.port(), 80 | 443) { String::new() } else { format!(":{}", address.port()) };
    let answer = client.get(format!("{scheme}://{domain}{port}{FILE}")).send().await.ok()?;
    if !answer.status().is_success() {
        return None;
    }
    read_limited(answer, MOST_BYTES).await
}

/// Not ours, not the house's, not the machine's: an address that anybody on the internet may ask.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // Only what is given out to the public; tunnels that carry an older address inside are left out.
    let [first, second, ..] = address.segments();
    (0x2000..0x4000).contains(&first) && first != 0x2002 && !(first == 0x2001 && (second == 0 || second == 0x0db8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_asked() {
        for public in ["41.89.1.1", "8.8.8.8", "2a00:1450:4009::1"] {
            assert!(is_public(public.parse().expect("an address")), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:127.0.0.1",
            "2002:7f00:1::",
            "2001:0:1::",
            "64:ff9b::7f00:1",
        ] {
            assert!(!is_public(private.parse().expect("an address")), "{private}");
        }
    }
}
