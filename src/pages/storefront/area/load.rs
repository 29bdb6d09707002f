//! Loads where a shop delivers: frame, areas with what is in stock, cards; three statements.

use super::{AreaPage, AreaTerms, AreasPage};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    delivery::{
        bands::Bands,
        zones::{Zone, ZoneRow},
    },
    error::AppError,
    kernel::{id::StoreId, money::Money},
    pages::storefront::{
        cards::load_cards,
        frame::{Loaded, Visit, load_frame},
        rows::currency,
    },
    seo::area_page,
};
use serde::Deserialize;
use sqlx::types::Json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many products an area's page shows.
const SHOWN: i64 = 12;

/// What was written for an area's page.
#[derive(Debug, Deserialize)]
struct WrittenRow {
    title: Option<String>,
    meta_description: Option<String>,
    is_indexable: bool,
}

struct Found {
    zones: Vec<Zone>,
    products: Vec<Uuid>,
    written: Option<WrittenRow>,
}

impl Found {
    fn carries_a_page(&self) -> bool {
        area_page::is_enough(u32::try_from(self.products.len()).unwrap_or(u32::MAX))
    }
}

/// All areas that goods are brought to.
pub async fn load_areas(ctx: &Ctx, visit: &Visit) -> Result<Loaded<AreasPage>, AppError> {
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    let found = find(&mut tx, visit.store, "").await?;
    let mut taken = BTreeSet::new();
    let areas: Vec<AreaTerms> = found
        .zones
        .iter()
        .map(|zone| {
            // Of two areas that share an address, the first has it.
            let slug = area_page::slug(&zone.area).map(|slug| slug.to_string());
            terms(zone, slug.filter(|slug| taken.insert(slug.clone())))
        })
        .collect();
    let is_listed = !areas.is_empty() && found.carries_a_page();
    Ok(Loaded { frame, page: AreasPage { areas, is_listed }, version })
}

/// The area of this address; "not found" when goods are brought to none of that name.
pub async fn load_area(ctx: &Ctx, visit: &Visit, slug: &str) -> Result<Loaded<AreaPage>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    let found = find(&mut tx, visit.store, slug).await?;
    let is_this = |zone: &&Zone| area_page::slug(&zone.area).is_some_and(|own| own.as_str() == slug);
    let zone = found.zones.iter().find(is_this).ok_or(AppError::NotFound)?;
    let mut products = load_cards(&mut tx, &found.products, &version, now).await?;
    // What somebody is about to pay for is in no other's reach.
    products.retain(|card| !card.is_sold_out);
    let is_kept_out = found.written.as_ref().is_some_and(|page| !page.is_indexable);
    let is_listed = found.carries_a_page() && !is_kept_out;
    let (meta_title, meta_description) =
        found.written.map(|page| (page.title, page.meta_description)).unwrap_or_default();
    let page = AreaPage {
        terms: terms(zone, Some(slug.to_owned())),
        also: zone.aliases.clone(),
        products,
        meta_title,
        meta_description,
        is_listed,
    };
    Ok(Loaded { frame, page, version })
}

/// The areas, some products that are in stock, and what was written for the area of this address.
async fn find(tx: &mut TenantTx, store: StoreId, slug: &str) -> Result<Found, AppError> {
    let row = sqlx::query!(
        r#"select s.default_currency,
                  coalesce((
                      select jsonb_agg(to_jsonb(zone) order by zone.position, zone.city_area)
                      from (
                          select z.id, z.city_area, z.aliases, z.fee_cents, z.min_order_cents, z.eta_minutes, z.free_from_cents, z.band_by,
                                 z.bands, z.cut_off_minute, z.is_default, z.is_collection, z.takes_the_rest, z.position
                          from delivery_zones z
                          where z.tenant_id = $1
                            and z.is_active
                            and not z.is_collection
                          order by z.position, z.city_area
                          limit 300
                      ) zone
                  ), '[]') as "zones!: Json<Vec<ZoneRow>>",
                  array(
                      select p.id
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
                      order by p.created_at desc
                      limit $4
                  ) as "products!",
                  (select to_jsonb(page)
                   from (
                       select g.title, g.meta_description, g.is_indexable
                       from seo_pages g
                       where g.tenant_id = $1
                         and g.slug = $3
                         and g.type = 'area_landing'
                         and (g.published_at is not null or not g.is_indexable)
                   ) page) as "written: Json<WrittenRow>"
           from stores s
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid(),
        slug,
        SHOWN
    )
    .fetch_one(tx.conn())
    .await?;
    let currency = currency(&row.default_currency)?;
    Ok(Found {
        zones: row.zones.0.into_iter().map(|zone| zone.zone(currency)).collect(),
        products: row.products,
        written: row.written.map(|page| page.0),
    })
}

fn terms(zone: &Zone, slug: Option<String>) -> AreaTerms {
    let steps = zone.bands.as_ref().map(Bands::steps).unwrap_or_default();
    let fees = || steps.iter().map(|step| step.fee_cents).chain([zone.fee.minor()]);
    let amount = |cents: Option<i64>| cents.map_or(zone.fee, |cents| Money::new(cents, zone.fee.currency()));
    AreaTerms {
        area: zone.area.clone(),
        slug,
        fee: amount(fees().min()),
        highest_fee: amount(fees().max()),
        rises: steps.iter().any(|step| step.further_cents > 0),
        free_from: zone.free_from,
        minimum: zone.minimum,
        eta_minutes: zone.eta_minutes,
        cut_off: zone.cut_off,
    }
}
