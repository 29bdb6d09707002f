//! The log: JSON lines, or readable ones on a terminal.

use anyhow::Context as _;
use std::io::{IsTerminal as _, stderr};
use tracing_subscriber::EnvFilter;

/// Starts it; `DUKA_LOG` filters.
pub fn start() -> anyhow::Result<()> {
    let wanted = std::env::var("DUKA_LOG").unwrap_or_default();
    // The database driver repeats every notice of a migration that was run before.
    let usual = "info,sqlx::postgres::notice=warn,graphile_worker=warn";
    let filter = EnvFilter::try_new(if wanted.is_empty() { usual } else { &wanted })
        .context("DUKA_LOG is not a filter such as `info` or `server=debug`")?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    if stderr().is_terminal() {
        log.try_init()
    } else {
        log.json().flatten_event(true).with_current_span(false).try_init()
    }
    .map_err(anyhow::Error::from_boxed)
}
