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

/// Categories that have products, then products and what the merchant has written, newest first. One statement.
pub async fn load(ctx: &Ctx, store: StoreId) -> Result<Vec<SitemapEntry>, AppError> {
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"with recursive shelf as (
               select c.id
               from categories c
               where c.tenant_id = $1
                 and c.parent_id is null
                 and c.is_active
               union all
               select k.id
               from shelf above
               join categories k on k.tenant_id = $1 and k.parent_id = above.id and k.is_active
           )
           (select '/c/' || c.slug as "path!", max(p.updated_at) as "changed_at!"
            from shelf
            join categories c on c.tenant_id = $1 and c.id = shelf.id
            join products p on p.tenant_id = $1 and p.category_id = c.id and p.store_id = $2 and p.status = 'active'
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
            limit $3)
           union all
           (select case w.type when 'blog' then '/blog/' else '/pages/' end || w.slug, greatest(w.updated_at, w.published_at)
            from seo_pages w
            where w.tenant_id = $1
              and w.type in ('blog', 'page')
              and w.is_indexable
              and w.published_at <= now()
            order by w.published_at desc, w.id
            limit 1000)"#,
        tx.tenant(),
        store.uuid(),
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| SitemapEntry { path: row.path, changed_at: row.changed_at }).collect())
}
