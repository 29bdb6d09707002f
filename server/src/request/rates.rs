//! How often one address may ask, per class; who asks too often is told when to come back.

use super::class::Class;
use duka::kernel::household::household;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _, clock::DefaultClock};
use http::Method;
use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

/// How often one address may name hosts that are not remembered, per minute.
const HOSTS: u32 = 600;
/// After so many questions those who have been quiet are forgotten.
const SWEEP_EVERY: u32 = 50_000;

/// One set of counters per class, reading and writing apart.
#[derive(Clone)]
pub struct Rates(Arc<Inner>);

struct Inner {
    limiters: HashMap<(Class, bool), DefaultKeyedRateLimiter<IpAddr>>,
    hosts: DefaultKeyedRateLimiter<IpAddr>,
    asked: AtomicU32,
    clock: DefaultClock,
}

impl std::fmt::Debug for Rates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rates")
    }
}

impl Default for Rates {
    fn default() -> Self {
        let limiters = Class::ALL
            .into_iter()
            .flat_map(|class| [(class, Method::GET), (class, Method::POST)])
            .map(|(class, method)| {
                let per_minute = class.per_minute(&method);
                ((class, super::origin::is_write(&method)), RateLimiter::keyed(quota(per_minute)))
            })
            .collect();
        let hosts = RateLimiter::keyed(quota(HOSTS));
        Self(Arc::new(Inner { limiters, hosts, asked: AtomicU32::new(0), clock: DefaultClock::default() }))
    }
}

impl Rates {
    /// Nothing, or after how many seconds the address may ask again.
    pub fn ask(&self, class: Class, method: &Method, address: IpAddr) -> Result<(), u32> {
        let Some(limiter) = self.0.limiters.get(&(class, super::origin::is_write(method))) else { return Ok(()) };
        if self.0.asked.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            for limiter in self.0.limiters.values().chain([&self.0.hosts]) {
                limiter.retain_recent();
            }
        }
        self.check(limiter, address)
    }

    /// The same for an address that names a host which is not remembered: the database is asked each time.
    pub fn ask_host(&self, address: IpAddr) -> Result<(), u32> {
        self.check(&self.0.hosts, address)
    }

    fn check(&self, limiter: &DefaultKeyedRateLimiter<IpAddr>, address: IpAddr) -> Result<(), u32> {
        limiter.check_key(&household(address)).map_err(|until| {
            let wait = until.wait_time_from(self.0.clock.now());
            u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
        })
    }
}

/// So many a minute, of which a third may come at once.
fn quota(per_minute: u32) -> Quota {
    let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
    let burst = NonZeroU32::new(per_minute.get() / 3).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(per_minute).allow_burst(burst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_waits_and_the_neighbour_does_not() {
        let rates = Rates::default();
        let (machine, neighbour) = ([203, 0, 113, 1].into(), [203, 0, 113, 2].into());
        let burst = Class::Merchant.per_minute(&Method::POST) / 3;
        for _ in 0..burst {
            assert_eq!(rates.ask(Class::Merchant, &Method::POST, machine), Ok(()));
        }
        assert_eq!(rates.ask(Class::Merchant, &Method::POST, machine), Err(1));
        assert_eq!(rates.ask(Class::Merchant, &Method::GET, machine), Ok(()), "reading is counted apart");
        assert_eq!(rates.ask(Class::Merchant, &Method::POST, neighbour), Ok(()));
    }
}
