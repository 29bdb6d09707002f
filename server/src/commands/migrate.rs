//! `duka migrate`: the schema up to date.

use crate::{boot, config::Config};
use duka::db::migrate::newest_chapter;

/// Says at which level the schema is when it is done.
pub async fn run() -> anyhow::Result<()> {
    boot::migrate(&Config::read()?).await?;
    println!("the schema is at {}", newest_chapter());
    Ok(())
}
