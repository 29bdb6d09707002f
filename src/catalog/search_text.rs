//! What a product is found by, written whenever it changes: one call for everybody who edits products.

use super::search_words::{Question, code, near, split};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    jobs::kinds::Job,
    kernel::id::{CategoryId, ProductId, StoreId},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Products of one statement.
const AT_ONCE: i64 = 500;
/// Different words of a description; what comes after them finds nothing.
const DESCRIPTION: usize = 400;
/// Different words of everything else.
const WORDS: usize = 200;

/// Writes the search words of these products anew: name, brand, SKU, categories, tags, description, and their
/// variants' SKUs, barcodes and choices. Call it in the transaction that changes any of those; twice is once.
pub(crate) async fn renew(tx: &mut TenantTx, products: &[ProductId]) -> Result<(), DbError> {
    let ids: Vec<Uuid> = products.iter().map(|product| product.uuid()).collect();
    for some in ids.chunks(usize::try_from(AT_ONCE).unwrap_or(500)) {
        renew_some(tx, some).await?;
    }
    Ok(())
}

async fn renew_some(tx: &mut TenantTx, products: &[Uuid]) -> Result<(), DbError> {
    let rows = sqlx::query!(
        r#"select p.id, p.store_id, p.name, coalesce(p.brand, '') as "brand!", coalesce(p.sku, '') as "sku!", p.tags,
                  coalesce(p.description, '') as "description!",
                  coalesce((select string_agg(above.name, ' ') from categories_above($1, p.category_id) above), '') as "categories!",
                  array(select code
                        from product_variants v, unnest(array[v.sku, v.barcode]) as code
                        where v.tenant_id = $1
                          and v.product_id = p.id
                          and v.is_active
                          and code <> ''
                        limit 400) as "codes!",
                  coalesce((select string_agg(distinct choice.value, ' ')
                            from product_variants v
                            cross join lateral jsonb_each_text(v.attributes) as choice
                            where v.tenant_id = $1
                              and v.product_id = p.id
                              and v.is_active), '') as "choices!"
           from products p
           where p.tenant_id = $1
             and p.id = any($2)
           order by p.id"#,
        tx.tenant(),
        products
    )
    .fetch_all(tx.conn())
    .await?;
    let mut names = Vec::with_capacity(rows.len());
    let mut vectors = Vec::with_capacity(rows.len());
    for row in &rows {
        names.push(split(&row.name).join(" "));
        let codes = row.codes.iter().chain(std::iter::once(&row.sku)).cloned().collect();
        let said = Said {
            name: &row.name,
            brand_and_place: format!("{} {}", row.brand, row.categories),
            codes,
            more: format!("{} {}", row.tags.join(" "), row.choices),
            description: &row.description,
        };
        vectors.push(vector(&said));
    }
    let (ids, stores): (Vec<Uuid>, Vec<Uuid>) = rows.iter().map(|row| (row.id, row.store_id)).unzip();
    sqlx::query!(
        "insert into product_search (tenant_id, product_id, store_id, name, words)
         select $1, new.product_id, new.store_id, new.name, new.words::tsvector
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) as new (product_id, store_id, name, words)
         on conflict (tenant_id, product_id) do update
         set store_id = excluded.store_id, name = excluded.name, words = excluded.words, updated_at = now()",
        tx.tenant(),
        &ids,
        &stores,
        &names,
        &vectors
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Asks for the words of all products of a category and what is beneath it, since they are found by its name.
pub async fn renew_category(tx: &mut TenantTx, category: CategoryId) -> Result<(), AppError> {
    tx.enqueue(&Job::RenewCategory(category), None, Some(&format!("search:{category}"))).await?;
    Ok(())
}

/// The job behind [`renew_category`]: a few hundred products at a time, each in a transaction of its own.
pub async fn renew_all_of(ctx: &Ctx, category: CategoryId) -> Result<(), AppError> {
    let mut after = Uuid::nil();
    loop {
        let mut tx = ctx.tx().await?;
        let products = sqlx::query_scalar!(
            r#"with recursive beneath as (
                   select c.id, 1 as depth
                   from categories c
                   where c.tenant_id = $1
                     and c.id = $2
                   union all
                   select c.id, beneath.depth + 1
                   from beneath
                   join categories c on c.tenant_id = $1 and c.parent_id = beneath.id
                   where beneath.depth < 20
               )
               select p.id
               from products p
               where p.tenant_id = $1
                 and p.category_id in (select beneath.id from beneath)
                 and p.id > $3
               order by p.id
               limit $4"#,
            tx.tenant(),
            category.uuid(),
            after,
            AT_ONCE
        )
        .fetch_all(tx.conn())
        .await?;
        let Some(last) = products.last() else { return Ok(()) };
        after = *last;
        renew_some(&mut tx, &products).await?;
        tx.commit().await?;
    }
}

/// Gives words to products that have none, such as those of before there were any, and to those that changed since.
/// Answers how many.
pub async fn renew_missing(ctx: &Ctx) -> Result<usize, AppError> {
    let mut count = 0;
    let mut after = Uuid::nil();
    loop {
        let mut tx = ctx.tx().await?;
        let products = sqlx::query_scalar!(
            "select p.id
             from products p
             left join product_search s on s.tenant_id = $1 and s.product_id = p.id
             where p.tenant_id = $1
               and p.id > $2
               and (s.id is null or s.updated_at < p.updated_at)
             order by p.id
             limit $3",
            tx.tenant(),
            after,
            AT_ONCE
        )
        .fetch_all(tx.conn())
        .await?;
        let Some(last) = products.last() else { return Ok(count) };
        after = *last;
        renew_some(&mut tx, &products).await?;
        count += products.len();
        tx.commit().await?;
    }
}

/// Products that fit what was asked, best first, at most 500. Whether they are on sale is the caller's to ask.
pub(crate) async fn find(
    tx: &mut TenantTx,
    store: Option<StoreId>,
    asked: &Question,
    most: i32,
) -> Result<Vec<Uuid>, AppError> {
    // The function takes the tenant from the transaction: see `migrations/0045_product_search.sql`.
    let found = sqlx::query_scalar!(
        r#"select found.product_id as "id!"
           from search_products($1, $2::text::tsquery, $3, $4::text::tsquery, $5::text::tsquery, $6::text::tsquery, $7)
                with ordinality as found (product_id, place)
           order by found.place"#,
        store.map(StoreId::uuid),
        asked.code,
        asked.prefix,
        asked.named,
        asked.anywhere,
        asked.misspelt,
        most
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(found)
}

struct Said<'a> {
    name: &'a str,
    brand_and_place: String,
    codes: Vec<String>,
    more: String,
    description: &'a str,
}

/// As PostgreSQL reads a tsvector: words in quotes with place and weight. Words are letters and digits only.
fn vector(said: &Said<'_>) -> String {
    let mut words: BTreeMap<String, char> = BTreeMap::new();
    let mut add = |word: String, weight: char| {
        words.entry(word).and_modify(|known| *known = weight.min(*known)).or_insert(weight);
    };
    for word in split(said.name).into_iter().take(WORDS) {
        add(format!("+{word}"), 'A');
        for form in near(&word) {
            add(format!("~{form}"), 'D');
        }
        add(word, 'A');
    }
    for word in split(&said.brand_and_place).into_iter().take(WORDS) {
        for form in near(&word) {
            add(format!("~{form}"), 'D');
        }
        add(word, 'B');
    }
    for text in said.codes.iter().filter(|text| !text.is_empty()) {
        add(format!("={}", code(text)), 'B');
        for word in split(text) {
            add(word, 'B');
        }
        add(code(text), 'B');
    }
    for word in split(&said.more).into_iter().take(WORDS) {
        for form in near(&word) {
            add(format!("~{form}"), 'D');
        }
        add(word, 'C');
    }
    for word in split(&without_markup(said.description)).into_iter().take(DESCRIPTION) {
        add(word, 'D');
    }
    words.iter().filter(|(word, _)| word.len() > 1 || word.chars().all(char::is_alphanumeric)).fold(
        String::new(),
        |mut text, (word, weight)| {
            use std::fmt::Write as _;
            let _ = write!(text, "'{word}':1{weight} ");
            text
        },
    )
}

/// The words between the tags.
fn without_markup(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            letter if !is_tag => text.push(letter),
            _ => {}
        }
    }
    text.replace("&amp;", " ").replace("&lt;", " ").replace("&gt;", " ").replace("&quot;", " ").replace("&nbsp;", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_best_place_and_markup_is_none() {
        let said = Said {
            name: "Kiondo Big",
            brand_and_place: String::new(),
            codes: vec!["KIO-1".into()],
            more: "big".into(),
            description: "<p class=\"secret\">Sisal &amp; big</p>",
        };
        let vector = vector(&said);
        for part in ["'kiondo':1A", "'+kiondo':1A", "'~kiono':1D", "'big':1A", "'=kio1':1B", "'kio':1B", "'sisal':1D"] {
            assert!(vector.contains(part), "{part} is not in {vector}");
        }
        assert!(!vector.contains("secret") && !vector.contains("class") && !vector.contains("amp"), "{vector}");
    }
}
