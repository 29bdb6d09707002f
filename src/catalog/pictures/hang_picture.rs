//! A stored picture becomes one of a product's, at the end; the same one again stays where it is.

use super::{MOST, lock_product};
use crate::{
    catalog::media::StoredPicture,
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{ImageId, ProductId},
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hung {
    New(ImageId),
    /// It was one of the product's already.
    WasThere,
    /// The product has as many as it can.
    NoRoom,
}

/// Hangs a picture behind the product's others. Twice is once.
pub async fn hang_picture(ctx: &Ctx, product: ProductId, picture: &StoredPicture) -> Result<Hung, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    lock_product(&mut tx, product).await?;
    let known = sqlx::query!(
        r#"select count(*) as "count!", coalesce(max(position), -1) as "last!",
                  coalesce(bool_or(media_key = $3), false) as "is_there!"
           from product_images
           where tenant_id = $1
             and product_id = $2"#,
        tx.tenant(),
        product.uuid(),
        picture.key
    )
    .fetch_one(tx.conn())
    .await?;
    if known.is_there {
        return Ok(Hung::WasThere);
    }
    if usize::try_from(known.count).unwrap_or(MOST) >= MOST {
        return Ok(Hung::NoRoom);
    }
    let id = ImageId::mint();
    let widths: Vec<i32> = picture.widths.iter().copied().map(i32::from).collect();
    sqlx::query!(
        "insert into product_images (tenant_id, id, product_id, url, position, media_key, width, height, widths, placeholder)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''))",
        tx.tenant(),
        id.uuid(),
        product.uuid(),
        picture.url(),
        known.last + 1,
        picture.key,
        i32::from(picture.width),
        i32::from(picture.height),
        &widths,
        picture.placeholder
    )
    .execute(tx.conn())
    .await?;
    tx.audit(ctx.actor, "picture_hung", "products", product.uuid(), json!({ "picture_id": id })).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(Hung::New(id))
}
