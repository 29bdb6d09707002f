//! How a tenant's catalogue stands: asked from the database once a second at most, and at once after our own writes.

use duka::{ctx::Ctx, error::AppError, kernel::id::TenantId, pages::storefront::frame::catalogue_version};
use moka::sync::Cache;
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// How old the number may be that decides whether a page is today's.
const BELIEVED: Duration = Duration::from_secs(1);
/// How long nobody asks again after the database did not answer.
const PAUSE: Duration = Duration::from_secs(1);
/// A database that takes longer for this is as good as away.
const PATIENCE: Duration = Duration::from_secs(2);
const MOST: u64 = 50_000;

/// What a page was made of: the catalogue's number, and how often this process has seen stock move since it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    catalogue: i64,
    moves: u64,
}

/// The state when a page began to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Began {
    moves: u64,
    at: Instant,
}

#[derive(Debug, Default)]
struct Known {
    seen: Mutex<Option<(Result<i64, AppError>, Instant)>>,
    asking: tokio::sync::Mutex<()>,
    moves: AtomicU64,
}

impl Known {
    fn recent(&self) -> Option<Result<i64, AppError>> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.as_ref()
            .filter(|(what, at)| at.elapsed() <= if what.is_ok() { BELIEVED } else { PAUSE })
            .map(|(what, _)| what.clone())
    }
    fn version(&self, catalogue: i64) -> Version {
        Version { catalogue, moves: self.moves.load(Ordering::Acquire) }
    }
    fn note(&self, seen: Option<(Result<i64, AppError>, Instant)>) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = seen;
    }
}

/// The versions of the tenants that were asked for lately.
#[derive(Clone, Debug)]
pub struct Versions(Cache<TenantId, Arc<Known>>);

impl Versions {
    pub fn new() -> Self {
        Self(Cache::builder().max_capacity(MOST).build())
    }

    fn of(&self, tenant: TenantId) -> Arc<Known> {
        self.0.get_with(tenant, Arc::default)
    }

    /// Today's version; no database trip when it was asked within the last second.
    pub async fn current(&self, ctx: &Ctx) -> Result<Version, AppError> {
        let known = self.of(ctx.tenant);
        let catalogue = match known.recent() {
            Some(answer) => answer?,
            None => Self::ask(ctx, &known).await?,
        };
        Ok(known.version(catalogue))
    }

    /// The same without asking; none when it was not asked within the last second.
    pub fn recent(&self, tenant: TenantId) -> Option<Result<Version, AppError>> {
        let known = self.of(tenant);
        known.recent().map(|answer| answer.map(|catalogue| known.version(catalogue)))
    }

    /// How things stand before a page is drawn.
    pub fn begin(&self, tenant: TenantId) -> Began {
        Began { moves: self.of(tenant).moves.load(Ordering::Acquire), at: Instant::now() }
    }

    /// What a page was made of that began then and read this number first.
    pub fn note(&self, tenant: TenantId, began: Began, catalogue: i64) -> Version {
        self.of(tenant).note(Some((Ok(catalogue), began.at)));
        Version { catalogue, moves: began.moves }
    }

    /// One asks for all who wait.
    async fn ask(ctx: &Ctx, known: &Known) -> Result<i64, AppError> {
        let _turn = known.asking.lock().await;
        if let Some(answer) = known.recent() {
            return answer;
        }
        let asked = Instant::now();
        let too_late = || Err(AppError::TryAgain { retry_after_seconds: 2 });
        let answer = tokio::time::timeout(PATIENCE, catalogue_version(ctx)).await.unwrap_or_else(|_| too_late());
        // An answer is as old as its question, silence as young as its end.
        known.note(Some((answer.clone(), if answer.is_ok() { asked } else { Instant::now() })));
        answer
    }

    /// Something that pages show was written by this process: ask again before the next page.
    pub fn forget(&self, tenant: TenantId) {
        self.of(tenant).note(None);
    }

    /// Goods were held or given back, which the catalogue's number does not count.
    pub fn note_move(&self, tenant: TenantId) {
        self.of(tenant).moves.fetch_add(1, Ordering::AcqRel);
    }
}

impl Default for Versions {
    fn default() -> Self {
        Self::new()
    }
}
