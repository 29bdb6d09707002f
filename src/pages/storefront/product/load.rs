//! Loads a product's page: frame, product with everything of its own, others like it; three statements.

use super::{Availability, ProductOption, ProductPage, VariantChoice};
use crate::{
    catalog::{product::Seo, was_price::PriceStep},
    ctx::Ctx,
    error::AppError,
    kernel::{
        id::{CategoryId, VariantId},
        money::Money,
    },
    pages::storefront::{
        cards::load_cards,
        frame::{Loaded, Visit, load_frame},
        parts::{CategoryLink, Picture},
        rows::{AreaRow, PictureRow, Shown, available, count, currency},
    },
};
use serde::Deserialize;
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Debug, Deserialize)]
struct VariantRow {
    id: Uuid,
    name: String,
    sku: Option<String>,
    price_cents: i64,
    was_cents: Option<i64>,
    stock: i32,
    held: i64,
    attributes: BTreeMap<String, serde_json::Value>,
    image_id: Option<Uuid>,
    history: Vec<PriceStep>,
}

/// A category that the product is under, from the top one down.
#[derive(Debug, Deserialize)]
struct WayRow {
    id: Uuid,
    #[serde(flatten)]
    link: CategoryLink,
    is_active: bool,
}

#[derive(Debug, Deserialize)]
struct ImageRow {
    id: Uuid,
    variant_id: Option<Uuid>,
    #[serde(flatten)]
    picture: PictureRow,
}

/// "Not found" for what is not sold here. `wanted` is the variant to show first, if it is one of them.
pub async fn load(
    ctx: &Ctx,
    visit: &Visit,
    slug: &str,
    wanted: Option<VariantId>,
) -> Result<Loaded<ProductPage>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    let row = sqlx::query!(
        r#"select p.id, p.name, p.slug, p.brand, p.description, p.currency, p.option_names, p.seo as "seo: Json<Seo>",
                  (select jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name, 'slug', w.slug, 'is_active', w.is_active)
                                    order by w.height desc)
                   from categories_above($1, p.category_id) w) as "way: Json<Vec<WayRow>>",
                  coalesce((
                      select jsonb_agg(to_jsonb(shown) - 'position' order by shown.position, shown.id)
                      from (
                          select v.id, v.name, v.sku, v.price_cents, v.compare_at_price_cents as was_cents, v.position,
                                 v.stock_quantity as stock, v.attributes, v.image_id,
                                 (select held.pieces from pieces_held($1, v.id, $4) as held (pieces)) as held,
                                 coalesce((
                                     select jsonb_agg(to_jsonb(step) order by step.starts_at desc)
                                     from (
                                         select h.price_cents, h.starts_at, h.is_charged
                                         from price_history h
                                         where h.tenant_id = $1
                                           and h.variant_id = v.id
                                         order by h.starts_at desc
                                         limit 50
                                     ) step
                                 ), '[]') as history
                          from product_variants v
                          where v.tenant_id = $1
                            and v.product_id = p.id
                            and v.is_active
                          order by v.position, v.id
                          limit 250
                      ) shown
                  ), '[]') as "variants!: Json<Vec<VariantRow>>",
                  coalesce((
                      select jsonb_agg(to_jsonb(seen) - 'position' order by seen.position, seen.id)
                      from (
                          select i.id, i.variant_id, i.url, i.widths, i.width, i.height, i.placeholder, i.alt_text, i.position
                          from product_images i
                          where i.tenant_id = $1
                            and i.product_id = p.id
                          order by i.position, i.id
                          limit 30
                      ) seen
                  ), '[]') as "images!: Json<Vec<ImageRow>>",
                  (select to_jsonb(zone) from usual_delivery($1) zone) as "zone: Json<AreaRow>",
                  (select count(*) from delivery_zones z where z.tenant_id = $1 and z.is_active) as "area_count!",
                  coalesce((
                      select jsonb_agg(to_jsonb(told) order by told.is_default desc, told.position, told.area)
                      from (
                          select z.city_area as area, z.name as "group", z.min_order_cents, z.eta_minutes, z.bands <> '[]' as has_steps,
                                 least(z.fee_cents, (select min((step ->> 1)::bigint) from jsonb_array_elements(z.bands) step)) as fee_cents,
                                 z.is_default, z.position
                          from delivery_zones z
                          where z.tenant_id = $1
                            and z.is_active
                            and not z.is_collection
                          order by z.is_default desc, z.position, z.city_area
                          limit 12
                      ) told
                  ), '[]') as "areas!: Json<Vec<AreaRow>>",
                  array(
                      select near.id
                      from (
                          select o.id, o.created_at
                          from products o
                          where o.tenant_id = $1
                            and o.store_id = $2
                            and o.status = 'active'
                            and o.category_id = p.category_id
                            and o.id <> p.id
                          order by o.created_at desc, o.id
                          limit 24
                      ) near
                      cross join lateral (
                          select bool_or(v.stock_quantity > (select held.pieces from pieces_held($1, v.id, $4) as held (pieces))) as is_in_stock
                          from product_variants v
                          where v.tenant_id = $1
                            and v.product_id = near.id
                            and v.is_active
                      ) stock
                      where stock.is_in_stock is not null
                      order by stock.is_in_stock desc, near.created_at desc, near.id
                      limit 4
                  ) as "more!"
           from products p
           where p.tenant_id = $1
             and p.store_id = $2
             and p.slug = $3
             and p.status = 'active'"#,
        tx.tenant(),
        visit.store.uuid(),
        slug,
        now
    )
    .fetch_optional(tx.conn())
    .await?
    .filter(|row| !row.variants.0.is_empty())
    .ok_or(AppError::NotFound)?;
    let more = load_cards(&mut tx, &row.more, &version, now).await?;

    let currency = currency(&row.currency)?;
    let (images, mut pictures): (Vec<_>, Vec<_>) = row
        .images
        .0
        .into_iter()
        .filter_map(|image| Some(((image.id, image.variant_id), image.picture.picture(&row.name)?)))
        .unzip();
    let way = row.way.map(|way| way.0).unwrap_or_default();
    let categories: Vec<CategoryId> = way.iter().map(|category| CategoryId::from(category.id)).collect();
    let mut variants: Vec<VariantChoice> = row
        .variants
        .0
        .into_iter()
        .map(|variant| {
            let shown = Shown {
                rules: &version.rules,
                product: row.id.into(),
                categories: &categories,
                variant: variant.id.into(),
                price: Money::new(variant.price_cents, currency),
                now,
            };
            choice(variant, &row.option_names, &images, shown)
        })
        .collect();
    let asked_for = wanted.and_then(|wanted| variants.iter().position(|variant| variant.id == wanted));
    if let Some(at) = asked_for.and_then(|asked| variants[asked].picture) {
        lead_with(at, &mut pictures, &mut variants);
    }
    let selected =
        asked_for.or_else(|| variants.iter().position(|variant| variant.stock != Availability::SoldOut)).unwrap_or(0);
    let page = ProductPage {
        id: row.id.into(),
        name: row.name,
        slug: row.slug,
        brand: row.brand,
        description_html: row.description.unwrap_or_default(),
        meta_title: row.seo.0.title,
        meta_description: row.seo.0.description,
        // Under a hidden one nothing is walked to.
        categories: if way.iter().all(|category| category.is_active) {
            way.into_iter().map(|category| category.link).collect()
        } else {
            Vec::new()
        },
        pictures,
        options: if variants.len() > 1 { options(&row.option_names, &variants) } else { Vec::new() },
        variants,
        selected,
        spread: row.zone.as_ref().map(|zone| zone.0.spread(currency)).unwrap_or_default(),
        delivery: row.zone.map(|zone| zone.0.fee(currency)),
        area_count: count(row.area_count),
        areas: row
            .areas
            .0
            .into_iter()
            .map(|area| {
                let rises = area.has_steps;
                (area.fee(currency), rises)
            })
            .collect(),
        more,
    };
    Ok(Loaded { frame, page, version })
}

fn choice(
    row: VariantRow,
    option_names: &[String],
    images: &[(Uuid, Option<Uuid>)],
    shown: Shown<'_>,
) -> VariantChoice {
    let (price, was) = shown.price(row.was_cents, &row.history);
    let values: Vec<String> = option_names
        .iter()
        .map(|name| match row.attributes.get(name) {
            Some(serde_json::Value::String(value)) => value.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        })
        .collect();
    let own = row.image_id.and_then(|image| images.iter().position(|(id, _)| *id == image));
    VariantChoice {
        id: row.id.into(),
        name: row.name,
        sku: row.sku,
        price,
        was,
        stock: Availability::from_count(available(row.stock, row.held)),
        values,
        picture: own.or_else(|| images.iter().position(|(_, variant)| *variant == Some(row.id))),
    }
}

/// Shows the picture of the variant that was asked for first; what points at a picture still points at the same one.
fn lead_with(at: usize, pictures: &mut [Picture], variants: &mut [VariantChoice]) {
    pictures[..=at].rotate_right(1);
    for variant in variants {
        variant.picture = variant.picture.map(|old| match old {
            old if old == at => 0,
            old if old < at => old + 1,
            old => old,
        });
    }
}

/// Each option with its values in the order in which the variants bring them.
fn options(names: &[String], variants: &[VariantChoice]) -> Vec<ProductOption> {
    let values_at = |at: usize| {
        variants.iter().filter_map(|variant| variant.values.get(at)).fold(Vec::new(), |mut seen: Vec<String>, value| {
            if !seen.contains(value) {
                seen.push(value.clone());
            }
            seen
        })
    };
    names.iter().enumerate().map(|(at, name)| ProductOption { name: name.clone(), values: values_at(at) }).collect()
}
