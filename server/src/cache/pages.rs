//! The page cache: one entry per page, fresh while its version is today's, and a last resort while the database is away.

use super::{
    stored::Stored,
    versions::{Version, Versions},
};
use chrono::{DateTime, Utc};
use duka::{
    analytics::event::Step,
    ctx::Ctx,
    error::AppError,
    kernel::{
        id::{StoreId, TenantId},
        locale::Locale,
    },
    pages::storefront::frame::Standing,
};
use moka::sync::Cache;
use std::{
    hash::{BuildHasher as _, RandomState},
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

/// Memory for pages, in bytes.
const ROOM: u64 = 96 * 1024 * 1024;
/// Holds run out and other processes sell, so even a page of today's version is drawn again after this.
const FRESH: Duration = Duration::from_mins(1);
/// How long a page may stand in while the database is away: whoever reads it now had it drawn within the last minute, or
/// it is asked for again, so that nearly the whole hour is left when the database goes.
const KEPT: Duration = Duration::from_hours(1);
/// Addresses of pages that are remembered, and how long one may be: what somebody makes up need not be.
const ADDRESSES: u64 = 50_000;
const LONGEST_ADDRESS: usize = 256;
/// Doors behind which one draws a page while others wait for it.
const DOORS: usize = 64;

/// Whose page it is. The tenant is part of it, and the query as far as the page reads it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub tenant: TenantId,
    pub store: StoreId,
    /// A shop may have several hosts, and its pages name theirs.
    pub origin: Arc<str>,
    pub locale: Locale,
    /// Without pictures until they are tapped.
    pub is_light: bool,
    /// With the allow-listed query in one spelling.
    pub path: String,
}

/// A page as it was drawn.
#[derive(Debug)]
pub struct Page {
    pub stored: Stored,
    /// What looking at it counts as, beside a page view.
    pub step: Option<Step>,
    version: Version,
    drawn: Instant,
    /// When a price on it begins or ends by itself.
    until: Option<DateTime<Utc>>,
}

impl Page {
    /// How long it is right from now on; none when nothing ends by itself.
    pub fn lasts(&self, now: DateTime<Utc>) -> Option<Duration> {
        self.until.map(|until| (until - now).to_std().unwrap_or_default())
    }

    fn is_right(&self, version: Version, now: DateTime<Utc>) -> bool {
        self.version == version && self.drawn.elapsed() < FRESH && self.until.is_none_or(|until| now < until)
    }
}

/// What there is to hand out.
#[derive(Clone, Debug)]
pub enum Found {
    /// The page as it is right now.
    Today(Arc<Page>),
    /// As it was when the database was last heard, which is away: nobody can tell whether it is still right.
    Remembered(Arc<Page>),
}

/// What drawing a page comes to.
pub struct Drawn {
    pub html: String,
    pub step: Option<Step>,
    /// How the shop stood before the page's parts were read.
    pub catalogue: Standing,
}

/// All pages of all shops; bounded, least used first out.
#[derive(Clone, Debug)]
pub struct PageCache {
    pages: Cache<Key, Arc<Page>>,
    /// Which page an address led to. Here `path` is as it was asked, so several addresses may lead to one page; a page
    /// that had to go is not kept by them.
    addresses: Cache<Key, Weak<Page>>,
    pub versions: Versions,
    doors: Arc<[tokio::sync::Mutex<()>]>,
    hasher: RandomState,
}

impl PageCache {
    pub fn new() -> Self {
        let pages = Cache::builder()
            .max_capacity(ROOM)
            .weigher(|_, page: &Arc<Page>| page.stored.weight())
            .time_to_live(KEPT)
            .build();
        Self {
            pages,
            addresses: Cache::builder().max_capacity(ADDRESSES).time_to_live(KEPT).build(),
            versions: Versions::new(),
            doors: (0..DOORS).map(|_| tokio::sync::Mutex::default()).collect(),
            hasher: RandomState::new(),
        }
    }

    /// The page that an address led to, if nobody need ask whether it is right.
    pub fn at_address(&self, ctx: &Ctx, address: &Key) -> Option<Arc<Page>> {
        let page = self.addresses.get(address)?.upgrade()?;
        let version = self.versions.recent(ctx.tenant)?.ok()?;
        page.is_right(version, ctx.now()).then_some(page)
    }

    /// Remembers where an address led.
    pub fn note_address(&self, address: Key, page: &Arc<Page>) {
        if address.path.len() <= LONGEST_ADDRESS {
            self.addresses.insert(address, Arc::downgrade(page));
        }
    }

    /// The page of `key`: as it is kept, or drawn now. While the database is away, as it was last seen.
    pub async fn get<F>(&self, ctx: &Ctx, key: Key, draw: impl FnOnce() -> F) -> Result<Found, AppError>
    where
        F: Future<Output = Result<Drawn, AppError>>,
    {
        // A page that was never drawn needs no question whether it is today's.
        if let Some(page) = self.pages.get(&key) {
            match self.versions.current(ctx).await {
                Ok(version) if page.is_right(version, ctx.now()) => return Ok(Found::Today(page)),
                Ok(_) => {}
                Err(fault) => return self.last(&key, fault),
            }
        }
        let door = usize::try_from(self.hasher.hash_one(&key)).unwrap_or(usize::MAX) % self.doors.len();
        let _turn = self.doors[door].lock().await;
        // Whoever had the door before may have drawn it, or found that nobody can.
        match self.versions.recent(ctx.tenant) {
            Some(Ok(version)) => {
                if let Some(page) = self.fresh(&key, version, ctx.now()) {
                    return Ok(Found::Today(page));
                }
            }
            Some(Err(fault)) => return self.last(&key, fault),
            None => {}
        }
        let began = self.versions.begin(ctx.tenant);
        let now = ctx.now();
        match draw().await {
            Ok(drawn) => {
                let version = self.versions.note(ctx.tenant, began, drawn.catalogue.catalogue);
                let page = Arc::new(Page {
                    stored: Stored::new(drawn.html),
                    step: drawn.step,
                    version,
                    drawn: Instant::now(),
                    until: drawn.catalogue.until(now),
                });
                self.pages.insert(key, page.clone());
                Ok(Found::Today(page))
            }
            Err(fault) => self.last(&key, fault),
        }
    }

    fn fresh(&self, key: &Key, version: Version, now: DateTime<Utc>) -> Option<Arc<Page>> {
        self.pages.get(key).filter(|page| page.is_right(version, now))
    }

    fn last(&self, key: &Key, fault: AppError) -> Result<Found, AppError> {
        match fault {
            AppError::TryAgain { .. } => self.pages.get(key).map(Found::Remembered).ok_or(fault),
            other => Err(other),
        }
    }
}

impl Default for PageCache {
    fn default() -> Self {
        Self::new()
    }
}
