//! Every page of a shop that a search engine should know: found, kept in files, and handed out.
//!
//! Files hold paths and times only, so an own domain or another language needs no new ones.

use super::{
    area_page,
    sitemap_entry::{PER_FILE, SitemapEntry, file, read, write},
    store_seo::StoreSeo,
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{access::Permission, id::StoreId, slug::Slug},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use std::collections::BTreeSet;

/// Products of a shop that are listed; a larger shop shows its newest.
const MOST: i64 = 200_000;

/// A file of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitemapFile {
    /// Without the shop's origin.
    pub path: String,
    /// When what it lists was last something else.
    pub changed_at: Option<DateTime<Utc>>,
}

/// The files of a shop. One that nobody has written yet is said to be there: it is found when it is asked for.
/// "Not found" for a shop that search engines may not list.
pub async fn files(ctx: &Ctx, store: StoreId) -> Result<Vec<SitemapFile>, AppError> {
    let mut tx = ctx.tx().await?;
    let rows = sqlx::query!(
        r#"select s.seo_settings, m.path as "path?", m.last_generated_at as "changed_at?"
           from stores s
           left join sitemaps m on m.tenant_id = $1 and m.store_id = s.id
           where s.tenant_id = $1
             and s.id = $2
           order by length(m.path), m.path
           limit 100"#,
        tx.tenant(),
        store.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let seo = rows.first().map(|row| StoreSeo::stored(&row.seo_settings)).ok_or(AppError::NotFound)?;
    if !seo.is_indexable {
        return Err(AppError::NotFound);
    }
    let kept: Vec<SitemapFile> =
        rows.into_iter().filter_map(|row| Some(SitemapFile { path: row.path?, changed_at: row.changed_at })).collect();
    Ok(if kept.is_empty() { vec![SitemapFile { path: file(1), changed_at: None }] } else { kept })
}

/// What a file lists. The first of a shop whose files nobody has written yet is found now.
pub async fn entries(ctx: &Ctx, store: StoreId, path: &str) -> Result<Vec<SitemapEntry>, AppError> {
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select s.seo_settings, m.entries as "entries?"
           from stores s
           left join sitemaps m on m.tenant_id = $1 and m.store_id = s.id and m.path = $3
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid(),
        path
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if !StoreSeo::stored(&row.seo_settings).is_indexable {
        return Err(AppError::NotFound);
    }
    match row.entries {
        Some(text) => Ok(read(&text)),
        None if path == file(1) => {
            let mut found = find(&mut tx, store, ctx.now()).await?;
            found.truncate(PER_FILE);
            Ok(found)
        }
        None => Err(AppError::NotFound),
    }
}

/// Writes the files of every open shop whose catalogue has moved since they were written. Answers how many shops.
pub async fn renew_due(ctx: &Ctx) -> Result<usize, AppError> {
    ctx.require(Permission::EditStore)?;
    let mut tx = ctx.tx().await?;
    let due = sqlx::query!(
        r#"select s.id, t.catalogue_version
           from tenants t
           join stores s on s.tenant_id = $1 and s.is_live
           where t.id = $1
             and t.status = 'active'
             and not exists (
                 select 1
                 from sitemaps m
                 where m.tenant_id = $1
                   and m.store_id = s.id
                   and m.catalogue_version = t.catalogue_version
                   and not exists (
                       select 1
                       from seo_pages w
                       where w.tenant_id = $1
                         and w.is_indexable
                         and w.published_at > m.last_generated_at
                         and w.published_at <= $2
                   )
             )
           order by s.id
           limit 200"#,
        tx.tenant(),
        ctx.now()
    )
    .fetch_all(tx.conn())
    .await?;
    drop(tx);
    for store in &due {
        let mut tx = ctx.tx().await?;
        let found = find(&mut tx, store.id.into(), ctx.now()).await?;
        keep(&mut tx, store.id.into(), &found, store.catalogue_version, ctx.now()).await?;
        tx.commit().await?;
    }
    Ok(due.len())
}

async fn keep(
    tx: &mut TenantTx,
    store: StoreId,
    found: &[SitemapEntry],
    version: i64,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    // A shop without a page still has a file, or it would be due for ever.
    let parts: Vec<&[SitemapEntry]> = if found.is_empty() { vec![found] } else { found.chunks(PER_FILE).collect() };
    let paths: Vec<String> = (1..=parts.len()).map(file).collect();
    let texts: Vec<String> = parts.iter().map(|part| write(part)).collect();
    let counts: Vec<i32> = parts.iter().map(|part| i32::try_from(part.len()).unwrap_or(i32::MAX)).collect();
    sqlx::query!(
        "insert into sitemaps (tenant_id, store_id, path, entries, item_count, catalogue_version, last_generated_at)
         select $1, $2, f.path, f.entries, f.item_count, $6, $7
         from unnest($3::text[], $4::text[], $5::int[]) as f (path, entries, item_count)
         on conflict on constraint sitemaps_path_unique do update
         set last_generated_at = case when sitemaps.entries = excluded.entries then sitemaps.last_generated_at
                                      else excluded.last_generated_at end,
             entries = excluded.entries, item_count = excluded.item_count,
             catalogue_version = excluded.catalogue_version, updated_at = excluded.last_generated_at",
        tx.tenant(),
        store.uuid(),
        &paths,
        &texts,
        &counts,
        version,
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "delete from sitemaps
         where tenant_id = $1
           and store_id = $2
           and path <> all ($3::text[])",
        tx.tenant(),
        store.uuid(),
        &paths
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[derive(Debug, Deserialize)]
struct AreaRow {
    area: String,
    changed_at: DateTime<Utc>,
}

/// The front page, what the merchant wrote, areas, categories that have products, then products, newest first.
async fn find(tx: &mut TenantTx, store: StoreId, now: DateTime<Utc>) -> Result<Vec<SitemapEntry>, AppError> {
    let goods = find_goods(tx, store, now).await?;
    let row = sqlx::query!(
        r#"select s.updated_at,
                  coalesce(s.delivery_policy, '') <> '' as "has_delivery!",
                  coalesce(s.returns_policy, '') <> '' as "has_returns!",
                  coalesce(s.privacy_notice, '') <> '' as "has_privacy!",
                  coalesce((
                      select jsonb_agg(jsonb_build_object('area', z.city_area, 'changed_at', z.updated_at) order by z.position, z.city_area)
                      from (
                          select d.city_area, d.updated_at, d.position
                          from delivery_zones d
                          where d.tenant_id = $1
                            and d.is_active
                            and not d.is_collection
                          order by d.position, d.city_area
                          limit 300
                      ) z
                  ), '[]') as "areas!: Json<Vec<AreaRow>>",
                  array(
                      select g.slug
                      from seo_pages g
                      where g.tenant_id = $1
                        and g.type = 'area_landing'
                        and not g.is_indexable
                      order by g.slug
                      limit 1000
                  ) as "hidden!",
                  (select count(*)
                   from (
                       select 1
                       from products p
                       where p.tenant_id = $1
                         and p.store_id = $2
                         and p.status = 'active'
                         and exists (
                             select 1
                             from product_variants v
                             where v.tenant_id = $1
                               and v.product_id = p.id
                               and v.is_active
                               and v.stock_quantity > 0
                         )
                       limit $3
                   ) enough) as "in_stock!"
           from stores s
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid(),
        i64::from(area_page::ENOUGH)
    )
    .fetch_one(tx.conn())
    .await?;
    let newest = goods.iter().map(|entry| entry.changed_at).max().map_or(row.updated_at, |at| at.max(row.updated_at));
    let mut found = vec![SitemapEntry { path: "/".to_owned(), changed_at: newest }];
    let policies = [("delivery", row.has_delivery), ("returns", row.has_returns), ("privacy", row.has_privacy)];
    found.extend(
        policies
            .into_iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(word, _)| SitemapEntry { path: format!("/pages/{word}"), changed_at: row.updated_at }),
    );
    if area_page::is_enough(u32::try_from(row.in_stock).unwrap_or(0)) {
        found.extend(area_entries(&row.areas.0, &row.hidden));
    }
    found.extend(goods);
    Ok(found)
}

/// The list of all areas and the page of each; of two areas that share an address, the first has it.
fn area_entries(areas: &[AreaRow], hidden: &[String]) -> Vec<SitemapEntry> {
    let mut taken: BTreeSet<Slug> = BTreeSet::new();
    let pages = areas.iter().filter_map(|row| {
        let slug = area_page::slug(&row.area)?;
        let is_listed = !hidden.iter().any(|one| one == slug.as_str());
        let entry = SitemapEntry { path: area_page::path(&slug), changed_at: row.changed_at };
        (taken.insert(slug) && is_listed).then_some(entry)
    });
    let pages: Vec<SitemapEntry> = pages.collect();
    let list = areas
        .iter()
        .map(|row| row.changed_at)
        .max()
        .map(|changed_at| SitemapEntry { path: area_page::FOLDER.to_owned(), changed_at });
    list.into_iter().chain(pages).collect()
}

/// Categories, products and what the merchant has written. A category changes with itself and with everything that stands
/// in it, also deeper.
async fn find_goods(tx: &mut TenantTx, store: StoreId, now: DateTime<Utc>) -> Result<Vec<SitemapEntry>, AppError> {
    let rows = sqlx::query!(
        r#"with recursive shelf as (
               select c.id, array[c.id] as way
               from categories c
               where c.tenant_id = $1
                 and c.parent_id is null
                 and c.is_active
               union all
               select k.id, above.way || k.id
               from shelf above
               join categories k on k.tenant_id = $1 and k.parent_id = above.id and k.is_active
               where cardinality(above.way) < 6
           ), goods as (
               select p.category_id, max(p.updated_at) as changed_at
               from products p
               where p.tenant_id = $1
                 and p.store_id = $2
                 and p.status = 'active'
               group by p.category_id
           )
           (select '/c/' || c.slug as "path!", max(greatest(goods.changed_at, c.updated_at)) as "changed_at!"
            from goods
            join shelf on shelf.id = goods.category_id
            cross join lateral unnest(shelf.way) as above (id)
            join categories c on c.tenant_id = $1 and c.id = above.id
            group by c.slug
            order by c.slug
            limit 5000)
           union all
           (select '/p/' || p.slug, p.updated_at
            from products p
            where p.tenant_id = $1
              and p.store_id = $2
              and p.status = 'active'
              and exists (
                  select 1
                  from product_variants v
                  where v.tenant_id = $1
                    and v.product_id = p.id
                    and v.is_active
              )
            order by p.created_at desc, p.id
            limit $3)
           union all
           (select case w.type when 'blog' then '/blog/' else '/pages/' end || w.slug, greatest(w.updated_at, w.published_at)
            from seo_pages w
            where w.tenant_id = $1
              and w.type in ('blog', 'page')
              and w.is_indexable
              and w.published_at <= $4
            order by w.published_at desc, w.id
            limit 1000)"#,
        tx.tenant(),
        store.uuid(),
        MOST,
        now
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| SitemapEntry { path: row.path, changed_at: row.changed_at }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_listed_once_and_not_when_it_is_kept_out() {
        let row = |area: &str, second| AreaRow {
            area: area.to_owned(),
            changed_at: DateTime::from_timestamp(second, 0).unwrap(),
        };
        let areas = [row("Westlands", 10), row("westlands!", 20), row("Karen", 30), row("…", 40)];
        let entries = area_entries(&areas, &["karen".to_owned()]);
        let said: Vec<_> = entries.iter().map(|entry| (entry.path.as_str(), entry.changed_at.timestamp())).collect();
        assert_eq!(said, [("/delivery", 40), ("/delivery/westlands", 10)]);
        assert!(area_entries(&[], &[]).is_empty());
    }
}
