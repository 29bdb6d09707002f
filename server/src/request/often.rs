//! How often one address may do something that costs us: so many times an hour, counted in memory.

use duka::kernel::household::household;
use moka::sync::Cache;
use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

/// More addresses than sign up within an hour; the oldest are forgotten first.
const MOST: u64 = 100_000;
const WINDOW: Duration = Duration::from_hours(1);

#[derive(Debug)]
struct Count {
    began: Instant,
    times: AtomicU32,
}

impl Count {
    /// Seconds until it begins anew.
    fn left(&self) -> u32 {
        u32::try_from(WINDOW.saturating_sub(self.began.elapsed()).as_secs().max(1)).unwrap_or(3600)
    }
}

/// Counts by address. A clone shares the counts.
#[derive(Clone, Debug)]
pub struct Often {
    most: u32,
    counts: Cache<IpAddr, Arc<Count>>,
}

impl Often {
    pub fn hourly(most: u32) -> Self {
        Self { most, counts: Cache::builder().max_capacity(MOST).time_to_live(WINDOW).build() }
    }

    /// Counts once more; the seconds to wait when that is too often.
    pub fn again(&self, address: IpAddr) -> Result<(), u32> {
        let fresh = || Arc::new(Count { began: Instant::now(), times: AtomicU32::new(0) });
        let count = self.counts.get_with(household(address), fresh);
        if count.times.fetch_add(1, Ordering::AcqRel) < self.most {
            return Ok(());
        }
        // Kept at the limit, so that it never runs over.
        count.times.store(self.most, Ordering::Release);
        Err(count.left())
    }

    /// The same without counting: for what may be right once more, and is counted when it was wrong.
    pub fn ask(&self, address: IpAddr) -> Result<(), u32> {
        match self.counts.get(&household(address)) {
            Some(count) if count.times.load(Ordering::Acquire) >= self.most => Err(count.left()),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_time_waits_and_a_neighbour_does_not() {
        let often = Often::hourly(5);
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        for _ in 0..5 {
            assert_eq!(often.again(address("41.89.1.1")), Ok(()));
        }
        assert!(often.again(address("41.89.1.1")).is_err_and(|seconds| (3590..=3600).contains(&seconds)));
        assert_eq!(often.again(address("41.89.1.2")), Ok(()));
    }

    #[test]
    fn asking_alone_is_not_counted() {
        let often = Often::hourly(1);
        let address = "41.89.1.1".parse::<IpAddr>().expect("an address");
        assert_eq!((often.ask(address), often.ask(address), often.again(address)), (Ok(()), Ok(()), Ok(())));
        assert!(often.ask(address).is_err_and(|seconds| (3590..=3600).contains(&seconds)));
    }

    #[test]
    fn a_household_counts_as_one() {
        let often = Often::hourly(1);
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert_eq!(often.again(address("2a00:1:2:3::1")), Ok(()));
        assert!(often.again(address("2a00:1:2:3::2")).is_err());
    }
}
