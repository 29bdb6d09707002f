//! What a picture shows in words, and which variant it stands for.

use super::lock_product;
use crate::{
    catalog::variants::lock_variants,
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem, optional_text},
        id::{ImageId, ProductId, VariantId},
        typed::Typed,
    },
    tenancy::catalogue_version,
};
use serde_json::json;
use uuid::Uuid;

/// The fields of the form, as posted.
pub const FIELDS: &[&str] = &["alt_text", "variant"];
/// Characters of the words that stand for a picture.
pub const LONGEST_ALT: usize = 250;

/// Writes it when the picture is still at `version`.
pub async fn change_picture(
    ctx: &Ctx,
    product: ProductId,
    picture: ImageId,
    version: i32,
    typed: &Typed,
) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut errors = FieldErrors::none();
    let alt = errors.expect("alt_text", optional_text(typed.get("alt_text"), LONGEST_ALT)).flatten();
    let variant = match typed.get("variant") {
        "" => None,
        chosen => errors.expect("variant", VariantId::parse(chosen).ok_or(FieldProblem::UnknownChoice)),
    };
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let mut tx = ctx.tx().await?;
    lock_variants(&mut tx, product).await?;
    lock_product(&mut tx, product).await?;
    let before = sqlx::query!(
        r#"select i.version, i.alt_text,
                  coalesce(i.variant_id, (
                      select v.id
                      from product_variants v
                      where v.tenant_id = $1
                        and v.image_id = i.id
                      order by v.position, v.id
                      limit 1
                  )) as variant_id
           from product_images i
           where i.tenant_id = $1
             and i.product_id = $2
             and i.id = $3"#,
        tx.tenant(),
        product.uuid(),
        picture.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if before.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let chosen = variant.map(VariantId::uuid);
    if before.variant_id != chosen {
        show_for(&mut tx, product, picture, before.variant_id, chosen).await?;
    }
    let done = sqlx::query!(
        "update product_images
         set alt_text = $4, variant_id = $5, version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
           and version = $3",
        tx.tenant(),
        picture.uuid(),
        version,
        alt,
        chosen
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    let changed: Vec<&str> = [("alt_text", before.alt_text != alt), ("variant", before.variant_id != chosen)]
        .into_iter()
        .filter_map(|(field, is_other)| is_other.then_some(field))
        .collect();
    let details = json!({ "picture_id": picture, "fields": changed });
    tx.audit(ctx.actor, "picture_changed", "products", product.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// The variant that had it loses it, the chosen one gets it in the place of its own.
async fn show_for(
    tx: &mut TenantTx,
    product: ProductId,
    picture: ImageId,
    before: Option<Uuid>,
    chosen: Option<Uuid>,
) -> Result<(), AppError> {
    if let Some(chosen) = chosen {
        let found = sqlx::query_scalar!(
            "select id
             from product_variants
             where tenant_id = $1
               and product_id = $2
               and id = $3",
            tx.tenant(),
            product.uuid(),
            chosen
        )
        .fetch_optional(tx.conn())
        .await?;
        if found.is_none() {
            return Err(AppError::Invalid(FieldErrors::one("variant", FieldProblem::UnknownChoice)));
        }
    }
    sqlx::query!(
        "update product_variants
         set image_id = case when id = $4 then $3 end, version = version + 1, updated_at = now()
         where tenant_id = $1
           and product_id = $2
           and (id = $4 or (id = $5 and image_id = $3))",
        tx.tenant(),
        product.uuid(),
        picture.uuid(),
        chosen,
        before
    )
    .execute(tx.conn())
    .await?;
    if let Some(chosen) = chosen {
        // One picture stands for a variant.
        sqlx::query!(
            "update product_images
             set variant_id = null, version = version + 1, updated_at = now()
             where tenant_id = $1
               and product_id = $2
               and variant_id = $3
               and id <> $4",
            tx.tenant(),
            product.uuid(),
            chosen,
            picture.uuid()
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}
