//! A merchant deletes a page or a post, with all the addresses it had.

use super::edit_page::find;
use crate::{ctx::Ctx, error::AppError, kernel::access::Permission, kernel::id::PageId, tenancy::catalogue_version};
use serde_json::json;

/// Deletes what is still at `version`.
pub async fn remove_page(ctx: &Ctx, id: PageId, version: i32) -> Result<(), AppError> {
    ctx.require(Permission::EditContent)?;
    let mut tx = ctx.tx().await?;
    let sheet = find(&mut tx, ctx.now(), id).await?;
    let removed = sqlx::query!(
        "delete from seo_pages
         where tenant_id = $1
           and id = $2
           and version = $3",
        tx.tenant(),
        id.uuid(),
        version
    )
    .execute(tx.conn())
    .await?;
    if removed.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    let details = json!({ "type": sheet.kind.as_str(), "slug": sheet.slug });
    tx.audit(ctx.actor, "page_removed", "seo_pages", id.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}
