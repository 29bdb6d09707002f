//! A fuse before a provider that fails again and again: calls are not made for a while, and come back with their jobs.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// Failures in a row after which nothing is tried.
const MOST_FAILURES: u32 = 5;
/// For how long.
const REST: Duration = Duration::from_secs(30);

#[derive(Default)]
pub struct Breaker(Mutex<State>);

#[derive(Default)]
struct State {
    failures: u32,
    rests_until: Option<Instant>,
}

impl Breaker {
    /// May a call be made now? After the rest one is, and decides.
    pub fn is_closed(&self, now: Instant) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match state.rests_until {
            Some(until) if now < until => false,
            Some(_) => {
                // The next failure opens it again at once.
                state.rests_until = None;
                state.failures = MOST_FAILURES - 1;
                true
            }
            None => true,
        }
    }

    pub fn note(&self, is_well: bool, now: Instant) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if is_well {
            *state = State::default();
        } else {
            state.failures = state.failures.saturating_add(1);
            if state.failures >= MOST_FAILURES {
                state.rests_until = Some(now + REST);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_failures_it_rests_then_one_call_decides() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..4 {
            breaker.note(false, start);
            assert!(breaker.is_closed(start));
        }
        breaker.note(false, start);
        assert!(!breaker.is_closed(start + Duration::from_secs(29)));
        let later = start + REST;
        assert!(breaker.is_closed(later));
        breaker.note(false, later);
        assert!(!breaker.is_closed(later + Duration::from_secs(1)));
        assert!(breaker.is_closed(later + REST));
        breaker.note(true, later + REST);
        breaker.note(false, later + REST);
        assert!(breaker.is_closed(later + REST));
    }
}
