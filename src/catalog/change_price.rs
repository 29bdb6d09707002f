//! A merchant changes a variant's price.

use super::{
    prices_moved::prices_moved,
    variant::{VariantRow, load_variant},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{ProductId, VariantId},
        money::Money,
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// Writes the price when the variant is still at `version`; answers the row as it is then.
///
/// Somebody was faster: [`AppError::ChangedMeanwhile`]. Not there or not this merchant's: not found.
pub async fn change_price(ctx: &Ctx, variant: VariantId, version: i32, price: Money) -> Result<VariantRow, AppError> {
    ctx.require(Permission::EditPrices)?;
    if price.minor() <= 0 || !price.is_whole() {
        return Err(AppError::Invalid(FieldErrors::one("price", FieldProblem::NotAPrice)));
    }
    let mut tx = ctx.tx().await?;
    let before = load_variant(&mut tx, variant, ctx.now()).await?;
    if before.price.currency() != price.currency() {
        return Err(AppError::Invalid(FieldErrors::one("price", FieldProblem::NotAPrice)));
    }
    let product = write_price(&mut tx, variant, version, price).await?.ok_or(AppError::ChangedMeanwhile)?;
    prices_moved(&mut tx, product, &[variant], ctx.now()).await?;
    raise_product(&mut tx, product).await?;
    let details =
        json!({ "from_cents": before.price.minor(), "to_cents": price.minor(), "currency": price.currency().code() });
    tx.audit(ctx.actor, "price_changed", "product_variants", variant.uuid(), details).await?;
    let after = load_variant(&mut tx, variant, ctx.now()).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(after)
}

/// None when the variant is at another version by now. A price before that is not above the new one is none any more.
async fn write_price(
    tx: &mut TenantTx,
    variant: VariantId,
    version: i32,
    price: Money,
) -> Result<Option<ProductId>, AppError> {
    let product = sqlx::query_scalar!(
        "update product_variants
         set price_cents = $4,
             compare_at_price_cents = case when compare_at_price_cents > $4 then compare_at_price_cents end,
             version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
           and version = $3
         returning product_id",
        tx.tenant(),
        variant.uuid(),
        version,
        price.minor()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(product.map(ProductId::from))
}

/// Its page is another one.
async fn raise_product(tx: &mut TenantTx, product: ProductId) -> Result<(), AppError> {
    sqlx::query!(
        "update products
         set version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        product.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
