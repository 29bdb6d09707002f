//! `duka demo`: the two made-up merchants.

use super::with_installation;
use crate::boot::Installation;
use anyhow::ensure;
use duka::demo::{SeedReport, seed};
use std::path::Path;

/// Where their files lie, from where the program is started.
const FOLDER: &str = "demo";

pub async fn run() -> anyhow::Result<()> {
    with_installation(async |installation| {
        println!("{}", make(installation).await?);
        Ok(())
    })
    .await
}

/// Makes what is missing.
pub async fn make(installation: &Installation) -> anyhow::Result<SeedReport> {
    ensure!(!installation.config.is_production, "the demo is not made in production");
    let folder = Path::new(FOLDER);
    ensure!(folder.is_dir(), "the demo's files are not in {FOLDER}/: start the program from the repository's folder");
    Ok(seed(&installation.app, &installation.media, folder).await?)
}
