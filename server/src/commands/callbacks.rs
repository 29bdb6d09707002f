//! `duka callbacks`: what providers told us is settled again, from the database and from the spool.

use super::with_installation;
use crate::{spool, spool::Spool, worker::Registry};
use anyhow::{Context as _, bail};

/// Settles what is stored and open; with the spool, what it holds is stored first.
pub async fn replay(with_spool: bool) -> anyhow::Result<()> {
    with_installation(async |installation| {
        let worker = installation.worker()?;
        if with_spool {
            let spool = Spool::of(&installation.config.data_dir);
            let done = spool::replay(worker, &spool).await.context("the spool cannot be read")?;
            println!(
                "spool: {} stored, {} came to no address of ours, {} were not whole",
                done.stored, done.unknown, done.torn
            );
            if done.is_away {
                bail!("the database went away; what was not stored waits in the spool");
            }
            if done.refused > 0 {
                bail!("{} were refused by the database and wait in the spool; the log says why", done.refused);
            }
        }
        let registry = Registry::new(worker.clone(), installation.mailer.clone());
        let (settled, open) = registry.replay_callbacks().await?;
        println!("stored callbacks: {settled} settled, {open} stay open");
        Ok(())
    })
    .await
}
