//! A merchant begins a product from another one: a draft with its variants and pictures, without stock and numbers.

use super::{add_product::lock_store, price_history, product_slugs, search_text};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{ImageId, ProductId, VariantId},
    },
};
use serde_json::json;
use uuid::Uuid;

/// Writes it. `copy` was made when the form was shown, so the same form sent twice is one copy. `name` is its name.
/// The files of the pictures are shared; SKUs and barcodes stay with the things that carry them.
pub async fn duplicate_product(ctx: &Ctx, source: ProductId, copy: ProductId, name: &str) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    let store = sqlx::query_scalar!(
        "select store_id
         from products
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        source.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    lock_store(&mut tx, store.into()).await?;
    let is_there = sqlx::query_scalar!(
        r#"select exists (select from products where tenant_id = $1 and id = $2) as "is_there!""#,
        tx.tenant(),
        copy.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if is_there {
        return Ok(());
    }
    let slug = product_slugs::free(&mut tx, name).await?;
    sqlx::query!(
        "insert into products (tenant_id, id, store_id, name, slug, description, description_source, category_id, status,
                               brand, base_price_cents, compare_at_price_cents, cost_cents, currency, weight_kg, seo, tags,
                               option_names)
         select $1, $3, store_id, $4, $5, description, description_source, category_id, 'draft',
                brand, base_price_cents, compare_at_price_cents, cost_cents, currency, weight_kg, '{}', tags, option_names
         from products
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        source.uuid(),
        copy.uuid(),
        name,
        slug
    )
    .execute(tx.conn())
    .await?;
    let pictures = copy_pictures(&mut tx, source, copy).await?;
    let variants = copy_variants(&mut tx, source, copy, &pictures).await?;
    tie_pictures(&mut tx, copy, &pictures, &variants).await?;
    let copies: Vec<VariantId> = variants.iter().map(|(_, new)| VariantId::from(*new)).collect();
    price_history::note(&mut tx, &copies, ctx.now()).await?;
    search_text::renew(&mut tx, &[copy]).await?;
    let details = json!({ "source_id": source, "variants": variants.len(), "pictures": pictures.len() });
    tx.audit(ctx.actor, "product_duplicated", "products", copy.uuid(), details).await?;
    Ok(tx.commit().await?)
}

/// Ids of the source with those of the copy beside them.
type Pairs = Vec<(Uuid, Uuid)>;

async fn copy_pictures(tx: &mut TenantTx, source: ProductId, copy: ProductId) -> Result<Pairs, AppError> {
    let old = sqlx::query_scalar!(
        "select id
         from product_images
         where tenant_id = $1
           and product_id = $2
         order by position, id
         limit 100",
        tx.tenant(),
        source.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let new: Vec<Uuid> = old.iter().map(|_| ImageId::mint().uuid()).collect();
    sqlx::query!(
        "insert into product_images (tenant_id, id, product_id, url, position, alt_text, media_key, width, height, widths, placeholder)
         select $1, pair.new, $3, i.url, i.position, i.alt_text, i.media_key, i.width, i.height, i.widths, i.placeholder
         from unnest($4::uuid[], $5::uuid[]) as pair (old, new)
         join product_images i on i.tenant_id = $1 and i.id = pair.old and i.product_id = $2",
        tx.tenant(),
        source.uuid(),
        copy.uuid(),
        &old,
        &new
    )
    .execute(tx.conn())
    .await?;
    Ok(old.into_iter().zip(new).collect())
}

async fn copy_variants(
    tx: &mut TenantTx,
    source: ProductId,
    copy: ProductId,
    pictures: &Pairs,
) -> Result<Pairs, AppError> {
    let old = sqlx::query_scalar!(
        "select id
         from product_variants
         where tenant_id = $1
           and product_id = $2
           and is_active
         order by position, id
         limit 1000",
        tx.tenant(),
        source.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let new: Vec<Uuid> = old.iter().map(|_| VariantId::mint().uuid()).collect();
    let (old_pictures, new_pictures): (Vec<Uuid>, Vec<Uuid>) = pictures.iter().copied().unzip();
    sqlx::query!(
        "insert into product_variants (tenant_id, id, product_id, name, price_cents, compare_at_price_cents, cost_cents,
                                       low_stock_threshold, attributes, position, image_id)
         select $1, pair.new, $3, v.name, v.price_cents, v.compare_at_price_cents, v.cost_cents,
                v.low_stock_threshold, v.attributes, v.position, picture.new
         from unnest($4::uuid[], $5::uuid[]) as pair (old, new)
         join product_variants v on v.tenant_id = $1 and v.id = pair.old and v.product_id = $2
         left join unnest($6::uuid[], $7::uuid[]) as picture (old, new) on picture.old = v.image_id",
        tx.tenant(),
        source.uuid(),
        copy.uuid(),
        &old,
        &new,
        &old_pictures,
        &new_pictures
    )
    .execute(tx.conn())
    .await?;
    Ok(old.into_iter().zip(new).collect())
}

/// A picture of one variant is that variant's in the copy, too.
async fn tie_pictures(tx: &mut TenantTx, copy: ProductId, pictures: &Pairs, variants: &Pairs) -> Result<(), AppError> {
    let (old_pictures, new_pictures): (Vec<Uuid>, Vec<Uuid>) = pictures.iter().copied().unzip();
    let (old_variants, new_variants): (Vec<Uuid>, Vec<Uuid>) = variants.iter().copied().unzip();
    sqlx::query!(
        "update product_images i
         set variant_id = variant.new, updated_at = now()
         from unnest($3::uuid[], $4::uuid[]) as picture (old, new)
         join product_images before on before.tenant_id = $1 and before.id = picture.old
         join unnest($5::uuid[], $6::uuid[]) as variant (old, new) on variant.old = before.variant_id
         where i.tenant_id = $1
           and i.product_id = $2
           and i.id = picture.new",
        tx.tenant(),
        copy.uuid(),
        &old_pictures,
        &new_pictures,
        &old_variants,
        &new_variants
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
