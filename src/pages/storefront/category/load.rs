//! Loads a category's list: frame, which products in which order, their cards; three statements.

use super::CategoryPage;
use crate::{
    ctx::Ctx,
    error::AppError,
    pages::storefront::{
        cards::load_cards,
        frame::{Loaded, Visit, load_frame},
        listing::{Listing, MOST_LISTED, PER_PAGE},
        narrowing::{FacetRows, narrowed},
        parts::CategoryLink,
        rows::count,
    },
};
use sqlx::types::Json;

/// "Not found" when there is no such category. A page past the end is the last one.
pub async fn load(ctx: &Ctx, visit: &Visit, slug: &str, listing: Listing) -> Result<Loaded<CategoryPage>, AppError> {
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let (mut frame, version) = load_frame(&mut tx, visit).await?;
    // The newest of each category, until there are enough: one more than is looked at tells that there are others.
    let row = narrowed!(
        tx,
        visit.store.uuid(),
        now,
        listing,
        r#"with recursive way as (
               select a.name, a.slug, a.is_active, a.height
               from categories c
               cross join lateral categories_above($1, c.id) a
               where c.tenant_id = $1
                 and c.slug = $13
           ), wanted as (
               select c.id, c.name, c.slug, c.description
               from categories c
               where c.tenant_id = $1
                 and c.slug = $13
                 and not exists (select from way where not is_active)
           ), shelf as (
               select w.id, null::uuid as branch, 0 as depth
               from wanted w
               union all
               select k.id, coalesce(s.branch, k.id), s.depth + 1
               from shelf s
               join categories k on k.tenant_id = $1 and k.parent_id = s.id and k.is_active
               where s.depth < 5
           ), base as (
               select array(
                   select newest.id
                   from shelf s
                   cross join lateral (
                       select p.id
                       from products p
                       where p.tenant_id = $1
                         and p.category_id = s.id
                         and p.store_id = $2
                         and p.status = 'active'
                       order by p.created_at desc, p.id
                       limit 5001
                   ) newest
                   limit 5001
               ) as ids
           )"#,
        r#"       w.name, w.slug, w.description,
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
                     )) as "inside!: Json<Vec<CategoryLink>>"
           from wanted w
           cross join base
           cross join narrowed"#,
        slug
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let products = load_cards(&mut tx, &row.products, &version, now).await?;
    let product_count = count(row.product_count);
    let page_count = product_count.div_ceil(PER_PAGE).max(1);
    let listing = Listing { page: listing.page.clamp(1, page_count), ..listing };
    frame.path = listing.address(&format!("/c/{slug}"));
    let page = CategoryPage {
        category: CategoryLink { name: row.name, slug: row.slug },
        above: row.above.0,
        inside: row.inside.0,
        description: row.description.filter(|text| !text.trim().is_empty()),
        products,
        facets: row.facets.0.facets(&listing),
        listing,
        page_count,
        product_count,
        is_cut: i64::from(row.listed) > i64::from(MOST_LISTED),
    };
    Ok(Loaded { frame, page, version })
}
