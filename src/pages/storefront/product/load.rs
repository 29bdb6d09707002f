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
        parts::CategoryLink,
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
                  c.name as "category_name?", c.slug as "category_slug?",
                  array(
                      with recursive above as (
                          select k.id, k.parent_id, 1 as height
                          from categories k
                          where k.tenant_id = $1
                            and k.id = p.category_id
                          union all
                          select k.id, k.parent_id, above.height + 1
                          from above
                          join categories k on k.tenant_id = $1 and k.id = above.parent_id
                          where above.height < 20
                      )
                      select above.id
                      from above
                  ) as "categories!",
                  coalesce((
                      select jsonb_agg(to_jsonb(shown) - 'position' order by shown.position, shown.id)
                      from (
                          select v.id, v.name, v.sku, v.price_cents, v.compare_at_price_cents as was_cents, v.position,
                                 v.stock_quantity as stock, v.attributes, v.image_id,
                                 (select coalesce(sum(h.quantity), 0)
                                  from stock_holds h
                                  where h.tenant_id = $1
                                    and h.variant_id = v.id
                                    and h.released_at is null
                                    and h.converted_at is null
                                    and h.expires_at > $4) as held,
                                 coalesce((
                                     select jsonb_agg(to_jsonb(step) order by step.starts_at desc)
                                     from (
                                         select h.price_cents, h.starts_at
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
                          limit 100
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
                  (select to_jsonb(zone)
                   from (
                       select z.city_area as area, z.name as "group", z.fee_cents, z.min_order_cents, z.eta_minutes
                       from delivery_zones z
                       where z.tenant_id = $1
                         and z.is_active
                       order by z.is_default desc, z.position, z.city_area
                       limit 1
                   ) zone) as "zone: Json<AreaRow>",
                  (select count(*) from delivery_zones z where z.tenant_id = $1 and z.is_active) as "area_count!",
                  array(
                      select o.id
                      from products o
                      where o.tenant_id = $1
                        and o.store_id = $2
                        and o.status = 'active'
                        and o.category_id = p.category_id
                        and o.id <> p.id
                      order by o.created_at desc, o.id
                      limit 6
                  ) as "more!"
           from products p
           left join categories c on c.tenant_id = $1 and c.id = p.category_id and c.is_active
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
    let (images, pictures): (Vec<_>, Vec<_>) = row
        .images
        .0
        .into_iter()
        .filter_map(|image| Some(((image.id, image.variant_id), image.picture.picture(&row.name)?)))
        .unzip();
    let categories: Vec<CategoryId> = row.categories.into_iter().map(CategoryId::from).collect();
    let variants: Vec<VariantChoice> = row
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
    let selected = wanted
        .and_then(|wanted| variants.iter().position(|variant| variant.id == wanted))
        .or_else(|| variants.iter().position(|variant| variant.stock != Availability::SoldOut))
        .unwrap_or(0);
    let page = ProductPage {
        id: row.id.into(),
        name: row.name,
        slug: row.slug,
        brand: row.brand,
        description_html: row.description.unwrap_or_default(),
        meta_title: row.seo.0.title,
        meta_description: row.seo.0.description,
        category: row.category_name.zip(row.category_slug).map(|(name, slug)| CategoryLink { name, slug }),
        pictures,
        options: if variants.len() > 1 { options(&row.option_names, &variants) } else { Vec::new() },
        variants,
        selected,
        delivery: row.zone.map(|zone| zone.0.fee(currency)),
        area_count: count(row.area_count),
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
