//! The verbs of the command line, one file each.

pub mod callbacks;
pub mod customer;
pub mod doctor;
pub mod export;
pub mod import;
pub mod job;
pub mod keys;
pub mod migrate;
pub mod seed;
pub mod serve;
pub mod tenant;

use crate::{boot::Installation, config::Config};
use duka::{
    ctx::Ctx,
    db::directory::ShopHost,
    kernel::{access::Actor, id::StoreId},
};

/// Opens the installation, does something with it, and closes it whatever came of that.
async fn with_installation<T>(work: impl AsyncFnOnce(&Installation) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let installation = Installation::open(Config::read()?, false).await?;
    let done = work(&installation).await;
    let closed = installation.close().await;
    let done = done?;
    closed?;
    Ok(done)
}

/// The store of that address label, and the program's own surroundings in its tenant.
async fn store(installation: &Installation, slug: &str) -> anyhow::Result<(Ctx, StoreId)> {
    let found = installation.app.db.find_shop(&ShopHost::Subdomain(slug.to_lowercase())).await?;
    let (tenant, store) = found.ok_or_else(|| anyhow::anyhow!("there is no store `{slug}`"))?;
    Ok((Ctx::new(installation.app.clone(), tenant, Actor::Program), store))
}
