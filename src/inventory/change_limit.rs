//! A merchant says how few pieces of a variant are few.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, id::VariantId},
};
use serde_json::json;

/// Writes the limit when the variant is still at `version`.
pub async fn change_limit(ctx: &Ctx, variant: VariantId, version: i32, limit: i32) -> Result<(), AppError> {
    ctx.require(Permission::AdjustStock)?;
    let mut tx = ctx.tx().await?;
    let before = sqlx::query!(
        "select low_stock_threshold, version
         from product_variants
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        variant.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if before.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    sqlx::query!(
        "update product_variants
         set low_stock_threshold = $4, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
           and version = $3",
        tx.tenant(),
        variant.uuid(),
        version,
        limit
    )
    .execute(tx.conn())
    .await?;
    let details = json!({ "from": before.low_stock_threshold, "to": limit });
    tx.audit(ctx.actor, "stock_limit_changed", "product_variants", variant.uuid(), details).await?;
    Ok(tx.commit().await?)
}
