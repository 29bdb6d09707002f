//! A picture is put at a place among its product's. The place is said, not the direction: saying it twice ends the same.

use super::{SeenOrder, lock_product};
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{ImageId, ProductId},
    },
    tenancy::catalogue_version,
};
use serde_json::json;
use uuid::Uuid;

/// `place` counts from 0, in the order that was `seen`; a place behind the last one is the last one. Nothing moves when
/// somebody has made it another order meanwhile.
pub async fn place_picture(
    ctx: &Ctx,
    product: ProductId,
    picture: ImageId,
    place: usize,
    seen: &SeenOrder,
) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    lock_product(&mut tx, product).await?;
    let before: Vec<Uuid> = sqlx::query_scalar!(
        "select id
         from product_images
         where tenant_id = $1
           and product_id = $2
         order by position, id
         limit 1000",
        tx.tenant(),
        product.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let after = moved(&before, picture.uuid(), place).ok_or(AppError::NotFound)?;
    if after == before {
        return Ok(());
    }
    if SeenOrder::of(before.into_iter().map(ImageId::from)) != *seen {
        return Err(AppError::ChangedMeanwhile);
    }
    sqlx::query!(
        "update product_images i
         set position = listed.place::int - 1, updated_at = now()
         from unnest($3::uuid[]) with ordinality as listed (id, place)
         where i.tenant_id = $1
           and i.product_id = $2
           and i.id = listed.id
           and i.position <> listed.place::int - 1",
        tx.tenant(),
        product.uuid(),
        &after
    )
    .execute(tx.conn())
    .await?;
    let details = json!({ "picture_id": picture, "place": place });
    tx.audit(ctx.actor, "pictures_reordered", "products", product.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// The same ids with one at another place; nothing when it is none of them.
fn moved(before: &[Uuid], one: Uuid, place: usize) -> Option<Vec<Uuid>> {
    let at = before.iter().position(|id| *id == one)?;
    let mut after = before.to_vec();
    after.remove(at);
    after.insert(place.min(after.len()), one);
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moves_and_the_others_keep_their_order() {
        let ids: Vec<Uuid> = (1..=4).map(Uuid::from_u128).collect();
        let after = |one: u128, place| {
            moved(&ids, Uuid::from_u128(one), place).map(|ids| ids.iter().map(Uuid::as_u128).collect::<Vec<_>>())
        };
        assert_eq!(after(3, 0), Some(vec![3, 1, 2, 4]));
        assert_eq!(after(1, 1), Some(vec![2, 1, 3, 4]));
        assert_eq!(after(2, 99), Some(vec![1, 3, 4, 2]));
        assert_eq!(after(2, 1), Some(vec![1, 2, 3, 4]));
        assert_eq!(after(9, 0), None);
    }
}
