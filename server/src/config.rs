//! The settings, read from the environment once and refused when they make no sense.

use crate::listen;
use anyhow::{Context as _, bail, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::TimeDelta;
use duka::{ctx::PromptPauses, payments::providers::mpesa::PullMethod};
use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
};

/// A quarter of all: phone companies let thousands of phones speak from one address.
const CONNECTIONS_PER_ADDRESS: usize = 1024;
/// Fewer, and a browser that opens six at once is in its own way.
const FEWEST_CONNECTIONS: usize = 16;
/// The provider publishes no limit; more than this has been throttled.
const MPESA_PER_SECOND: u32 = 5;
/// In seconds: a shopper who has to wait longer for a prompt goes away.
const LONGEST_PAUSE: u16 = 600;

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Config {
    pub is_production: bool,
    /// Where the program keeps what is its own.
    pub data_dir: PathBuf,
    pub database: Database,
    pub addr: SocketAddr,
    pub ops_addr: SocketAddr,
    pub sandbox_addr: SocketAddr,
    pub base: PlatformUrl,
    /// None: made once in the data folder.
    pub secret_key: Option<[u8; 32]>,
    /// The key that takes its place; known beside it while tenants' keys are wrapped again.
    pub secret_key_next: Option<[u8; 32]>,
    pub media_url: String,
    pub trusted_proxies: Vec<IpAddr>,
    /// Connections that one address may hold at once.
    pub connections_per_address: usize,
    pub mpesa_url: String,
    pub paystack_url: String,
    pub sms_url: String,
    pub pickup_mtaani_url: String,
    /// The provider's certificate, for which API operators' passwords are encrypted; none: nothing is asked as one.
    pub mpesa_certificate: Option<PathBuf>,
    /// Calls a second with one merchant's keys; none for as many as come.
    pub mpesa_per_second: Option<NonZeroU32>,
    /// Between two prompts to one phone; the demo has none.
    pub mpesa_pauses: PromptPauses,
    pub mpesa_pull: PullMethod,
    /// None: mails are written into the data folder.
    pub smtp_url: Option<String>,
    /// Whom mails come from.
    pub mail_from: String,
    /// The built site; none while nothing was built.
    pub site_dir: Option<PathBuf>,
}

/// Where the data lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A cluster of our own in the data folder.
    Embedded,
    Server(Urls),
}

/// The four logins; only the first is always needed.
#[derive(Clone, PartialEq, Eq)]
pub struct Urls {
    pub app: String,
    pub worker: Option<String>,
    pub owner: Option<String>,
    pub ops: Option<String>,
}

impl std::fmt::Debug for Urls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Urls(•••)")
    }
}

/// The platform's address; shops live on sub-domains of its host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformUrl {
    pub is_https: bool,
    /// Lower case, without port.
    pub host: String,
    pub port: Option<u16>,
}

impl PlatformUrl {
    /// `http` or `https`, a host, maybe a port; no path.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().trim_end_matches('/').split_once("://")?;
        let is_https = match scheme {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let (host, port) = match rest.split_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (rest, None),
        };
        let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
        is_host.then(|| Self { is_https, host: host.to_ascii_lowercase(), port })
    }

    pub const fn scheme(&self) -> &'static str {
        if self.is_https { "https" } else { "http" }
    }

    /// Scheme, `host` and our port.
    pub fn origin_of(&self, host: &str) -> String {
        match self.port {
            Some(port) => format!("{}://{host}:{port}", self.scheme()),
            None => format!("{}://{host}", self.scheme()),
        }
    }

    /// The platform's own origin.
    pub fn origin(&self) -> String {
        self.origin_of(&self.host)
    }
}

fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn per_second() -> anyhow::Result<Option<NonZeroU32>> {
    let text = setting("DUKA_MPESA_PER_SECOND").unwrap_or_else(|| MPESA_PER_SECOND.to_string());
    let calls = text.parse().with_context(|| format!("DUKA_MPESA_PER_SECOND is `{text}`, which is no whole number"))?;
    Ok(NonZeroU32::new(calls))
}

/// The pauses between two prompts to one phone: for another sum, and for the same.
fn pauses() -> anyhow::Result<PromptPauses> {
    let usual = PromptPauses::PROVIDER;
    Ok(PromptPauses {
        same_phone: pause("DUKA_MPESA_PAUSE", setting("DUKA_MPESA_PAUSE"), usual.same_phone)?,
        same_amount: pause("DUKA_MPESA_PAUSE_SAME_SUM", setting("DUKA_MPESA_PAUSE_SAME_SUM"), usual.same_amount)?,
    })
}

fn connections(set: Option<String>) -> anyhow::Result<usize> {
    let Some(text) = set else { return Ok(CONNECTIONS_PER_ADDRESS) };
    let (fewest, most) = (FEWEST_CONNECTIONS, listen::MOST);
    text.parse::<usize>().ok().filter(|number| (fewest..=most).contains(number)).with_context(|| {
        format!("DUKA_CONNECTIONS_PER_ADDRESS is `{text}`, which is no number from {fewest} to {most}")
    })
}

fn pause(name: &str, set: Option<String>, usual: TimeDelta) -> anyhow::Result<TimeDelta> {
    let Some(text) = set else { return Ok(usual) };
    let seconds = text.parse::<u16>().ok().filter(|seconds| *seconds <= LONGEST_PAUSE);
    seconds
        .map(|seconds| TimeDelta::seconds(i64::from(seconds)))
        .with_context(|| format!("{name} is `{text}`, which is no number of seconds from 0 to {LONGEST_PAUSE}"))
}

fn address(name: &str, usual: &str) -> anyhow::Result<SocketAddr> {
    let text = setting(name).unwrap_or_else(|| usual.to_owned());
    text.parse().with_context(|| format!("{name} is `{text}`, which is not an address and port such as {usual}"))
}

impl Config {
    /// An installation on this machine with nothing set and nobody around it, such as tests begin with.
    pub fn bare(data_dir: PathBuf) -> Self {
        let here = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
        Self {
            is_production: false,
            database: Database::Embedded,
            addr: here(0),
            ops_addr: here(0),
            sandbox_addr: here(9),
            base: PlatformUrl { is_https: false, host: "localhost".to_owned(), port: Some(3000) },
            secret_key: None,
            secret_key_next: None,
            media_url: format!("file://{}", data_dir.join("media").display()),
            trusted_proxies: Vec::new(),
            connections_per_address: CONNECTIONS_PER_ADDRESS,
            mpesa_url: "http://127.0.0.1:9".to_owned(),
            paystack_url: "http://127.0.0.1:9".to_owned(),
            sms_url: "http://127.0.0.1:9".to_owned(),
            pickup_mtaani_url: "http://127.0.0.1:9".to_owned(),
            mpesa_certificate: None,
            mpesa_per_second: None,
            mpesa_pauses: PromptPauses::PROVIDER,
            mpesa_pull: PullMethod::Post,
            smtp_url: None,
            mail_from: "Duka <no-reply@localhost>".to_owned(),
            site_dir: None,
            data_dir,
        }
    }

    /// The name server that is asked about merchants' domains; none is the system's own.
    pub fn dns_server() -> anyhow::Result<Option<SocketAddr>> {
        let text = setting("DUKA_DNS_SERVER");
        text.map(|text| {
            text.parse().with_context(|| {
                format!("DUKA_DNS_SERVER is `{text}`, which is not an address and port such as 9.9.9.9:53")
            })
        })
        .transpose()
    }

    /// Reads the environment.
    pub fn read() -> anyhow::Result<Self> {
        let is_production = match setting("DUKA_ENV").as_deref() {
            None | Some("development") => false,
            Some("production") => true,
            Some(other) => bail!("DUKA_ENV is `{other}`; it can be development or production"),
        };
        let data_dir = PathBuf::from(setting("DUKA_DATA_DIR").unwrap_or_else(|| ".duka".to_owned()));
        let base = setting("DUKA_BASE_URL").unwrap_or_else(|| "http://localhost:3000".to_owned());
        let base = PlatformUrl::parse(&base).with_context(|| {
            format!("DUKA_BASE_URL is `{base}`, which is not an address such as https://duka.example")
        })?;
        let database = match setting("DATABASE_URL") {
            None => Database::Embedded,
            Some(app) => Database::Server(Urls {
                app,
                worker: setting("DUKA_WORKER_DATABASE_URL"),
                owner: setting("DUKA_OWNER_DATABASE_URL"),
                ops: setting("DUKA_OPS_DATABASE_URL"),
            }),
        };
        let trusted_proxies = setting("DUKA_TRUSTED_PROXIES").unwrap_or_default();
        let config = Self {
            is_production,
            database,
            addr: address("DUKA_ADDR", "127.0.0.1:3000")?,
            ops_addr: address("DUKA_OPS_ADDR", "127.0.0.1:3001")?,
            sandbox_addr: address("DUKA_SANDBOX_ADDR", "127.0.0.1:3100")?,
            secret_key: setting("DUKA_SECRET_KEY").map(|text| secret_key("DUKA_SECRET_KEY", &text)).transpose()?,
            secret_key_next: setting("DUKA_SECRET_KEY_NEXT")
                .map(|text| secret_key("DUKA_SECRET_KEY_NEXT", &text))
                .transpose()?,
            media_url: setting("DUKA_MEDIA_URL")
                .unwrap_or_else(|| format!("file://{}", data_dir.join("media").display())),
            trusted_proxies: trusted_proxies
                .split([',', ' '])
                .filter(|text| !text.is_empty())
                .map(|text| {
                    text.parse().with_context(|| format!("DUKA_TRUSTED_PROXIES names `{text}`, which is no address"))
                })
                .collect::<anyhow::Result<_>>()?,
            connections_per_address: connections(setting("DUKA_CONNECTIONS_PER_ADDRESS"))?,
            smtp_url: setting("DUKA_SMTP_URL"),
            mail_from: setting("DUKA_MAIL_FROM").unwrap_or_else(|| format!("Duka <no-reply@{}>", base.host)),
            paystack_url: setting("DUKA_PAYSTACK_URL").unwrap_or_else(|| "https://api.paystack.co".to_owned()),
            sms_url: setting("DUKA_SMS_URL").unwrap_or_else(|| "https://api.africastalking.com".to_owned()),
            pickup_mtaani_url: setting("DUKA_PICKUP_MTAANI_URL")
                .unwrap_or_else(|| "https://api.pickupmtaani.com/api/v1".to_owned()),
            mpesa_url: setting("DUKA_MPESA_URL").unwrap_or_else(|| "https://api.safaricom.co.ke".to_owned()),
            mpesa_certificate: setting("DUKA_MPESA_CERTIFICATE").map(PathBuf::from),
            mpesa_per_second: per_second()?,
            mpesa_pauses: pauses()?,
            mpesa_pull: setting("DUKA_MPESA_PULL_METHOD").map_or(Ok(PullMethod::Post), |text| {
                PullMethod::parse(&text)
                    .with_context(|| format!("DUKA_MPESA_PULL_METHOD is `{text}`; it can be post or get"))
            })?,
            site_dir: setting("DUKA_SITE_DIR").map(PathBuf::from),
            base,
            data_dir,
        };
        config.expect_strong()?;
        Ok(config)
    }

    /// What may not be weak in production.
    fn expect_strong(&self) -> anyhow::Result<()> {
        if let Database::Server(_) = self.database {
            ensure!(
                self.secret_key.is_some(),
                "DUKA_SECRET_KEY is missing: set 32 random bytes in base64 (`openssl rand -base64 32`)"
            );
        }
        if self.is_production {
            ensure!(self.base.is_https, "DUKA_BASE_URL must be https:// in production");
            ensure!(self.secret_key.is_some(), "DUKA_SECRET_KEY must be set in production");
            let (set, least) = (self.mpesa_pauses, PromptPauses::PROVIDER);
            ensure!(
                set.same_phone >= least.same_phone && set.same_amount >= least.same_amount,
                "DUKA_MPESA_PAUSE is at least 60 and DUKA_MPESA_PAUSE_SAME_SUM at least 120 in production: M-Pesa refuses what comes sooner"
            );
        }
        Ok(())
    }
}

fn secret_key(name: &str, text: &str) -> anyhow::Result<[u8; 32]> {
    let bytes = BASE64_STANDARD.decode(text).with_context(|| format!("{name} is not base64"))?;
    let key: [u8; 32] = bytes.try_into().map_err(|_| anyhow::anyhow!("{name} is not 32 bytes in base64"))?;
    let mut seen = key;
    seen.sort_unstable();
    let different = seen.chunk_by(|a, b| a == b).count();
    // 32 random bytes have fewer than 16 different values about once in 10^13.
    ensure!(different >= 16, "{name} is too regular to be random: make one with `openssl rand -base64 32`");
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_scheme_host_and_maybe_a_port() {
        let base = PlatformUrl::parse("http://Localhost:3000/").expect("an address");
        assert_eq!((base.is_https, base.host.as_str(), base.port), (false, "localhost", Some(3000)));
        assert_eq!(base.origin_of("mama-njeri.localhost"), "http://mama-njeri.localhost:3000");
        assert_eq!(
            PlatformUrl::parse("https://duka.example").map(|base| base.origin()),
            Some("https://duka.example".into())
        );
        for wrong in ["localhost:3000", "ftp://a", "http://", "http://a/b", "http://a:b"] {
            assert_eq!(PlatformUrl::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_pause_is_a_number_of_seconds_and_in_production_no_shorter_than_the_provider_asks() {
        let read = |text: &str| pause("DUKA_MPESA_PAUSE", Some(text.to_owned()), TimeDelta::seconds(60)).ok();
        assert_eq!(pause("DUKA_MPESA_PAUSE", None, TimeDelta::seconds(60)).ok(), Some(TimeDelta::seconds(60)));
        assert_eq!((read("0"), read("90")), (Some(TimeDelta::zero()), Some(TimeDelta::seconds(90))));
        for wrong in ["-1", "601", "1.5", "a minute"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        let base = PlatformUrl::parse("https://duka.example").expect("an address");
        let bare = Config { base, secret_key: Some([7; 32]), ..Config::bare(PathBuf::from("unused")) };
        for is_production in [false, true] {
            for (mpesa_pauses, is_enough) in [(PromptPauses::PROVIDER, true), (PromptPauses::NONE, !is_production)] {
                let config = Config { is_production, mpesa_pauses, ..bare.clone() };
                assert_eq!(config.expect_strong().is_ok(), is_enough, "{is_production} {mpesa_pauses:?}");
            }
        }
    }

    #[test]
    fn an_address_has_a_share_of_connections_that_leaves_some_for_others() {
        let read = |text: &str| connections(Some(text.to_owned())).ok();
        assert_eq!(connections(None).ok(), Some(1024));
        assert_eq!((read("16"), read("4096")), (Some(16), Some(4096)));
        for wrong in ["0", "15", "4097", "-1", "many"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_key_that_somebody_typed_is_refused() {
        assert!(secret_key("DUKA_SECRET_KEY", &BASE64_STANDARD.encode([0u8; 32])).is_err());
        assert!(secret_key("DUKA_SECRET_KEY", "short").is_err());
        let random: [u8; 32] = std::array::from_fn(|at| u8::try_from(at * 7).unwrap_or(255));
        assert_eq!(secret_key("DUKA_SECRET_KEY", &BASE64_STANDARD.encode(random)).ok(), Some(random));
    }
}
