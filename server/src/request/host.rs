//! Whose address was asked for: the connection's own Host header decides, and nothing else.

use crate::config::PlatformUrl;
use duka::{
    ctx::Platform,
    db::directory::ShopHost,
    error::AppError,
    kernel::id::{StoreId, TenantId},
    tenancy::standing::{self, Standings, TenantStatus},
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
    /// Whether its pages are offered in Swahili too.
    pub offers_swahili: bool,
}

/// Whether shoppers may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// Not open yet, or closed for now; the team may look.
    Closed,
    /// The merchant is suspended.
    Suspended,
}

/// Where a request belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Platform,
    Shop(Shop, Standing),
    /// A shop that lives at another address now: that address without a slash at the end.
    Moved(Shop, Standing, Arc<str>),
    Nowhere,
}

/// Where a host led when it was last asked.
#[derive(Clone, Debug)]
struct Lead {
    tenant: TenantId,
    store: StoreId,
    /// As in [`Shop`].
    origin: Arc<str>,
}

/// Remembers hosts for a moment, known and unknown ones.
#[derive(Clone, Debug)]
pub struct Hosts {
    platform: Arc<Platform>,
    base: PlatformUrl,
    fresh: Cache<ShopHost, Option<Lead>>,
    /// Known ones only, for when the database is away.
    last: Cache<ShopHost, Lead>,
    /// How merchants stand; asked for with the host, forgotten when they write.
    standings: Cache<TenantId, Arc<Standings>>,
    last_standings: Cache<TenantId, Arc<Standings>>,
}

impl Hosts {
    pub fn new(platform: Arc<Platform>, base: PlatformUrl) -> Self {
        Self {
            platform,
            base,
            fresh: Cache::builder().max_capacity(MOST).time_to_live(BELIEVED).build(),
            last: Cache::builder().max_capacity(MOST).time_to_live(BELIEVED_WITHOUT_DATABASE).build(),
            standings: Cache::builder().max_capacity(MOST).time_to_live(BELIEVED).build(),
            last_standings: Cache::builder().max_capacity(MOST).time_to_live(BELIEVED_WITHOUT_DATABASE).build(),
        }
    }

    /// The merchant has changed something: how they stand is asked for again.
    pub fn forget(&self, tenant: TenantId) {
        self.standings.invalidate(&tenant);
    }

    /// A host leads somewhere else from now on.
    pub fn forget_host(&self, host: &ShopHost) {
        self.fresh.invalidate(host);
        self.last.invalidate(host);
    }

    /// Scheme, host and port of a shop's address.
    pub fn origin_of(&self, host: &ShopHost) -> String {
        match host {
            ShopHost::Subdomain(label) => self.base.origin_of(&format!("{label}.{}", self.base.host)),
            ShopHost::Domain(name) => self.base.origin_of(name),
        }
    }

    /// Where a store's own addresses begin; none for a store that is found by its slug alone.
    pub async fn home_of(&self, tenant: TenantId, store: StoreId) -> Result<Option<String>, AppError> {
        let standings = self.standings_of(tenant).await?;
        let primary = standings.of(store).and_then(|standing| standing.primary.as_ref());
        Ok(primary.map(|host| self.origin_of(host)))
    }

    /// Where a host leads, as far as that is remembered; none when the database has to be asked.
    pub fn remembered(&self, host: &str) -> Option<Place> {
        let asked = match self.name(host) {
            Ok(asked) => asked,
            Err(place) => return Some(place),
        };
        let Some(lead) = self.fresh.get(&asked)? else { return Some(Place::Nowhere) };
        let standings = self.standings.get(&lead.tenant)?;
        Some(self.place(&asked, lead, &standings))
    }

    /// Where a host leads. An error when nobody can tell now.
    pub async fn find(&self, host: &str) -> Result<Place, AppError> {
        let asked = match self.name(host) {
            Ok(asked) => asked,
            Err(place) => return Ok(place),
        };
        let found = match self.fresh.get(&asked) {
            Some(found) => found,
            None => self.ask(asked.clone()).await?,
        };
        let Some(lead) = found else { return Ok(Place::Nowhere) };
        let standings = self.standings_of(lead.tenant).await?;
        Ok(self.place(&asked, lead, &standings))
    }

    /// What is asked for under this name; or the place, where the name alone says it.
    fn name(&self, host: &str) -> Result<ShopHost, Place> {
        if host == self.base.host {
            return Err(Place::Platform);
        }
        match host.strip_suffix(&self.base.host).and_then(|label| label.strip_suffix('.')) {
            Some(label) if label.contains('.') => Err(Place::Nowhere),
            Some(label) => Ok(ShopHost::Subdomain(label.to_owned())),
            None => Ok(ShopHost::Domain(host.to_owned())),
        }
    }

    fn place(&self, asked: &ShopHost, lead: Lead, standings: &Standings) -> Place {
        let Lead { tenant, store, origin } = lead;
        let Some(standing) = standings.of(store) else { return Place::Nowhere };
        let is_open = match standings.status {
            TenantStatus::Closed => return Place::Nowhere,
            TenantStatus::Suspended => Standing::Suspended,
            TenantStatus::Active if standing.is_live => Standing::Open,
            TenantStatus::Active => Standing::Closed,
        };
        let shop = Shop { tenant, store, origin, offers_swahili: standing.offers_swahili };
        match &standing.primary {
            // A domain serves by itself until one is chosen: whoever pointed it here wants to see it work.
            Some(ShopHost::Subdomain(_)) if matches!(asked, ShopHost::Domain(_)) => Place::Shop(shop, is_open),
            Some(primary) if primary != asked => Place::Moved(shop, is_open, self.origin_of(primary).into()),
            _ => Place::Shop(shop, is_open),
        }
    }

    async fn standings_of(&self, tenant: TenantId) -> Result<Arc<Standings>, AppError> {
        if let Some(known) = self.standings.get(&tenant) {
            return Ok(known);
        }
        let answer = tokio::time::timeout(PATIENCE, standing::load(&self.platform, tenant)).await;
        let fault = match answer {
            Ok(Ok(found)) => {
                let found = Arc::new(found);
                self.standings.insert(tenant, found.clone());
                self.last_standings.insert(tenant, found.clone());
                return Ok(found);
            }
            Ok(Err(fault)) => fault,
            Err(_) => AppError::TryAgain { retry_after_seconds: 2 },
        };
        let AppError::TryAgain { .. } = fault else { return Err(fault) };
        let found = self.last_standings.get(&tenant).ok_or(fault)?;
        self.standings.insert(tenant, found.clone());
        Ok(found)
    }

    async fn ask(&self, asked: ShopHost) -> Result<Option<Lead>, AppError> {
        let answer = tokio::time::timeout(PATIENCE, self.platform.db.find_shop(&asked)).await;
        let fault = match answer {
            Ok(Ok(found)) => {
                let found = found.map(|(tenant, store)| Lead { tenant, store, origin: self.origin_of(&asked).into() });
                self.fresh.insert(asked.clone(), found.clone());
                if let Some(found) = found.clone() {
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
        self.fresh.insert(asked, Some(found.clone()));
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
