//! `duka import`: products from a file, with a report per row.

use super::{store, with_installation};
use crate::command::Format;
use anyhow::{Context as _, bail};
use duka::catalog::import::{ImportFile, ImportOptions, Rate, import};
use std::path::PathBuf;

/// What was asked for.
#[derive(Debug)]
pub struct Order {
    pub store: String,
    pub format: Format,
    pub rate: Option<String>,
    pub dry_run: bool,
    pub file: PathBuf,
}

/// No file of products is larger, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Prints the report; fails when a product had to stay out.
pub async fn run(order: Order) -> anyhow::Result<()> {
    if order.format != Format::Shopify {
        bail!("only Shopify's format can be read so far");
    }
    let rate = match &order.rate {
        None => None,
        Some(text) => {
            Some(Rate::parse(text).with_context(|| format!("--rate {text}: a rate is a number such as 129.5"))?)
        }
    };
    let path = &order.file;
    let size = std::fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?.len();
    if size > LARGEST {
        bail!("{} is larger than {} MiB: split it", path.display(), LARGEST / 1024 / 1024);
    }
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = ImportFile { name, bytes, folder: path.parent().map(PathBuf::from) };
    let report = with_installation(async |installation| {
        let (ctx, store) = store(installation, &order.store).await?;
        Ok(import(&ctx, store, &installation.media, file, ImportOptions { rate, dry_run: order.dry_run }).await?)
    })
    .await?;
    println!("{report}");
    if report.refused > 0 {
        bail!("{} products were not taken; the report says why", report.refused);
    }
    Ok(())
}
