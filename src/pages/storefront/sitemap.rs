//! Every address of a shop that a search engine should know.

use crate::{ctx::Ctx, error::AppError, kernel::id::StoreId};
use chrono::{DateTime, Utc};

/// A sitemap may list this many; a larger shop shows its newest.
const MOST: i64 = 20_000;

/// A page and when it last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Without language prefix.
    pub path: String,
    pub changed_at: DateTime<Utc>,
}

/// Categories that have products, then products, newest first. One statement.
pub async fn load(ctx: &Ctx, store: StoreId) -> Result<Vec<SitemapEntry>, AppError> {
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"(select '/c/' || c.slug as "path!", max(p.updated_at) as "changed_at!"
            from categories c
            join products p on p.tenant_id = $1 and p.category_id = c.id and p.store_id = $2 and p.status = 'active'
            where c.tenant_id = $1
              and c.is_active
            group by c.slug
            order by c.slug
            limit 1000)
           union all
           (select '/p/' || p.slug, p.updated_at
            from products p
            where p.tenant_id = $1
              and p.store_id = $2
              and p.status = 'active'
            order by p.created_at desc, p.id
            limit $3)"#,
        tx.tenant(),
        store.uuid(),
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| SitemapEntry { path: row.path, changed_at: row.changed_at }).collect())
}
