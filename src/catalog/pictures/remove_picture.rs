//! A picture is taken down. Its files stay, since orders show what was bought; variants that it stood for have none.

use super::lock_product;
use crate::{
    catalog::variants::lock_variants,
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{ImageId, ProductId},
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// One that is gone already stays gone.
pub async fn remove_picture(ctx: &Ctx, product: ProductId, picture: ImageId) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    // Those that show it are written with it.
    lock_variants(&mut tx, product).await?;
    lock_product(&mut tx, product).await?;
    let gone = sqlx::query!(
        "delete from product_images
         where tenant_id = $1
           and product_id = $2
           and id = $3",
        tx.tenant(),
        product.uuid(),
        picture.uuid()
    )
    .execute(tx.conn())
    .await?;
    if gone.rows_affected() == 0 {
        return Ok(());
    }
    tx.audit(ctx.actor, "picture_removed", "products", product.uuid(), json!({ "picture_id": picture })).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}
