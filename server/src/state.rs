//! What every request shares.

use crate::{
    cache::{icons::Icons, pages::PageCache},
    config::Config,
    request::{admission::Admission, host::Hosts, often::Often, rates::Rates},
    site::Site,
    spool::Spool,
};
use duka::{catalog::media::MediaStore, ctx::Platform, tenancy::ownership::Lookout};
use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// New shops from one address in an hour: a mobile network's is that of thousands of merchants to be.
const SIGN_UPS: u32 = 30;
/// Riders' links that open nothing, from one address in an hour: more is somebody trying them out.
const RIDER_MISSES: u32 = 60;
/// Links to carts, the same.
const CART_LINK_MISSES: u32 = 60;
/// Orders' numbers that do not belong to the phone, the same.
const ORDER_MISSES: u32 = 60;

/// One pointer: every request hands it on a dozen times.
#[derive(Clone, Debug)]
pub struct App(Arc<Shared>);

/// What there is to share.
#[derive(Clone, Debug)]
pub struct Shared {
    pub config: Arc<Config>,
    pub platform: Arc<Platform>,
    pub hosts: Hosts,
    pub pages: PageCache,
    pub icons: Icons,
    pub media: MediaStore,
    pub site: Arc<Site>,
    pub health: Arc<Health>,
    pub admission: Admission,
    pub rates: Rates,
    /// Looks at merchants' domains from outside.
    pub lookout: Lookout,
    pub sign_ups: Often,
    /// Where callbacks wait while the database is away.
    pub spool: Spool,
    /// Callbacks to addresses that nobody gave out.
    pub strangers: Arc<Strangers>,
    /// Riders' links that opened nothing.
    pub rider_misses: Often,
    /// Links to carts that opened nothing.
    pub cart_link_misses: Often,
    /// Orders that were looked for in vain.
    pub order_misses: Often,
    /// Made-up merchants, and a machine of one's own that may try as often as it likes.
    pub is_demo: bool,
}

/// How far the program is.
#[derive(Debug, Default)]
pub struct Health {
    seeded: AtomicBool,
    stopping: AtomicBool,
}

impl Health {
    pub fn note_seeded(&self) {
        self.seeded.store(true, Ordering::Release);
    }
    pub fn is_seeded(&self) -> bool {
        self.seeded.load(Ordering::Acquire)
    }
    pub fn note_stopping(&self) {
        self.stopping.store(true, Ordering::Release);
    }
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }
}

/// Counts the calls of providers, or of whoever plays one, to addresses that were never given out. Nothing else is
/// kept of them.
#[derive(Debug, Default)]
pub struct Strangers(AtomicU64);

impl Strangers {
    /// So many more have come.
    pub fn note(&self, calls: u64) {
        self.0.fetch_add(calls, Ordering::Relaxed);
    }
    /// How many have come since the program started.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl App {
    pub fn new(config: Arc<Config>, platform: Arc<Platform>, media: MediaStore, site: Site, is_demo: bool) -> Self {
        Self(Arc::new(Shared {
            hosts: Hosts::new(platform.clone(), config.base.clone()),
            pages: PageCache::new(),
            icons: Icons::new(),
            spool: Spool::of(&config.data_dir),
            strangers: Arc::default(),
            config,
            platform,
            media,
            site: Arc::new(site),
            health: Arc::default(),
            admission: Admission::default(),
            rates: Rates::default(),
            lookout: Lookout::default(),
            sign_ups: Often::hourly(SIGN_UPS),
            rider_misses: Often::hourly(RIDER_MISSES),
            cart_link_misses: Often::hourly(CART_LINK_MISSES),
            order_misses: Often::hourly(ORDER_MISSES),
            is_demo,
        }))
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// For the start, while nobody else holds it: whoever does keeps what they had.
impl DerefMut for App {
    fn deref_mut(&mut self) -> &mut Shared {
        Arc::make_mut(&mut self.0)
    }
}
