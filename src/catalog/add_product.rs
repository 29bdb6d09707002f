//! A merchant puts a product on the shelf: active at once, in one form, with its first pieces and its picture.

use super::{
    description,
    media::StoredPicture,
    price_history,
    product_form::NewProduct,
    product_slugs, search_text,
    stock_ledger::{self, Move},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{ImageId, ProductId, StoreId, VariantId},
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// Writes it. `id` was made when the form was shown, so the same form sent twice is one product. Answers its address.
pub async fn add_product(
    ctx: &Ctx,
    store: StoreId,
    id: ProductId,
    new: &NewProduct,
    picture: Option<&StoredPicture>,
) -> Result<String, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    // Two of one name at once would find the same address free.
    lock_store(&mut tx, store).await?;
    if let Some(known) = find(&mut tx, id).await? {
        return Ok(known);
    }
    let slug = product_slugs::free(&mut tx, &new.name).await?;
    sqlx::query!(
        "insert into products (tenant_id, id, store_id, name, slug, description, description_source, status, base_price_cents,
                               currency)
         values ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9)",
        tx.tenant(),
        id.uuid(),
        store.uuid(),
        new.name,
        slug,
        new.description.as_deref().map(description::html_of),
        new.description,
        new.price.minor(),
        new.price.currency().code()
    )
    .execute(tx.conn())
    .await?;
    let variant = VariantId::mint();
    sqlx::query!(
        "insert into product_variants (tenant_id, id, product_id, price_cents)
         values ($1, $2, $3, $4)",
        tx.tenant(),
        variant.uuid(),
        id.uuid(),
        new.price.minor()
    )
    .execute(tx.conn())
    .await?;
    price_history::note(&mut tx, &[variant], ctx.now()).await?;
    if new.pieces > 0 {
        stock_ledger::write(&mut tx, &[Move::new_goods(variant, new.pieces, ctx.actor.user())], false).await?;
    }
    if let Some(picture) = picture {
        hang(&mut tx, id, picture, &new.name).await?;
    }
    search_text::renew(&mut tx, &[id]).await?;
    let details = json!({ "store_id": store, "pieces": new.pieces, "has_picture": picture.is_some() });
    tx.audit(ctx.actor, "product_added", "products", id.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(slug)
}

/// So that what is added to a store one after the other finds different addresses.
pub(super) async fn lock_store(tx: &mut TenantTx, store: StoreId) -> Result<(), AppError> {
    let found = sqlx::query_scalar!(
        "select id
         from stores
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    found.map(|_| ()).ok_or(AppError::NotFound)
}

async fn find(tx: &mut TenantTx, id: ProductId) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!("select slug from products where tenant_id = $1 and id = $2", tx.tenant(), id.uuid())
        .fetch_optional(tx.conn())
        .await?)
}

async fn hang(tx: &mut TenantTx, product: ProductId, picture: &StoredPicture, alt: &str) -> Result<(), AppError> {
    let widths: Vec<i32> = picture.widths.iter().copied().map(i32::from).collect();
    sqlx::query!(
        "insert into product_images (tenant_id, id, product_id, url, alt_text, media_key, width, height, widths, placeholder)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''))",
        tx.tenant(),
        ImageId::mint().uuid(),
        product.uuid(),
        picture.url(),
        alt,
        picture.key,
        i32::from(picture.width),
        i32::from(picture.height),
        &widths,
        picture.placeholder
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
