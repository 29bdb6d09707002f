//! Loads what a merchant has written: frame and words; two statements. What is not due yet is not found.

use super::{BlogPage, PostCard, WrittenPage};
use crate::{
    content::{PageKind, PagePicture},
    ctx::Ctx,
    error::AppError,
    kernel::local_time::LocalDay,
    pages::storefront::{
        frame::{Loaded, Visit, load_frame},
        rows::count,
    },
    seo::meta,
};
use chrono::{DateTime, SecondsFormat, Utc};
use sqlx::types::Json;

/// Posts on one page of the list.
pub const PER_PAGE: u32 = 12;
/// Nobody turns more pages by hand.
const LAST_PAGE: u32 = 500;

/// One page of the blog. A blog without posts, and a page past the end, are not found.
pub async fn load_blog(ctx: &Ctx, visit: &Visit, number: u32) -> Result<Loaded<BlogPage>, AppError> {
    let number = number.clamp(1, LAST_PAGE);
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    // The bodies of those only that are shown are opened.
    let rows = sqlx::query!(
        r#"with shown as (
               select w.id, w.published_at, count(*) over () as total
               from seo_pages w
               where w.tenant_id = $1
                 and w.type = 'blog'
                 and w.published_at <= now()
               order by w.published_at desc, w.id
               limit $2
               offset $3
           )
           select p.title, p.slug, coalesce(p.meta_description, left(p.body, 2000)) as "summary!",
                  (shown.published_at at time zone t.timezone)::date as "published!", shown.total as "total!"
           from shown
           join seo_pages p on p.tenant_id = $1 and p.id = shown.id
           join tenants t on t.id = $1
           order by shown.published_at desc, shown.id"#,
        tx.tenant(),
        i64::from(PER_PAGE),
        i64::from((number - 1) * PER_PAGE)
    )
    .fetch_all(tx.conn())
    .await?;
    let total = rows.first().map(|row| count(row.total)).ok_or(AppError::NotFound)?;
    let posts = rows
        .into_iter()
        .map(|row| PostCard {
            title: row.title,
            slug: row.slug,
            summary: meta::description(&row.summary),
            published: LocalDay::from(row.published),
        })
        .collect();
    Ok(Loaded { frame, page: BlogPage { posts, number, page_count: total.div_ceil(PER_PAGE).max(1) }, version })
}

/// The post or plain page of this address.
pub async fn load(ctx: &Ctx, visit: &Visit, kind: PageKind, slug: &str) -> Result<Loaded<WrittenPage>, AppError> {
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    let row = sqlx::query!(
        r#"select p.title, p.body, p.meta_description, p.is_indexable, p.published_at as "published_at!", p.updated_at,
                  (p.published_at at time zone t.timezone)::date as "published!",
                  coalesce((
                      select jsonb_agg(to_jsonb(seen) order by seen.number)
                      from (
                          select i.id, i.number, i.alt_text, i.media_key, i.widths, i.width, i.height, i.placeholder
                          from page_pictures i
                          where i.tenant_id = $1
                            and i.page_id = p.id
                          order by i.number
                          limit 100
                      ) seen
                  ), '[]') as "pictures!: Json<Vec<PagePicture>>"
           from seo_pages p
           join tenants t on t.id = $1
           where p.tenant_id = $1
             and p.type = $2
             and p.slug = $3
             and p.published_at <= now()"#,
        tx.tenant(),
        kind.as_str(),
        slug
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let page = WrittenPage {
        kind,
        title: row.title,
        html: row.body,
        pictures: row.pictures.0,
        summary: row.meta_description,
        is_indexable: row.is_indexable,
        published: LocalDay::from(row.published),
        published_at: said(row.published_at),
        // What was written before its day has not changed since.
        changed_at: said(row.updated_at.max(row.published_at)),
    };
    Ok(Loaded { frame, page, version })
}

fn said(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
