//! Whose address was asked for: the connection's own Host header decides, and nothing else.

use crate::config::PlatformUrl;
use duka::{
    ctx::Platform,
    db::directory::ShopHost,
    error::AppError,
    kernel::id::{StoreId, TenantId},
};
use http::{HeaderMap, Uri, header::HOST};
use moka::sync::Cache;
use std::{sync::Arc, time::Duration};

/// How long a host is believed to lead where it led; also that it leads nowhere.
const BELIEVED: Duration = Duration::from_secs(30);
/// For as long as the database is away.
const BELIEVED_WITHOUT_DATABASE: Duration = Duration::from_hours(1);
/// A database that takes longer for this is as good as away.
const PATIENCE: Duration = Duration::from_secs(2);
const MOST: u64 = 50_000;

/// A shop that a host leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    pub tenant: TenantId,
    pub store: StoreId,
    /// Scheme and host without a slash at the end.
    pub origin: Arc<str>,
}

/// Where a request belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Platform,
    Shop(Shop),
    Nowhere,
}

/// Remembers hosts for a moment, known and unknown ones.
#[derive(Clone, Debug)]
pub struct Hosts {
    platform: Arc<Platform>,
    base: PlatformUrl,
    fresh: Cache<ShopHost, Option<(TenantId, StoreId)>>,
    /// Known ones only, for when the database is away.
    last: Cache<ShopHost, (TenantId, StoreId)>,
}

impl Hosts {
    pub fn new(platform: Arc<Platform>, base: PlatformUrl) -> Self {
        Self {
            platform,
            base,
            fresh: Cache::builder().max_capacity(MOST).time_to_live(BELIEVED).build(),
            last: Cache::builder().max_capacity(MOST).time_to_live(BELIEVED_WITHOUT_DATABASE).build(),
        }
    }

    /// Where a host leads. An error when nobody can tell now.
    pub async fn find(&self, host: &str) -> Result<Place, AppError> {
        if host == self.base.host {
            return Ok(Place::Platform);
        }
        let asked = match host.strip_suffix(&self.base.host).and_then(|label| label.strip_suffix('.')) {
            Some(label) if label.contains('.') => return Ok(Place::Nowhere),
            Some(label) => ShopHost::Subdomain(label.to_owned()),
            None => ShopHost::Domain(host.to_owned()),
        };
        let found = match self.fresh.get(&asked) {
            Some(found) => found,
            None => self.ask(asked).await?,
        };
        Ok(found.map_or(Place::Nowhere, |(tenant, store)| {
            Place::Shop(Shop { tenant, store, origin: self.base.origin_of(host).into() })
        }))
    }

    async fn ask(&self, asked: ShopHost) -> Result<Option<(TenantId, StoreId)>, AppError> {
        let answer = tokio::time::timeout(PATIENCE, self.platform.db.find_shop(&asked)).await;
        let fault = match answer {
            Ok(Ok(found)) => {
                self.fresh.insert(asked.clone(), found);
                if let Some(found) = found {
                    self.last.insert(asked, found);
                }
                return Ok(found);
            }
            Ok(Err(fault)) => AppError::from(fault),
            Err(_) => AppError::TryAgain { retry_after_seconds: 2 },
        };
        let AppError::TryAgain { .. } = fault else { return Err(fault) };
        let found = self.last.get(&asked).ok_or(fault)?;
        // Not asked again for a while, so that nobody waits for a database that is away.
        self.fresh.insert(asked, Some(found));
        Ok(Some(found))
    }
}

/// The host that was asked for, in lower case without port; none when it is missing or none.
pub fn host_of(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let mut hosts = headers.get_all(HOST).iter();
    let named = match (hosts.next(), hosts.next()) {
        (Some(only), None) => only.to_str().ok()?,
        (None, _) => uri.authority()?.as_str(),
        (Some(_), Some(_)) => return None,
    };
    let host = match named.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        Some(_) => return None,
        None => named,
    };
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let is_host = !host.is_empty()
        && host.len() <= 253
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    is_host.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(host: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().expect("a header"));
        host_of(&headers, &Uri::from_static("/"))
    }

    #[test]
    fn only_the_name_counts() {
        assert_eq!(read("Mama-Njeri.localhost:3000").as_deref(), Some("mama-njeri.localhost"));
        assert_eq!(read("shop.example.").as_deref(), Some("shop.example"));
        for wrong in ["", ":80", "a b", "a/b", "user@a", "a:b", "[::1]:80"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn forwarded_headers_and_second_hosts_are_not_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-host", HeaderMapValue::from_static("mama-njeri.localhost"));
        assert_eq!(host_of(&headers, &Uri::from_static("/")), None);
        headers.append(HOST, HeaderMapValue::from_static("a.localhost"));
        headers.append(HOST, HeaderMapValue::from_static("b.localhost"));
        assert_eq!(host_of(&headers, &Uri::from_static("/")), None);
    }

    use http::HeaderValue as HeaderMapValue;
}
