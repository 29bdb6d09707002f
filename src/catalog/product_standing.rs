//! A merchant takes a product out of the shop, puts it in, or puts it away for good; orders that name it keep it.

use super::{price_history, product::ProductStatus};
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, id::ProductId},
    tenancy::catalogue_version,
};
use serde_json::json;

/// Gives a product that is still at `version` another status. What has that status already stays as it is.
pub async fn set_status(ctx: &Ctx, id: ProductId, version: i32, status: ProductStatus) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    price_history::lock_variants(&mut tx, id).await?;
    let before = sqlx::query_scalar!(
        "select status
         from products
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if before == status.as_str() {
        return Ok(());
    }
    let changed = sqlx::query!(
        "update products
         set status = $4, version = version + 1, updated_at = $5
         where tenant_id = $1
           and id = $2
           and version = $3",
        tx.tenant(),
        id.uuid(),
        version,
        status.as_str(),
        ctx.now()
    )
    .execute(tx.conn())
    .await?;
    if changed.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    price_history::note_products(&mut tx, &[id], ctx.now()).await?;
    let details = json!({ "from": before, "to": status.as_str() });
    tx.audit(ctx.actor, "product_status_changed", "products", id.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}
