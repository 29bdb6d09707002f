//! Loads what the shop has for some words: frame, which products, their cards; three statements.

use super::{Nearest, SearchPage};
use crate::{
    catalog::search_words::Question,
    ctx::Ctx,
    error::AppError,
    pages::storefront::{
        cards::load_cards,
        frame::{Loaded, Visit, load_frame},
        listing::{Listing, PER_PAGE},
        narrowing::{FacetRows, narrowed},
        rows::count,
    },
};
use sqlx::types::Json;

/// The longest search that is looked for, in characters.
pub const LONGEST: usize = Question::LONGEST;

/// By name, brand, category, SKU, tag and description, in either language, with a mistake if need be. Nothing typed
/// finds nothing. A page past the end is the last one.
pub async fn load(ctx: &Ctx, visit: &Visit, typed: &str, listing: Listing) -> Result<Loaded<SearchPage>, AppError> {
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    let words: String = typed.chars().take(LONGEST).map(plain).collect::<String>().trim().to_owned();
    let now = ctx.now();
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    let Some(asked) = Question::ask(&words) else {
        return Ok(Loaded { frame, page: SearchPage { words, listing, ..SearchPage::default() }, version });
    };
    // Names that look alike, and other goods, are looked for only when nothing was found.
    let row = narrowed!(
        tx,
        visit.store.uuid(),
        now,
        listing,
        r#"with base as (
               select array(
                   select p.id
                   from search_products($2, $13::text::tsquery, $14, $15::text::tsquery, $16::text::tsquery, $17::text::tsquery, 500)
                        with ordinality as s (product_id, place)
                   join products p on p.tenant_id = $1 and p.id = s.product_id
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
                   order by s.place
               ) as ids
           ), near as (
               select p.name, p.slug, s.place
               from search_nearest($2, $14, 5) with ordinality as s (product_id, place)
               join products p on p.tenant_id = $1 and p.id = s.product_id
               where p.tenant_id = $1
                 and p.store_id = $2
                 and p.status = 'active'
                 and not exists (select 1 from base where cardinality(base.ids) > 0)
           ), other as (
               select newest.id, newest.created_at,
                      exists (
                          select 1
                          from product_variants v
                          where v.tenant_id = $1
                            and v.product_id = newest.id
                            and v.is_active
                            and v.stock_quantity > 0
                      ) as is_in_stock
               from (
                   select p.id, p.created_at
                   from products p
                   where p.tenant_id = $1
                     and p.store_id = $2
                     and p.status = 'active'
                     and not exists (select 1 from base where cardinality(base.ids) > 0)
                   order by p.created_at desc
                   limit 24
               ) newest
           )"#,
        r#"       array(select near.name from near order by near.place) as "names!",
                  array(select near.slug from near order by near.place) as "slugs!",
                  array(select other.id from other order by other.is_in_stock desc, other.created_at desc, other.id limit 4) as "others!"
           from base
           cross join narrowed"#,
        asked.code,
        asked.prefix,
        asked.named,
        asked.anywhere,
        asked.misspelt
    )
    .fetch_one(tx.conn())
    .await?;
    let is_found = row.listed > 0;
    let cards = load_cards(&mut tx, if is_found { &row.products } else { &row.others }, &version, now).await?;
    let (products, others) = if is_found { (cards, Vec::new()) } else { (Vec::new(), cards) };
    let product_count = count(row.product_count);
    let page_count = product_count.div_ceil(PER_PAGE).max(1);
    let listing = Listing { page: listing.page.clamp(1, page_count), ..listing };
    let page = SearchPage {
        words,
        products,
        facets: row.facets.0.facets(&listing),
        listing,
        page_count,
        product_count,
        is_found,
        nearest: row.names.into_iter().zip(row.slugs).map(|(name, slug)| Nearest { name, slug }).collect(),
        others,
    };
    Ok(Loaded { frame, page, version })
}
