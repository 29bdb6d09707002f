//! Loads what the shop has for some words: frame, which products, their cards; three statements.

use super::{Nearest, SearchPage};
use crate::{
    catalog::search_words::Question,
    ctx::Ctx,
    error::AppError,
    pages::storefront::{
        cards::load_cards,
        frame::{Loaded, Visit, load_frame},
        rows::count,
    },
};

/// The longest search that is looked for, in characters.
pub const LONGEST: usize = Question::LONGEST;
const SHOWN: i64 = 48;

/// By name, brand, category, SKU, tag and description, in either language, with a mistake if need be. Nothing typed
/// finds nothing.
pub async fn load(ctx: &Ctx, visit: &Visit, typed: &str) -> Result<Loaded<SearchPage>, AppError> {
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    let words: String = typed.chars().take(LONGEST).map(plain).collect::<String>().trim().to_owned();
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    let Some(asked) = Question::ask(&words) else {
        return Ok(Loaded { frame, page: SearchPage { words, ..SearchPage::default() }, version });
    };
    // Names that look alike are looked for only when nothing was found.
    let row = sqlx::query!(
        r#"with found as (
               select p.id, s.place
               from search_products($2, $3::text::tsquery, $4, $5::text::tsquery, $6::text::tsquery, $7::text::tsquery, 500)
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
           ), near as (
               select p.name, p.slug, s.place
               from search_nearest($2, $4, 5) with ordinality as s (product_id, place)
               join products p on p.tenant_id = $1 and p.id = s.product_id
               where p.tenant_id = $1
                 and p.store_id = $2
                 and p.status = 'active'
                 and not exists (select 1 from found)
           )
           select (select count(*) from found) as "product_count!",
                  array(select found.id from found order by found.place limit $8) as "products!",
                  array(select near.name from near order by near.place) as "names!",
                  array(select near.slug from near order by near.place) as "slugs!""#,
        tx.tenant(),
        visit.store.uuid(),
        asked.code,
        asked.prefix,
        asked.named,
        asked.anywhere,
        asked.misspelt,
        SHOWN
    )
    .fetch_one(tx.conn())
    .await?;
    let products = load_cards(&mut tx, &row.products, &version, ctx.now()).await?;
    let nearest = row.names.into_iter().zip(row.slugs).map(|(name, slug)| Nearest { name, slug }).collect();
    let page = SearchPage { words, products, product_count: count(row.product_count), nearest };
    Ok(Loaded { frame, page, version })
}
