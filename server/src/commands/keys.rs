//! `duka keys rotate`: another master key, and every merchant's own key wrapped with it.

use super::with_installation;
use crate::{
    boot::{Installation, secrets},
    config::Config,
};
use anyhow::{Context as _, ensure};
use duka::{
    db::Db,
    vault::{
        MasterKey,
        rotate::{Rotated, rotate},
    },
};

/// Run again after it was stopped, it does the rest.
pub async fn run() -> anyhow::Result<()> {
    with_installation(async |installation| {
        let said = turn(installation).await?;
        println!("{said}");
        Ok(())
    })
    .await
}

/// Wraps all keys again; says what is left to do.
async fn turn(installation: &Installation) -> anyhow::Result<String> {
    let operator = installation.operator()?;
    let done = match installation.config.secret_key {
        Some(old) => with_settings(&operator, &installation.config, old).await,
        None => with_files(&operator, &installation.config).await,
    };
    operator.close().await;
    done
}

async fn with_settings(operator: &Db, config: &Config, old: [u8; 32]) -> anyhow::Result<String> {
    let new = config.secret_key_next.context(
        "DUKA_SECRET_KEY_NEXT is not set: put the new key there (`openssl rand -base64 32`), for the servers too and \
         restart them, so that they know both while this runs",
    )?;
    ensure!(new != old, "DUKA_SECRET_KEY_NEXT is the same as DUKA_SECRET_KEY: there is nothing to rotate to");
    let Rotated { tenants, wrapped } = rotate(operator, &[MasterKey::new(old)], &MasterKey::new(new)).await?;
    Ok(format!(
        "{wrapped} of {tenants} merchants' keys were wrapped again, all are now.\n\
         Change the setting now: DUKA_SECRET_KEY takes the value of DUKA_SECRET_KEY_NEXT, everywhere, and \
         DUKA_SECRET_KEY_NEXT goes. Keep the old key with your old backups: they open with it alone."
    ))
}

async fn with_files(operator: &Db, config: &Config) -> anyhow::Result<String> {
    let new = secrets::next_master_key(&config.data_dir)?;
    let known: Vec<MasterKey> = secrets::master_keys(&config.data_dir)?.into_iter().map(MasterKey::new).collect();
    let Rotated { tenants, wrapped } = rotate(operator, &known, &MasterKey::new(new)).await?;
    // Only now: whatever happened before, both files are there and open everything.
    secrets::turn_master_key(&config.data_dir, new)?;
    Ok(format!("{wrapped} of {tenants} merchants' keys were wrapped again; the new master key is in its place."))
}
