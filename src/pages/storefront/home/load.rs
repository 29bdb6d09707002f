//! Loads the front page: frame, what is shown where, the products' cards; three statements.

use super::{CategoryTile, HomePage};
use crate::{
    ctx::Ctx,
    error::AppError,
    pages::storefront::{
        cards::load_cards,
        frame::{Loaded, Visit, load_frame},
        rows::{AreaRow, PictureRow, count, currency},
    },
};
use serde::Deserialize;
use sqlx::types::Json;

/// How many products the front page shows.
const SHOWN: i64 = 24;

#[derive(Debug, Deserialize)]
struct TileRow {
    name: String,
    slug: String,
    product_count: i64,
    picture: Option<PictureRow>,
}

pub async fn load(ctx: &Ctx, visit: &Visit) -> Result<Loaded<HomePage>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    // Only the newest are looked at for what is in stock: the page must not cost more the more a merchant sells.
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
           select s.default_currency,
                  coalesce((
                      select array_agg(best.id order by best.is_in_stock desc, best.created_at desc, best.id)
                      from (
                          select newest.id, newest.created_at, stock.is_in_stock
                          from (
                              select p.id, p.created_at
                              from products p
                              where p.tenant_id = $1
                                and p.store_id = $2
                                and p.status = 'active'
                              order by p.created_at desc
                              limit 120
                          ) newest
                          cross join lateral (
                              select bool_or(v.stock_quantity > (select held.pieces from pieces_held($1, v.id, $3) as held (pieces))) as is_in_stock
                              from product_variants v
                              where v.tenant_id = $1
                                and v.product_id = newest.id
                                and v.is_active
                          ) stock
                          where stock.is_in_stock is not null
                          order by stock.is_in_stock desc, newest.created_at desc, newest.id
                          limit $4
                      ) best
                  ), '{}') as "products!",
                  coalesce((
                      select jsonb_agg(to_jsonb(tile) - 'position' order by tile.position, tile.name)
                      from (
                          select c.name, c.slug, c.position, goods.product_count,
                                 (select to_jsonb(pi)
                                  from products p
                                  cross join lateral (
                                      select i.url, i.widths, i.width, i.height, i.placeholder, i.alt_text
                                      from product_images i
                                      where i.tenant_id = $1
                                        and i.product_id = p.id
                                      order by i.position, i.id
                                      limit 1
                                  ) pi
                                  where p.tenant_id = $1
                                    and p.id = goods.newest) as picture
                          from categories c
                          cross join lateral (
                              select count(*) as product_count, (array_agg(p.id order by p.created_at desc))[1] as newest
                              from shelf k
                              join products p on p.tenant_id = $1 and p.category_id = k.id and p.store_id = $2 and p.status = 'active'
                              where k.top = c.id
                          ) goods
                          where c.tenant_id = $1
                            and c.is_active
                            and c.parent_id is null
                            and goods.product_count > 0
                          order by c.position, c.name
                          limit 24
                      ) tile
                  ), '[]') as "tiles!: Json<Vec<TileRow>>",
                  (select to_jsonb(zone) from usual_delivery($1) zone) as "zone: Json<AreaRow>",
                  (select count(*) from delivery_zones z where z.tenant_id = $1 and z.is_active) as "area_count!"
           from stores s
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        visit.store.uuid(),
        now,
        SHOWN
    )
    .fetch_one(tx.conn())
    .await?;
    let products = load_cards(&mut tx, &row.products, &version, now).await?;
    let currency = currency(&row.default_currency)?;
    let categories = row
        .tiles
        .0
        .into_iter()
        .map(|tile| CategoryTile {
            picture: tile.picture.and_then(|picture| picture.picture(&tile.name)),
            product_count: count(tile.product_count),
            name: tile.name,
            slug: tile.slug,
        })
        .collect();
    let spread = row.zone.as_ref().map(|zone| zone.0.spread(currency)).unwrap_or_default();
    let delivery = row.zone.map(|zone| zone.0.fee(currency));
    let page = HomePage { categories, products, delivery, spread, area_count: count(row.area_count) };
    Ok(Loaded { frame, page, version })
}
