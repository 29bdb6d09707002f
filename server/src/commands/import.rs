//! `duka import`: products from a file, with a report per row.

use super::{print_long, store, with_installation};
use crate::{command::Format, config::Config};
use anyhow::{Context as _, bail};
use duka::{
    catalog::import::{self, Fetcher, ImportFile, ImportOptions, Rate, Reading, Source, import},
    tenancy::ownership::Lookout,
};
use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
};

/// What was asked for.
#[derive(Debug)]
pub struct Order {
    pub store: String,
    pub format: Option<Format>,
    pub rate: Option<String>,
    pub dry_run: bool,
    pub file: PathBuf,
}

/// Prints the report; fails when a product had to stay out.
pub async fn run(order: Order) -> anyhow::Result<()> {
    let rate = match &order.rate {
        None => None,
        Some(text) => {
            Some(Rate::parse(text).with_context(|| format!("--rate {text}: a rate is a number such as 129.5"))?)
        }
    };
    let path = &order.file;
    std::fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = ImportFile { name, source: Source::Path(path.clone()), folder: folder_of(path) };
    let options = ImportOptions {
        reading: order.format.map(|format| {
            Reading::Format(match format {
                Format::Shopify => import::Format::Shopify,
                Format::Woocommerce => import::Format::WooCommerce,
                Format::Duka => import::Format::Duka,
            })
        }),
        rate,
        dry_run: order.dry_run,
        fetcher: Some(Fetcher::new(Lookout::asking(Config::dns_server()?))),
        // Only for somebody who looks on: a script reads the report.
        progress: std::io::stderr().is_terminal().then_some(tell),
    };
    let report = with_installation(async |installation| {
        let (ctx, store) = store(installation, &order.store).await?;
        Ok(import(&ctx, store, &installation.media, file, options).await?)
    })
    .await?;
    print_long(&report.to_string())?;
    if report.refused > 0 {
        bail!("{} products were not taken; the report says why", report.refused);
    }
    Ok(())
}

/// Where the file lies, which is where the pictures are that it names.
fn folder_of(file: &Path) -> Option<PathBuf> {
    let folder = file.parent()?;
    // A bare name is a file of the folder one stands in.
    Some(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
}

fn tell(done: usize, total: usize) {
    eprint!("\r{done} of {total} rows");
    if done == total {
        eprintln!();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_folder_lies_where_one_stands() {
        for (file, folder) in [("goods.csv", "."), ("./goods.csv", "."), ("in/goods.csv", "in"), ("/a/b.csv", "/a")] {
            assert_eq!(folder_of(Path::new(file)), Some(PathBuf::from(folder)), "{file}");
        }
    }
}
