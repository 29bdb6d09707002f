//! Addresses of categories: which are free, and which a category had before. An address never changes hands.

use super::product_slugs::{first_free, wish};
use crate::{db::TenantTx, error::AppError, kernel::id::CategoryId};

const MOST_ALIKE: i64 = 500;

/// The first address of this name that no category of the merchant has or had.
pub(super) async fn free(tx: &mut TenantTx, name: &str) -> Result<String, AppError> {
    let wish = wish(name, "category");
    let taken = sqlx::query_scalar!(
        r#"select slug as "slug!"
           from categories
           where tenant_id = $1
             and (slug = $2 or slug like $2 || '-%')
           union
           select slug
           from former_category_slugs
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

/// Does another category have this address, or did it?
pub(super) async fn is_anothers(tx: &mut TenantTx, slug: &str, own: CategoryId) -> Result<bool, AppError> {
    let found = sqlx::query_scalar!(
        r#"select exists (
               select
               from categories
               where tenant_id = $1
                 and slug = $2
                 and id <> $3
           ) or exists (
               select
               from former_category_slugs
               where tenant_id = $1
                 and slug = $2
                 and category_id <> $3
           ) as "is_anothers!""#,
        tx.tenant(),
        slug,
        own.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(found)
}

/// Keeps an address that a category gives up.
pub(super) async fn keep(tx: &mut TenantTx, slug: &str, category: CategoryId) -> Result<(), AppError> {
    sqlx::query!(
        "insert into former_category_slugs (tenant_id, slug, category_id)
         values ($1, $2, $3)
         on conflict (tenant_id, slug) do nothing",
        tx.tenant(),
        slug,
        category.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
