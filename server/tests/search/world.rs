//! Two merchants, and goods put on the first one's shelf past the forms.

use duka::{
    catalog::search_text,
    ctx::Platform,
    db::testing::{Shop, TestDb},
    jobs::worker::drain,
    kernel::{clock::Clock, id::ProductId},
    pages::dashboard::products::{ProductFilter, load},
};
use server::{mailer::Mailer, worker::Registry};
use sqlx::AssertSqlSafe;
use std::sync::Arc;

pub struct World {
    pub platform: Arc<Platform>,
    pub ours: Shop,
    pub theirs: Shop,
    // Last: the database is dropped when nothing uses it any more.
    pub db: TestDb,
}

impl World {
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let db = TestDb::new().await;
        let platform = db.platform_with(Clock::system(), "http://127.0.0.1:9");
        let (ours, theirs) = (db.seed_shop(&platform, "ours").await, db.seed_shop(&platform, "theirs").await);
        Self { platform, ours, theirs, db }
    }

    pub async fn sql(&self, statement: &str) {
        let mut everything = self.db.superuser().await;
        sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut everything).await.unwrap();
    }

    /// A product on sale with one variant; `more` are columns and `values` what stands in them.
    pub async fn add(&self, name: &str, sku: &str, more: &str, values: &str) -> ProductId {
        let product = ProductId::mint();
        let (tenant, store) = (self.ours.tenant, self.ours.store);
        let comma = if more.is_empty() { "" } else { ", " };
        self.sql(&format!(
            "insert into products (tenant_id, id, store_id, name, slug, status{comma}{more})
             values ('{tenant}', '{product}', '{store}', '{name}', '{product}', 'active'{comma}{values});
             insert into product_variants (tenant_id, product_id, sku) values ('{tenant}', '{product}', nullif('{sku}', ''))"
        ))
        .await;
        search_text::renew_missing(&self.ours.ctx).await.unwrap();
        product
    }

    /// Names of the products that our dashboard finds, in order.
    pub async fn find(&self, words: &str) -> Vec<String> {
        let page = load(&self.ours.ctx, ProductFilter { words: words.into(), page: 1, ..ProductFilter::default() })
            .await
            .unwrap();
        page.rows.into_iter().map(|row| row.name).collect()
    }

    pub async fn work(&self) {
        let mailer = Mailer::folder(std::env::temp_dir().join("duka-no-mails"), "Duka <no-reply@localhost>").unwrap();
        drain(&self.db.worker, Arc::new(Registry::new(self.platform.clone(), mailer))).await.unwrap();
    }
}
