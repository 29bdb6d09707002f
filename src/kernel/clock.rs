//! The clock: the only place that asks what time it is.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// The system's time, or in tests a time that moves only when told to.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<Mutex<DateTime<Utc>>>>);

impl Clock {
    /// The time that it really is.
    pub fn system() -> Self {
        Self(None)
    }
    /// Stands still at `now`; copies share the hand.
    pub fn fixed(now: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(Mutex::new(now))))
    }
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            None => Utc::now(),
            Some(hand) => *hand.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
    /// Moves a fixed clock; does nothing to the system's.
    pub fn advance(&self, by: TimeDelta) {
        if let Some(hand) = &self.0 {
            *hand.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}
