//! `duka demo`: the two made-up merchants.

use super::with_installation;
use crate::boot::Installation;
use anyhow::ensure;
use duka::{
    ctx::Ctx,
    demo::{SeedReport, seed},
    kernel::access::Actor,
    payments::register_addresses,
};
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

/// Tells the sandbox where to ask and tell about money paid by hand. It forgets that with every start, so it is told with
/// every start of the demo; one that does not answer is told from the settings' page.
pub async fn register_addresses(installation: &Installation) -> anyhow::Result<()> {
    for tenant in installation.worker()?.db.list_tenants().await? {
        let ctx = Ctx::new(installation.app.clone(), tenant, Actor::Program);
        if let Err(fault) = register_addresses::register(&ctx).await {
            tracing::warn!(tenant.id = %tenant, error.message = %fault, "a demo shop's addresses were not registered");
        }
    }
    Ok(())
}
