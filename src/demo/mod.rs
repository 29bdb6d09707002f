//! Two merchants to look at: their products come through the real import, their past is made up in the shape of a real one.
//!
//! Every chapter is one transaction and begins by asking whether it is written already. So a second run
//! changes nothing, and a run that was killed is completed by the next.

mod basket;
mod chance;
mod customers;
mod files;
mod goods;
mod ledger;
mod merchant;
mod money_in;
mod partners;
mod past;
mod past_receipts;
mod past_rows;
mod times;
mod visits;
mod write_past;

use crate::{
    catalog::{
        import::{ImportFile, ImportOptions, ImportRefusal, Source, import},
        media::MediaStore,
    },
    ctx::{Ctx, Platform},
    error::AppError,
    kernel::{access::Actor, clock::Clock},
};
use chrono::TimeDelta;
use std::{fmt, path::Path, sync::Arc};

/// The shops of the demo; each has a folder of its name.
pub const SLUGS: [&str; 2] = ["mama-njeri", "kilimani-electronics"];
/// What everybody in the demo signs in with.
pub const PASSWORD: &str = "karibu-duka-2026";
/// How far back the made-up past goes, in days.
const PAST_DAYS: i64 = 60;

/// Why the demo is not there.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("{path} cannot be used: {fault}")]
    File { path: String, fault: String },
    #[error("the products of {slug}: {refusal}")]
    Import { slug: &'static str, refusal: ImportRefusal },
    /// A row of our own file is wrong; the report says which.
    #[error("the products of {slug} have mistakes:\n{report}")]
    Rows { slug: &'static str, report: String },
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<crate::db::DbError> for SeedError {
    fn from(error: crate::db::DbError) -> Self {
        Self::App(error.into())
    }
}

impl From<sqlx::Error> for SeedError {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

/// What this run made; zeroes for what was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedReport {
    pub shops: Vec<SeededShop>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeededShop {
    pub slug: &'static str,
    pub is_new: bool,
    pub products: usize,
    pub orders: usize,
    pub events: usize,
}

impl SeedReport {
    /// True when everything was there before.
    pub fn is_unchanged(&self) -> bool {
        self.shops.iter().all(|shop| !shop.is_new && shop.products == 0 && shop.orders == 0 && shop.events == 0)
    }
}

impl fmt::Display for SeedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_unchanged() {
            return f.write_str("the demo shops are there already");
        }
        for (i, shop) in self.shops.iter().enumerate() {
            let comma = if i == 0 { "" } else { "\n" };
            write!(
                f,
                "{comma}{}: {} products, {} past orders, {} events",
                shop.slug, shop.products, shop.orders, shop.events
            )?;
        }
        Ok(())
    }
}

/// Makes the demo shops from the files in `folder`, the repository's `demo/`; both at once, since pictures keep every
/// core busy while rows are written.
pub async fn seed(platform: &Arc<Platform>, media: &MediaStore, folder: &Path) -> Result<SeedReport, SeedError> {
    let people = files::read_people(folder)?;
    let [one, two] = SLUGS.map(|slug| seed_shop(platform, media, folder, &people, slug));
    let (one, two) = tokio::try_join!(one, two)?;
    Ok(SeedReport { shops: vec![one, two] })
}

async fn seed_shop(
    platform: &Arc<Platform>,
    media: &MediaStore,
    folder: &Path,
    people: &files::People,
    slug: &'static str,
) -> Result<SeededShop, SeedError> {
    let ctx = Ctx::new(platform.clone(), chance::tenant_id(slug), Actor::Program);
    let shop = files::read_store(folder, slug)?;
    let is_new = merchant::write_merchant(&ctx, slug, &shop).await?;
    let products = bring_products(&ctx, media, folder, slug).await?;
    let orders = write_past::write_past(&ctx, slug, people).await?;
    let events = visits::write_visits(&ctx, slug).await?;
    Ok(SeededShop { slug, is_new, products, orders, events })
}

/// The goods arrived before the first order of the past.
async fn bring_products(ctx: &Ctx, media: &MediaStore, folder: &Path, slug: &'static str) -> Result<usize, SeedError> {
    if goods::are_there(ctx).await? {
        return Ok(0);
    }
    let clock = Clock::fixed(ctx.now() - TimeDelta::days(PAST_DAYS + 1));
    let ctx = Ctx::new(Arc::new(Platform { clock, ..(*ctx.platform).clone() }), ctx.tenant, ctx.actor);
    let folder = folder.join(slug);
    let source = Source::Bytes(files::read(&folder.join("products.csv"))?);
    let file = ImportFile { name: "products.csv".to_owned(), source, folder: Some(folder) };
    let report = import(&ctx, chance::store_id(slug), media, file, ImportOptions::default())
        .await
        .map_err(|refusal| SeedError::Import { slug, refusal })?;
    if report.refused > 0 {
        return Err(SeedError::Rows { slug, report: report.to_string() });
    }
    Ok(report.created + report.updated)
}
