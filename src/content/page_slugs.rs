//! Addresses of pages and posts: which are free, and which a page had before. An address never changes hands.

use super::RESERVED;
use crate::{
    catalog::product_slugs::{first_free, wish},
    db::TenantTx,
    error::AppError,
    kernel::id::PageId,
};

/// Addresses of one title that are looked at.
const MOST_ALIKE: i64 = 500;

/// The first address of this title that no page of the merchant has or had.
pub(super) async fn free(tx: &mut TenantTx, title: &str) -> Result<String, AppError> {
    let wish = wish(title, "page");
    let mut taken = sqlx::query_scalar!(
        r#"select slug as "slug!"
           from seo_pages
           where tenant_id = $1
             and (slug = $2 or slug like $2 || '-%')
           union
           select slug
           from former_page_slugs
           where tenant_id = $1
             and (slug = $2 or slug like $2 || '-%')
           limit $3"#,
        tx.tenant(),
        wish,
        MOST_ALIKE
    )
    .fetch_all(tx.conn())
    .await?;
    taken.extend(RESERVED.map(str::to_owned));
    Ok(first_free(&wish, &taken))
}

/// Does another page have this address, or did it?
pub(super) async fn is_anothers(tx: &mut TenantTx, slug: &str, own: PageId) -> Result<bool, AppError> {
    let found = sqlx::query_scalar!(
        r#"select exists (
               select
               from seo_pages
               where tenant_id = $1
                 and slug = $2
                 and id <> $3
           ) or exists (
               select
               from former_page_slugs
               where tenant_id = $1
                 and slug = $2
                 and page_id <> $3
           ) as "is_anothers!""#,
        tx.tenant(),
        slug,
        own.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(found)
}

/// Keeps an address that a page gives up.
pub(super) async fn keep(tx: &mut TenantTx, slug: &str, page: PageId) -> Result<(), AppError> {
    sqlx::query!(
        "insert into former_page_slugs (tenant_id, slug, page_id)
         values ($1, $2, $3)
         on conflict (tenant_id, slug) do nothing",
        tx.tenant(),
        slug,
        page.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
