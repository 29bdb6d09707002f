//! Loads what surrounds a page: the store and its categories, in one statement.

use super::{Elsewhere, PageLink, Retired, ShopFrame};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{id::StoreId, locale::Locale, phone::Phone},
    pages::storefront::{
        parts::{CategoryLink, Picture},
        policy::PolicyKind,
        rows::currency,
    },
    pricing::{
        rule::{Rule, RuleRow},
        shop_price, stored,
    },
    seo::store_seo::StoreSeo,
    tenancy::store_logo::Logo,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// Which page of which shop somebody asks for, and in which language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Visit {
    pub store: StoreId,
    pub locale: Locale,
    /// Scheme and host without a slash at the end; from the settings and the hosts that are ours, never from a header.
    pub origin: String,
    /// The page's path without language prefix, with the query that belongs to it.
    pub path: String,
    /// The folder of the built site.
    pub assets: String,
    /// Pictures come when they are tapped.
    pub is_light: bool,
}

/// A page that may be kept, with how the shop stood before its parts were read: what it shows is never older than that.
#[derive(Clone, Debug)]
pub struct Loaded<P> {
    pub frame: ShopFrame,
    pub page: P,
    pub version: Standing,
}

/// How the shop stands while a page is drawn: the catalogue's number, and the discounts that need no code.
#[derive(Clone, Debug)]
pub struct Standing {
    pub catalogue: i64,
    /// Those that are in force or will be.
    pub rules: Vec<Rule>,
    /// When the next post or plain page becomes one that is read.
    pub next_page: Option<DateTime<Utc>>,
}

impl Standing {
    /// The moment at which a price begins or ends by itself, or a page is published; what was drawn before is not right
    /// after it.
    pub fn until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        [shop_price::next_boundary(&self.rules, now), self.next_page].into_iter().flatten().min()
    }
}

#[derive(Debug, Deserialize)]
struct LinkRow {
    name: String,
    slug: String,
}

/// The frame alone, for pages that load the rest by themselves.
pub async fn load(ctx: &Ctx, visit: &Visit) -> Result<ShopFrame, AppError> {
    let mut tx = ctx.tx().await?;
    Ok(load_frame(&mut tx, visit).await?.0)
}

/// An address of a product, a category or something written that leads nowhere now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing<'a> {
    Product(&'a str),
    Category(&'a str),
    Written(&'a str),
}

/// The frame for saying that something is not here, and what is known of where it went.
pub async fn load_for_missing(
    ctx: &Ctx,
    visit: &Visit,
    missing: Missing<'_>,
) -> Result<(ShopFrame, Elsewhere), AppError> {
    let mut tx = ctx.tx().await?;
    let (frame, _, elsewhere) = read(&mut tx, visit, Some(missing)).await?;
    Ok((frame, elsewhere))
}

/// The number that tells cached pages from today's.
pub async fn catalogue_version(ctx: &Ctx) -> Result<i64, AppError> {
    let mut tx = ctx.tx().await?;
    let version = sqlx::query_scalar!("select catalogue_version from tenants where id = $1", tx.tenant())
        .fetch_optional(tx.conn())
        .await?;
    version.ok_or(AppError::NotFound)
}

/// The frame and how the shop stands. It comes before everything else that a page reads.
pub(in crate::pages::storefront) async fn load_frame(
    tx: &mut TenantTx,
    visit: &Visit,
) -> Result<(ShopFrame, Standing), AppError> {
    let (frame, standing, _) = read(tx, visit, None).await?;
    Ok((frame, standing))
}

async fn read(
    tx: &mut TenantTx,
    visit: &Visit,
    missing: Option<Missing<'_>>,
) -> Result<(ShopFrame, Standing, Elsewhere), AppError> {
    let (product, category, written) = match missing {
        Some(Missing::Product(slug)) => (Some(slug), None, None),
        Some(Missing::Category(slug)) => (None, Some(slug), None),
        Some(Missing::Written(slug)) => (None, None, Some(slug)),
        None => (None, None, None),
    };
    // One product of each category is looked for, whatever a merchant has. It is looked for by a range of one, since the
    // planner takes an equal one to be among the first of all products, and reads them all when the category is empty.
    let row = sqlx::query!(
        r#"with recursive shelf as (
               select c.id, c.id as top
               from categories c
               where c.tenant_id = $1
                 and c.parent_id is null
                 and c.is_active
               union all
               select k.id, above.top
               from shelf above
               join categories k on k.tenant_id = $1 and k.parent_id = above.id and k.is_active
           )
           select s.name, s.tagline, s.theme_color, s.logo, s.primary_contact_phone, s.whatsapp_number, s.nairobi_area, s.address,
                  s.contact_email, s.delivery_contact_name, s.delivery_contact_phone, s.vat_number, s.seo_settings,
                  t.whatsapp_number as business_whatsapp, 'sw' = any (s.languages) as "offers_swahili!",
                  coalesce(s.delivery_policy, '') <> '' as "has_delivery!",
                  coalesce(s.returns_policy, '') <> '' as "has_returns!",
                  coalesce(s.privacy_notice, '') <> '' as "has_privacy!",
                  t.catalogue_version, s.default_currency,
                  coalesce((
                      select jsonb_agg(live.rule)
                      from (
                          select to_jsonb(r) as rule
                          from price_rules r
                          where r.tenant_id = $1
                            and r.is_active
                            and not r.needs_code
                            and (r.ends_at is null or r.ends_at > now())
                          order by r.id
                          limit 200
                      ) live
                  ), '[]') as "rules!: Json<Vec<RuleRow>>",
                  coalesce((
                      select jsonb_agg(jsonb_build_object('name', shown.name, 'slug', shown.slug) order by shown.position, shown.name)
                      from (
                          select c.name, c.slug, c.position
                          from categories c
                          where c.tenant_id = $1
                            and c.is_active
                            and c.parent_id is null
                            and exists (
                                select 1
                                from shelf k
                                cross join lateral (
                                    select 1
                                    from products p
                                    where p.tenant_id = $1
                                      and p.category_id between k.id and k.id
                                      and p.status = 'active'
                                      and p.store_id = $2
                                    limit 1
                                ) sold
                                where k.top = c.id
                            )
                          order by c.position, c.name
                          limit 24
                      ) shown
                  ), '[]') as "categories!: Json<Vec<LinkRow>>",
                  exists (
                      select
                      from seo_pages w
                      where w.tenant_id = $1
                        and w.type = 'blog'
                        and w.published_at <= now()
                  ) as "has_blog!",
                  coalesce((
                      select jsonb_agg(jsonb_build_object('title', plain.title, 'slug', plain.slug) order by plain.published_at, plain.slug)
                      from (
                          select w.title, w.slug, w.published_at
                          from seo_pages w
                          where w.tenant_id = $1
                            and w.type = 'page'
                            and w.published_at <= now()
                          order by w.published_at, w.slug
                          limit 12
                      ) plain
                  ), '[]') as "pages!: Json<Vec<PageLink>>",
                  (select min(w.published_at)
                   from seo_pages w
                   where w.tenant_id = $1
                     and w.type in ('blog', 'page')
                     and w.published_at > now()) as next_page,
                  coalesce((
                      select '/p/' || p.slug
                      from products p
                      where p.tenant_id = $1
                        and p.store_id = $2
                        and p.status = 'active'
                        and p.slug = lower($3::text)
                        and p.slug <> $3
                  ), (
                      select '/p/' || p.slug
                      from former_product_slugs f
                      join products p on p.tenant_id = $1 and p.id = f.product_id and p.store_id = $2 and p.status = 'active'
                      where f.tenant_id = $1
                        and f.slug in ($3, lower($3))
                      order by f.slug = $3 desc
                      limit 1
                  ), (
                      select '/c/' || c.slug
                      from categories c
                      where c.tenant_id = $1
                        and c.is_active
                        and c.slug = lower($4::text)
                        and c.slug <> $4
                  ), (
                      select '/c/' || c.slug
                      from former_category_slugs f
                      join categories c on c.tenant_id = $1 and c.id = f.category_id and c.is_active
                      where f.tenant_id = $1
                        and f.slug in ($4, lower($4))
                      order by f.slug = $4 desc
                      limit 1
                  ), (
                      select case w.type when 'blog' then '/blog/' else '/pages/' end || w.slug
                      from seo_pages w
                      where w.tenant_id = $1
                        and w.type in ('blog', 'page')
                        and w.published_at <= now()
                        and w.slug = lower($5::text)
                        and w.slug <> $5
                  ), (
                      select case w.type when 'blog' then '/blog/' else '/pages/' end || w.slug
                      from former_page_slugs f
                      join seo_pages w on w.tenant_id = $1 and w.id = f.page_id and w.published_at <= now()
                      where f.tenant_id = $1
                        and f.slug in ($5, lower($5))
                      order by f.slug = $5 desc
                      limit 1
                  )) as moved_to,
                  (select jsonb_build_object(
                              'name', p.name,
                              'category', (
                                  select jsonb_build_object('name', c.name, 'slug', c.slug)
                                  from shelf k
                                  join categories c on c.tenant_id = $1 and c.id = k.id
                                  where k.id = p.category_id
                                  limit 1
                              ),
                              'others', (
                                  select coalesce(jsonb_agg(jsonb_build_object('name', o.name, 'slug', o.slug)), '[]')
                                  from (
                                      select n.name, n.slug
                                      from products n
                                      where n.tenant_id = $1
                                        and n.store_id = $2
                                        and n.status = 'active'
                                        and n.category_id = p.category_id
                                        and exists (
                                            select 1
                                            from product_variants v
                                            where v.tenant_id = $1
                                              and v.product_id = n.id
                                              and v.is_active
                                        )
                                      order by n.created_at desc, n.id
                                      limit 4
                                  ) o
                              )
                          )
                   from products p
                   where p.tenant_id = $1
                     and p.store_id = $2
                     and p.slug = $3
                     and p.status = 'archived') as "retired: Json<Retired>"
           from stores s
           join tenants t on t.id = $1
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        visit.store.uuid(),
        product,
        category,
        written
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let phone = row.primary_contact_phone.filter(|typed| !typed.trim().is_empty());
    let whatsapp = row
        .whatsapp_number
        .as_deref()
        .or(row.business_whatsapp.as_deref())
        .or(phone.as_deref())
        .and_then(Phone::parse)
        .map(|phone| phone.msisdn().to_owned());
    let readable = |typed: String| Phone::parse(&typed).map_or(typed, |phone| phone.display());
    let policies = [
        (PolicyKind::Delivery, row.has_delivery),
        (PolicyKind::Returns, row.has_returns),
        (PolicyKind::Privacy, row.has_privacy),
    ];
    // One that cannot be read is no reason to show no shop.
    let logo = row.logo.and_then(|logo| serde_json::from_value::<Logo>(logo).ok()).map(|logo| Picture {
        base: logo.url,
        widths: logo.widths,
        width: logo.width,
        height: logo.height,
        alt: row.name.clone(),
        placeholder: None,
    });
    let frame = ShopFrame {
        logo,
        name: row.name,
        tagline: row.tagline,
        theme_color: row.theme_color,
        contact_phone: phone.map(readable),
        contact_email: row.contact_email,
        delivery_phone: row.delivery_contact_phone.map(readable),
        delivery_name: row.delivery_contact_name,
        vat_number: row.vat_number,
        policies: policies.into_iter().filter(|(_, is_there)| *is_there).map(|(kind, _)| kind).collect(),
        pages: row.pages.0,
        has_blog: row.has_blog,
        offers_swahili: row.offers_swahili,
        whatsapp,
        area: row.nairobi_area,
        address: row.address,
        categories: row
            .categories
            .0
            .into_iter()
            .map(|link| CategoryLink { name: link.name, slug: link.slug })
            .collect(),
        seo: StoreSeo::stored(&row.seo_settings),
        locale: visit.locale,
        origin: visit.origin.clone(),
        path: visit.path.clone(),
        assets: visit.assets.clone(),
        is_light: visit.is_light,
    };
    let rules = stored::read_rules(row.rules.0, currency(&row.default_currency)?);
    let elsewhere = match (row.moved_to, row.retired) {
        (Some(path), _) => Elsewhere::Moved(path),
        (None, Some(retired)) => Elsewhere::Retired(retired.0),
        (None, None) => Elsewhere::Nowhere,
    };
    Ok((frame, Standing { catalogue: row.catalogue_version, rules, next_page: row.next_page }, elsewhere))
}
