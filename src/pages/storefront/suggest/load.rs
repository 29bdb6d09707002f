//! Loads suggestions: what fits and how prices stand, then the products' cards; two statements.

use super::{MOST, Suggestions};
use crate::{
    catalog::search_words::{Question, split},
    ctx::Ctx,
    error::AppError,
    kernel::id::StoreId,
    pages::storefront::{cards::load_cards, frame::Standing, parts::CategoryLink, rows::currency},
    pricing::{rule::RuleRow, stored},
};
use sqlx::types::Json;

/// The fewest letters and digits that something is suggested for.
const FEWEST: usize = 2;

/// What was typed as it is looked for, the same however it is spelt; none when that is too little. Only the first
/// hundred characters are read.
pub fn asked(typed: &str) -> Option<String> {
    let read: String = typed.chars().take(Question::LONGEST).collect();
    let words = split(&read).join(" ");
    (words.chars().count() >= FEWEST).then_some(words)
}

/// Shelves whose names have all the words or begin with them, then products, best first. Nothing that cannot be opened.
pub async fn load(ctx: &Ctx, store: StoreId, words: &str) -> Result<(Suggestions, Standing), AppError> {
    let question = Question::ask(words).ok_or(AppError::NotFound)?;
    let mut tx = ctx.tx().await?;
    // The function takes the tenant from the transaction: see `migrations/0045_product_search.sql`. It is asked for as
    // many as a search is, so that what comes first here comes first there.
    let row = sqlx::query!(
        r#"with recursive named as (
               select c.id, c.parent_id, c.name, c.slug, c.position
               from (
                   select k.id, k.parent_id, k.name, k.slug, k.position
                   from categories k
                   where k.tenant_id = $1
                     and k.is_active
                   limit 1000
               ) c
               where to_tsvector('simple', c.name) @@ $6::text::tsquery
               limit 20
           ), way as (
               select n.id as below, n.parent_id, true as is_active, 0 as height
               from named n
               union all
               select w.below, a.parent_id, a.is_active, w.height + 1
               from way w
               join categories a on a.tenant_id = $1 and a.id = w.parent_id
               where w.height < 5
           ), shelf as (
               select n.id as top, n.id, 0 as depth
               from named n
               union all
               select s.top, k.id, s.depth + 1
               from shelf s
               join categories k on k.tenant_id = $1 and k.parent_id = s.id and k.is_active
               where s.depth < 5
           )
           select t.catalogue_version, s.default_currency,
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
                      select jsonb_agg(jsonb_build_object('name', shown.name, 'slug', shown.slug) order by shown.begins desc, shown.position, shown.name)
                      from (
                          select n.name, n.slug, n.position, starts_with(lower(n.name), $4) as begins
                          from named n
                          where not exists (select from way where way.below = n.id and not way.is_active)
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
                                where k.top = n.id
                            )
                          order by begins desc, n.position, n.name
                          limit 2
                      ) shown
                  ), '[]') as "categories!: Json<Vec<CategoryLink>>",
                  array(
                      select p.id
                      from search_products($2, $3::text::tsquery, $4, $5::text::tsquery, $6::text::tsquery, $7::text::tsquery, 500)
                           with ordinality as found (product_id, place)
                      join products p on p.tenant_id = $1 and p.id = found.product_id
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
                      order by found.place
                      limit 6
                  ) as "products!"
           from stores s
           join tenants t on t.id = $1
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid(),
        question.code,
        question.prefix,
        question.named,
        question.anywhere,
        question.misspelt
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let rules = stored::read_rules(row.rules.0, currency(&row.default_currency)?);
    // What is written and published later changes no suggestion.
    let standing = Standing { catalogue: row.catalogue_version, rules, next_page: None };
    let categories = row.categories.0;
    let left = MOST.saturating_sub(categories.len()).min(row.products.len());
    let products = load_cards(&mut tx, &row.products[..left], &standing, ctx.now()).await?;
    Ok((Suggestions { categories, products }, standing))
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn what_is_looked_for_is_spelt_one_way_and_never_long() {
        for typed in ["kio-1", " KIO 1 ", "Kio.1!"] {
            assert_eq!(asked(typed).as_deref(), Some("kio 1"), "{typed}");
        }
        for little in ["", " ", "k", "%_\\", "k!", "\0\u{1}"] {
            assert_eq!(asked(little), None, "{little:?}");
        }
        assert_eq!(asked(&"ki ".repeat(2_000)).map(|words| words.len()), Some(100));
    }
}
