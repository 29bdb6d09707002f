//! An even pace of calls per merchant: a burst is let through, what comes after waits its turn, but not for long.

use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// Longest wait for a turn; whoever would wait longer is sent away and comes back with its job.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Merchants remembered; those whose turn is long over are forgotten first.
const MOST_KEYS: usize = 10_000;

/// A token bucket per consumer key, kept as the moment at which it would be full again.
pub struct Pace {
    /// Between two calls when the burst is used up.
    step: Duration,
    /// One second's calls at once.
    burst: Duration,
    full_at: Mutex<HashMap<String, Instant>>,
}

impl Pace {
    pub fn new(per_second: NonZeroU32) -> Self {
        let step = Duration::from_secs(1) / per_second.get();
        Self { step, burst: Duration::from_secs(1).saturating_sub(step), full_at: Mutex::default() }
    }

    /// Waits for this key's turn; false, and no turn is used, when that would be too long.
    pub async fn wait(&self, key: &str) -> bool {
        let Some(turn) = self.turn(key, Instant::now()) else { return false };
        tokio::time::sleep_until(turn).await;
        true
    }

    fn turn(&self, key: &str, now: Instant) -> Option<Instant> {
        let mut all = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_KEYS {
            all.retain(|_, full_at| *full_at > now);
        }
        let full_at = all.get(key).copied().unwrap_or(now).max(now);
        let turn = full_at.checked_sub(self.burst).unwrap_or(now).max(now);
        if turn - now > LONGEST_WAIT {
            return None;
        }
        all.insert(key.to_owned(), full_at + self.step);
        Some(turn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(pace: &Pace, key: &str, now: Instant, calls: usize) -> Vec<Option<u128>> {
        (0..calls).map(|_| pace.turn(key, now).map(|turn| (turn - now).as_millis())).collect()
    }

    #[test]
    fn a_seconds_calls_go_at_once_and_the_next_wait_their_turn() {
        let (pace, now) = (Pace::new(NonZeroU32::new(5).unwrap()), Instant::now());
        let expected: Vec<_> = [0, 0, 0, 0, 0, 200, 400, 600].into_iter().map(Some).collect();
        assert_eq!(waits(&pace, "key", now, 8), expected);
        assert_eq!(waits(&pace, "another merchant's", now, 1), [Some(0)]);
        assert_eq!(waits(&pace, "key", now + Duration::from_secs(10), 2), [Some(0), Some(0)]);
    }

    #[test]
    fn nobody_waits_longer_than_five_seconds() {
        let (pace, now) = (Pace::new(NonZeroU32::new(1).unwrap()), Instant::now());
        let expected = [Some(0), Some(1000), Some(2000), Some(3000), Some(4000), Some(5000), None, None];
        assert_eq!(waits(&pace, "key", now, 8), expected);
        assert_eq!(waits(&pace, "key", now + Duration::from_secs(1), 2), [Some(5000), None]);
    }
}
