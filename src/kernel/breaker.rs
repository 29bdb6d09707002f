//! A fuse before a provider that fails again and again: calls are not made for a while, and come back with their jobs.
//!
//! By hand, because it is a count and a moment; what it knows is one process' own and gone with it: a new start asks
//! once more, which is no harm.

use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// Failures in a row after which nothing is tried.
const MOST_FAILURES: u32 = 5;
/// For how long; and how long the one call after it has to tell how it went.
const REST: Duration = Duration::from_secs(30);
/// Failing accounts remembered; what more of them do counts for the provider only.
const MOST_ACCOUNTS: usize = 10_000;

/// One fuse for everybody.
#[derive(Default)]
pub struct Breaker(Mutex<State>);

#[derive(Default)]
struct State {
    failures: u32,
    rests_until: Option<Instant>,
}

impl State {
    fn is_resting(&self, now: Instant) -> bool {
        self.rests_until.is_some_and(|until| now < until)
    }

    /// A call goes out. After a rest it is the only one until it has told; one that never tells ends with the next rest.
    fn begin(&mut self, now: Instant) {
        if self.rests_until.is_some() {
            self.rests_until = Some(now + REST);
        }
    }

    fn fail(&mut self, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= MOST_FAILURES {
            self.rests_until = Some(now + REST);
        }
    }
}

impl Breaker {
    /// May a call be made now? After the rest one may, and decides.
    pub fn lets_through(&self, now: Instant) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let may = !state.is_resting(now);
        if may {
            state.begin(now);
        }
        may
    }

    /// How a call went that was let through.
    pub fn note(&self, is_well: bool, now: Instant) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if is_well {
            *state = State::default();
        } else {
            state.fail(now);
        }
    }
}

/// A fuse for each merchant's account with a provider, and one for the provider's address, which only failures of
/// several accounts in a row open: what is wrong with one merchant's must not silence the others.
#[derive(Default)]
pub struct Breakers(Mutex<All>);

#[derive(Default)]
struct All {
    address: State,
    /// Who failed first since the provider was last well.
    first: Option<Account>,
    /// Somebody else has failed since then too.
    is_many: bool,
    /// Those whose last call failed.
    accounts: HashMap<Account, State>,
}

/// What an account is known by here: a digest of its key, since keys are nothing for maps that live long.
type Account = [u8; 32];

impl Breakers {
    /// May a call be made now with this account's key? After a rest one may, and decides.
    pub fn lets_through(&self, key: &str, now: Instant) -> bool {
        let account: Account = Sha256::digest(key).into();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let All { address, accounts, .. } = &mut *all;
        let own = accounts.get_mut(&account);
        if address.is_resting(now) || own.as_ref().is_some_and(|own| own.is_resting(now)) {
            return false;
        }
        address.begin(now);
        if let Some(own) = own {
            own.begin(now);
        }
        true
    }

    /// How a call went that was let through: well is every answer, also one that refuses.
    pub fn note(&self, key: &str, is_well: bool, now: Instant) {
        let account: Account = Sha256::digest(key).into();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if is_well {
            all.accounts.remove(&account);
            (all.address, all.first, all.is_many) = (State::default(), None, false);
            return;
        }
        let first = *all.first.get_or_insert(account);
        all.is_many |= first != account;
        if all.is_many {
            all.address.fail(now);
        }
        if all.accounts.len() < MOST_ACCOUNTS || all.accounts.contains_key(&account) {
            all.accounts.entry(account).or_default().fail(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn after_five_failures_it_rests_then_one_call_decides() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..4 {
            breaker.note(false, start);
            assert!(breaker.lets_through(start));
        }
        breaker.note(false, start);
        assert!(!breaker.lets_through(start + Duration::from_secs(29)));
        let later = start + REST;
        assert!(breaker.lets_through(later));
        assert!(!breaker.lets_through(later), "only one is tried");
        breaker.note(false, later);
        assert!(!breaker.lets_through(later + SECOND));
        assert!(breaker.lets_through(later + REST));
        breaker.note(true, later + REST);
        breaker.note(false, later + REST);
        assert!(breaker.lets_through(later + REST));
    }

    #[test]
    fn a_try_that_never_tells_how_it_went_is_followed_by_another() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..5 {
            breaker.note(false, start);
        }
        assert!(breaker.lets_through(start + REST));
        assert!(!breaker.lets_through(start + REST + SECOND));
        assert!(breaker.lets_through(start + REST + REST));
    }

    #[test]
    fn one_account_that_fails_rests_alone() {
        let (breakers, start) = (Breakers::default(), Instant::now());
        for _ in 0..20 {
            breakers.note("njeri", false, start);
        }
        assert!(!breakers.lets_through("njeri", start + SECOND));
        assert!(breakers.lets_through("kilimani", start + SECOND));
        assert!(breakers.lets_through("njeri", start + REST), "one is tried");
        assert!(!breakers.lets_through("njeri", start + REST), "and no more");
        breakers.note("njeri", true, start + REST);
        assert!(breakers.lets_through("njeri", start + REST));
    }

    #[test]
    fn accounts_that_fail_one_after_another_say_that_the_provider_is_down() {
        let (breakers, start) = (Breakers::default(), Instant::now());
        for nth in 0..6 {
            assert!(breakers.lets_through("another", start));
            breakers.note(&format!("account {nth}"), false, start);
        }
        assert!(!breakers.lets_through("another", start + SECOND));
        assert!(breakers.lets_through("another", start + REST), "one is tried for all");
        assert!(!breakers.lets_through("account 1", start + REST));
        breakers.note("another", true, start + REST);
        assert!(breakers.lets_through("account 1", start + REST));
    }

    #[test]
    fn an_answer_in_between_begins_the_count_again() {
        let (breakers, start) = (Breakers::default(), Instant::now());
        for nth in 0..40 {
            assert!(breakers.lets_through("njeri", start), "{nth}");
            breakers.note("njeri", nth % 5 == 4, start);
        }
    }
}
