//! Loads what the shop has for some words: frame, which products, their cards; three statements.

use super::SearchPage;
use crate::{
    ctx::Ctx,
    error::AppError,
    pages::storefront::{
        cards::load_cards,
        frame::{Loaded, Visit, load_frame},
        rows::count,
    },
};

/// The longest search that is looked for, in characters.
pub const LONGEST: usize = 100;
const SHOWN: i64 = 48;

/// Whole words anywhere, or a part of a name. Nothing typed finds nothing.
pub async fn load(ctx: &Ctx, visit: &Visit, typed: &str) -> Result<Loaded<SearchPage>, AppError> {
    let words: String = typed.replace('\0', " ").trim().chars().take(LONGEST).collect();
    let mut tx = ctx.tx().await?;
    let (frame, version) = load_frame(&mut tx, visit).await?;
    if words.is_empty() {
        return Ok(Loaded { frame, page: SearchPage { words, products: Vec::new(), product_count: 0 }, version });
    }
    let plain = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let row = sqlx::query!(
        r#"with asked as (
               select plainto_tsquery('simple', $3) as words
           ), found as (
               select p.id, p.created_at, ts_rank(p.search_tsv, asked.words) as rank, p.name ilike $4 as is_named
               from products p, asked
               where p.tenant_id = $1
                 and p.store_id = $2
                 and p.status = 'active'
                 and (p.search_tsv @@ asked.words or p.name ilike $4)
                 and exists (
                     select 1
                     from product_variants v
                     where v.tenant_id = $1
                       and v.product_id = p.id
                       and v.is_active
                 )
           )
           select (select count(*) from found) as "product_count!",
                  array(
                      select f.id
                      from found f
                      order by f.is_named desc, f.rank desc, f.created_at desc, f.id
                      limit $5
                  ) as "products!""#,
        tx.tenant(),
        visit.store.uuid(),
        words,
        format!("%{plain}%"),
        SHOWN
    )
    .fetch_one(tx.conn())
    .await?;
    let products = load_cards(&mut tx, &row.products, &version, ctx.now()).await?;
    Ok(Loaded { frame, page: SearchPage { words, products, product_count: count(row.product_count) }, version })
}
