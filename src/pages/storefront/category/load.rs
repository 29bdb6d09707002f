//! Loads a category's list: frame, which products in which order, their cards; three statements.

use super::{CategoryPage, Listing};
use crate::{
    ctx::Ctx,
    error::AppError,
    pages::storefront::{
        cards::load_cards,
        frame::{Loaded, Visit, load_frame},
        parts::CategoryLink,
        rows::count,
    },
};
use sqlx::types::Json;

/// Products on one page of a list.
pub const PER_PAGE: u32 = 24;
/// Nobody turns more pages by hand.
const LAST_PAGE: u32 = 500;

/// "Not found" when there is no such category. A page past the end is empty.
pub async fn load(ctx: &Ctx, visit: &Visit, slug: &str, listing: Listing) -> Result<Loaded<CategoryPage>, AppError> {
    let now = ctx.now();
    let number = listing.page.clamp(1, LAST_PAGE);
    let cents = |shillings: Option<u32>| shillings.map(|whole| i64::from(whole) * 100);
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    let row = sqlx::query!(
        r#"with recursive way as (
               select c.id, c.parent_id, c.name, c.slug, c.is_active, 0 as height
               from categories c
               where c.tenant_id = $1
                 and c.slug = $3
               union all
               select a.id, a.parent_id, a.name, a.slug, a.is_active, w.height + 1
               from way w
               join categories a on a.tenant_id = $1 and a.id = w.parent_id
               where w.height < 5
           ), wanted as (
               select c.id, c.name, c.slug, c.description
               from categories c
               where c.tenant_id = $1
                 and c.slug = $3
                 and not exists (select from way where not is_active)
           ), shelf as (
               select w.id, null::uuid as branch, 0 as depth
               from wanted w
               union all
               select k.id, coalesce(s.branch, k.id), s.depth + 1
               from shelf s
               join categories k on k.tenant_id = $1 and k.parent_id = s.id and k.is_active
               where s.depth < 5
           ), fitting as (
               select p.id, p.name, p.created_at, offer.lowest
               from shelf s
               join products p on p.tenant_id = $1 and p.category_id = s.id and p.store_id = $2 and p.status = 'active'
               cross join lateral (
                   select min(v.price_cents) as lowest,
                          bool_or(v.stock_quantity > coalesce((
                              select sum(h.quantity)
                              from stock_holds h
                              where h.tenant_id = $1
                                and h.variant_id = v.id
                                and h.released_at is null
                                and h.converted_at is null
                                and h.expires_at > $4
                          ), 0)) as is_in_stock
                   from product_variants v
                   where v.tenant_id = $1
                     and v.product_id = p.id
                     and v.is_active
               ) offer
               where offer.lowest is not null
                 and (not $5 or offer.is_in_stock)
                 and ($6::bigint is null or offer.lowest >= $6)
                 and ($7::bigint is null or offer.lowest <= $7)
           )
           select w.name, w.slug, w.description,
                  (select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'slug', a.slug) order by a.height desc), '[]')
                   from way a
                   where a.height > 0) as "above!: Json<Vec<CategoryLink>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'slug', k.slug) order by k.position, k.name), '[]')
                   from categories k
                   where k.tenant_id = $1
                     and k.parent_id = w.id
                     and exists (
                         select
                         from shelf s
                         join products p on p.tenant_id = $1 and p.category_id = s.id and p.store_id = $2 and p.status = 'active'
                         where s.branch = k.id
                     )) as "inside!: Json<Vec<CategoryLink>>",
                  (select count(*) from fitting) as "product_count!",
                  array(
                      select f.id
                      from fitting f
                      order by case when $8 = 'price_up' then f.lowest end,
                               case when $8 = 'price_down' then f.lowest end desc,
                               case when $8 = 'name' then lower(f.name) end,
                               f.created_at desc, f.id
                      limit $9
                      offset $10
                  ) as "products!"
           from wanted w"#,
        tx.tenant(),
        visit.store.uuid(),
        slug,
        now,
        listing.in_stock,
        cents(listing.min),
        cents(listing.max),
        listing.sort.as_str(),
        i64::from(PER_PAGE),
        i64::from((number - 1) * PER_PAGE)
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let products = load_cards(&mut tx, &row.products, &version, now).await?;
    let product_count = count(row.product_count);
    let page = CategoryPage {
        category: CategoryLink { name: row.name, slug: row.slug },
        above: row.above.0,
        inside: row.inside.0,
        description: row.description.filter(|text| !text.trim().is_empty()),
        products,
        listing: Listing { page: number, ..listing },
        page_count: product_count.div_ceil(PER_PAGE).max(1),
        product_count,
    };
    Ok(Loaded { frame, page, version })
}
