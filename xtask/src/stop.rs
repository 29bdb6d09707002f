//! Notices Ctrl-C and SIGTERM, so that whoever waits for a child can end it in order.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Starts to listen. Without it a signal would end this program and leave its children running.
pub fn listen() -> anyhow::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("listening for signals")?;
    std::thread::spawn(move || {
        for _ in &mut signals {
            ASKED.store(true, Ordering::SeqCst);
        }
    });
    Ok(())
}

/// Whether somebody asked us to stop.
pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
