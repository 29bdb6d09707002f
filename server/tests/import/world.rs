//! One shop on a database of its own, and what its catalogue holds.

use std::{path::PathBuf, sync::Arc};

use chrono::{DateTime, TimeZone as _, Utc};
use duka::{
    catalog::{
        import::{ImportFile, ImportOptions, ImportRefusal, ImportReport, Rate, Source, import},
        media::MediaStore,
    },
    db::testing::{Shop, TestDb},
};
use sqlx::{AssertSqlSafe, PgConnection};

pub struct World {
    pub db: TestDb,
    pub shop: Shop,
    pub media: MediaStore,
    /// A folder of this test's own.
    pub folder: PathBuf,
}

/// What a test counts: products, variants, pieces in the house, pieces by the ledger, pictures, categories, runs.
#[derive(Debug, PartialEq, Eq)]
pub struct Counts {
    pub products: i64,
    pub variants: i64,
    pub pieces: i64,
    pub ledger: i64,
    pub pictures: i64,
    pub categories: i64,
    pub runs: i64,
}

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 4, 2, 11, 30, 5).unwrap()
}

impl World {
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let db = TestDb::new().await;
        let platform = db.platform(now(), "http://127.0.0.1:9");
        let shop = db.seed_shop(&Arc::clone(&platform), "mama-njeri").await;
        let folder = std::env::temp_dir().join(format!("duka-import-{}", shop.tenant));
        std::fs::create_dir_all(&folder).unwrap();
        let media = MediaStore::open(&format!("file://{}", folder.join("media").display())).unwrap();
        Self { db, shop, media, folder }
    }

    pub async fn bring(&self, text: &str) -> ImportReport {
        self.bring_with(text.as_bytes(), ImportOptions::default()).await.unwrap()
    }

    pub async fn bring_with(&self, bytes: &[u8], options: ImportOptions) -> Result<ImportReport, ImportRefusal> {
        let source = Source::Bytes(bytes.to_vec());
        let file = ImportFile { name: "products.csv".to_owned(), source, folder: Some(self.folder.clone()) };
        import(&self.shop.ctx, self.shop.store, &self.media, file, options).await
    }

    /// Without the product that every test shop begins with.
    pub async fn counts(&self) -> Counts {
        let row: (i64, i64, i64, i64, i64, i64, i64) = self
            .ask(&format!(
                "select (select count(*) from products where id <> '{kikoi}'),
                        (select count(*) from product_variants where product_id <> '{kikoi}'),
                        (select coalesce(sum(stock_quantity), 0) from product_variants where product_id <> '{kikoi}'),
                        (select coalesce(sum(change), 0) from inventory_movements where product_id <> '{kikoi}'),
                        (select count(*) from product_images),
                        (select count(*) from categories),
                        (select count(*) from import_runs)",
                kikoi = self.shop.product
            ))
            .await;
        let (products, variants, pieces, ledger, pictures, categories, runs) = row;
        Counts { products, variants, pieces, ledger, pictures, categories, runs }
    }

    /// One row, seen by somebody who sees everything.
    pub async fn ask<R>(&self, sql: &str) -> R
    where
        R: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin,
    {
        let mut connection: PgConnection = self.db.superuser().await;
        sqlx::query_as(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await.unwrap()
    }

    /// Every row of any table that an import may touch, as one text.
    pub async fn everything(&self) -> String {
        let tables = ["products", "product_variants", "product_images", "categories", "inventory_movements", "tenants"];
        let each = tables
            .map(|table| format!("(select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from {table} t)"));
        let (text,): (String,) = self.ask(&format!("select concat_ws(E'\\n--\\n', {})", each.join(", "))).await;
        text
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The folder of the three real product files.
pub fn real_files() -> Option<PathBuf> {
    let folder = std::env::var_os("DUKA_REAL_FILES").map(PathBuf::from);
    if folder.is_none() {
        println!("SKIPPED: DUKA_REAL_FILES names no folder with the three real product files");
    }
    folder
}

pub fn at_rate(rate: &str) -> ImportOptions {
    ImportOptions { rate: Some(Rate::parse(rate).unwrap()), ..ImportOptions::default() }
}

/// `line`, outcome and messages of every row, as a person reads them.
pub fn rows(report: &ImportReport) -> Vec<String> {
    report
        .rows
        .iter()
        .map(|row| {
            let said: Vec<String> = row.messages.iter().map(ToString::to_string).collect();
            format!("{} {} {}", row.line, row.outcome.as_str(), said.join("; ")).trim_end().to_owned()
        })
        .collect()
}
