//! A merchant's pages and posts with where each stands, drafts first.

use crate::{
    content::{MOST_PAGES, PageKind, PageState},
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, id::PageId, local_time::LocalTime},
};

/// A page in the list.
#[derive(Clone, Debug)]
pub struct PageRow {
    pub id: PageId,
    pub kind: PageKind,
    pub title: String,
    pub state: PageState,
    /// From when on it is read, by the shop's clock.
    pub published: Option<LocalTime>,
}

/// Everything that was written.
pub async fn list(ctx: &Ctx) -> Result<Vec<PageRow>, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        "select p.id, p.type as kind, p.title, p.published_at, (p.published_at at time zone t.timezone) as published
         from seo_pages p
         join tenants t on t.id = $1
         where p.tenant_id = $1
           and p.type in ('blog', 'page')
         order by (p.published_at is null) desc, p.published_at desc, p.created_at desc, p.id
         limit $2",
        tx.tenant(),
        MOST_PAGES
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(PageRow {
                id: row.id.into(),
                kind: PageKind::parse(&row.kind)?,
                title: row.title,
                state: PageState::of(row.published_at, ctx.now()),
                published: row.published.map(LocalTime::from),
            })
        })
        .collect())
}
