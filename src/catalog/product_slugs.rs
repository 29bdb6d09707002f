//! Addresses of products: which are free, and which a product had before. An address never changes hands.

use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{id::ProductId, id::VariantId, slug::Slug},
};

/// Addresses of one name that are looked at: `kiondo`, `kiondo-2` and so on.
const MOST_ALIKE: i64 = 500;

/// The first address of this name that no product of the merchant has or had.
pub(crate) async fn free(tx: &mut TenantTx, name: &str) -> Result<String, AppError> {
    // A name in another alphabet gives no address.
    let wish = wish(name, "product");
    let taken = sqlx::query_scalar!(
        r#"select slug as "slug!"
           from products
           where tenant_id = $1
             and (slug = $2 or slug like $2 || '-%')
           union
           select slug
           from former_product_slugs
           where tenant_id = $1
             and (slug = $2 or slug like $2 || '-%')
           limit $3"#,
        tx.tenant(),
        wish,
        MOST_ALIKE
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(first_free(&wish, &taken))
}

/// A name as an address with room for a number behind it.
pub(crate) fn wish(name: &str, otherwise: &str) -> String {
    let wish = Slug::from_name(name).map_or_else(|| otherwise.to_owned(), |slug| slug.as_str().to_owned());
    wish.get(..70).map_or(wish.as_str(), |cut| cut.trim_end_matches('-')).to_owned()
}

/// The wish itself, or with the first number that is not taken.
pub(crate) fn first_free(wish: &str, taken: &[String]) -> String {
    let count = taken.len() + 2;
    let free = std::iter::once(wish.to_owned())
        .chain((2..=count).map(|nth| format!("{wish}-{nth}")))
        .find(|slug| !taken.contains(slug));
    // With more alike than were read, something random is an address.
    free.filter(|_| count < 500).unwrap_or_else(|| format!("{wish}-{}", &VariantId::mint().to_string()[24..]))
}

/// Does another product have this address, or did it?
pub(crate) async fn is_anothers(tx: &mut TenantTx, slug: &str, own: ProductId) -> Result<bool, AppError> {
    let found = sqlx::query_scalar!(
        r#"select exists (
               select
               from products
               where tenant_id = $1
                 and slug = $2
                 and id <> $3
           ) or exists (
               select
               from former_product_slugs
               where tenant_id = $1
                 and slug = $2
                 and product_id <> $3
           ) as "is_anothers!""#,
        tx.tenant(),
        slug,
        own.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(found)
}

/// Keeps an address that a product gives up.
pub(crate) async fn keep(tx: &mut TenantTx, slug: &str, product: ProductId) -> Result<(), AppError> {
    sqlx::query!(
        "insert into former_product_slugs (tenant_id, slug, product_id)
         values ($1, $2, $3)
         on conflict (tenant_id, slug) do nothing",
        tx.tenant(),
        slug,
        product.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
