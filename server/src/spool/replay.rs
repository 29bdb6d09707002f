//! Stores what waits in the spool: by command, and by the running program itself once the database answers again.

use super::{Spool, read};
use crate::state::Strangers;
use duka::{checkout::receive_callback::keep, ctx::Platform, error::AppError};
use std::{io, sync::Arc, time::Duration};
use tokio::sync::watch;

/// Between two looks at the spool, and two tries of a database that is away.
const LOOK: Duration = Duration::from_secs(2);
/// What a healthy database refuses is for a person to look at; it is tried this often.
const REFUSED: Duration = Duration::from_mins(5);

/// What became of the spool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// In the database now, each once.
    pub stored: usize,
    /// Came to an address that nobody gave out.
    pub unknown: usize,
    /// Not whole: the machine stopped while they were written, so nobody was told that they had been taken.
    pub torn: usize,
    /// Refused by a database that answers; they wait.
    pub refused: usize,
    /// The database is away: everything that was not stored waits.
    pub is_away: bool,
}

/// Stores all of it. Safe at any moment, several at once and after a crash in the middle: what is stored already stays
/// as it is.
pub async fn replay(platform: &Arc<Platform>, spool: &Spool) -> io::Result<Replayed> {
    let mut all = Replayed::default();
    // While it is away everything stays where it is.
    if platform.db.answers().await.is_err() {
        return Ok(Replayed { is_away: true, ..all });
    }
    for file in spool.set_aside()? {
        let (whole, torn) = read(&file)?;
        let mut refused = Vec::new();
        for heard in whole {
            match keep(platform, &heard).await {
                Ok(Some(_)) => all.stored += 1,
                Ok(None) => all.unknown += 1,
                Err(AppError::TryAgain { .. }) => {
                    all.is_away = true;
                    return Ok(all);
                }
                Err(_) => refused.push(heard),
            }
        }
        all.torn += torn;
        all.refused += refused.len();
        spool.put_back(&file, &refused)?;
    }
    Ok(all)
}

/// Looks after the spool until the program is told to stop.
pub async fn watch(platform: Arc<Platform>, spool: Spool, strangers: Arc<Strangers>, mut stop: watch::Receiver<bool>) {
    let mut pause = Duration::ZERO;
    loop {
        tokio::select! {
            _ = stop.wait_for(|is_told| *is_told) => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = LOOK;
        if spool.is_empty() {
            continue;
        }
        match replay(&platform, &spool).await {
            Ok(done) => {
                strangers.note(u64::try_from(done.unknown).unwrap_or(u64::MAX));
                if done.refused > 0 {
                    tracing::error!(spool.refused = done.refused, "the database refuses what the spool holds");
                    pause = REFUSED;
                }
                if done.stored + done.unknown + done.torn > 0 {
                    tracing::info!(
                        spool.stored = done.stored,
                        spool.unknown = done.unknown,
                        spool.torn = done.torn,
                        "what came while the database was away was stored"
                    );
                }
            }
            Err(fault) => {
                tracing::error!(error.message = %fault, "the spool cannot be read");
                pause = REFUSED;
            }
        }
    }
}
