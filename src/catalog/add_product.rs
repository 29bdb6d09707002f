//! A merchant puts a product on the shelf: active at once, in one form, with its first pieces and its picture.

use super::{media::StoredPicture, price_history, product_form::NewProduct};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{ImageId, ProductId, StoreId, UserId, VariantId},
        slug::Slug,
    },
    tenancy::catalogue_version,
};
use serde_json::json;

/// Addresses of one name: `kiondo`, `kiondo-2` and so on.
const MOST_ALIKE: i64 = 500;

/// Writes it. `id` was made when the form was shown, so the same form sent twice is one product. Answers its address.
pub async fn add_product(
    ctx: &Ctx,
    store: StoreId,
    id: ProductId,
    new: &NewProduct,
    picture: Option<&StoredPicture>,
) -> Result<String, AppError> {
    ctx.require(Permission::AddProducts)?;
    let mut tx = ctx.tx().await?;
    // Two of one name at once would find the same address free.
    lock_store(&mut tx, store).await?;
    if let Some(known) = find(&mut tx, id).await? {
        return Ok(known);
    }
    let slug = free_slug(&mut tx, new).await?;
    sqlx::query!(
        "insert into products (tenant_id, id, store_id, name, slug, description, status, base_price_cents, currency)
         values ($1, $2, $3, $4, $5, $6, 'active', $7, $8)",
        tx.tenant(),
        id.uuid(),
        store.uuid(),
        new.name,
        slug,
        new.description.as_deref().map(as_paragraphs),
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
        restock(&mut tx, variant, new.pieces, ctx.actor.user()).await?;
    }
    if let Some(picture) = picture {
        hang(&mut tx, id, picture, &new.name).await?;
    }
    let details = json!({ "store_id": store, "pieces": new.pieces, "has_picture": picture.is_some() });
    tx.audit(ctx.actor, "product_added", "products", id.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(slug)
}

async fn lock_store(tx: &mut TenantTx, store: StoreId) -> Result<(), AppError> {
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

/// The first address of this name that the merchant has not used.
async fn free_slug(tx: &mut TenantTx, new: &NewProduct) -> Result<String, AppError> {
    // A name in another alphabet gives no address.
    let wish = Slug::from_name(&new.name).map_or_else(|| "product".to_owned(), |slug| slug.as_str().to_owned());
    let wish = wish.get(..70).map_or(wish.as_str(), |cut| cut.trim_end_matches('-')).to_owned();
    let taken = sqlx::query_scalar!(
        "select slug
         from products
         where tenant_id = $1
           and (slug = $2 or slug like $2 || '-%')
         limit $3",
        tx.tenant(),
        wish,
        MOST_ALIKE
    )
    .fetch_all(tx.conn())
    .await?;
    let count = taken.len() + 2;
    let free = std::iter::once(wish.clone())
        .chain((2..=count).map(|nth| format!("{wish}-{nth}")))
        .find(|slug| !taken.contains(slug));
    // With more alike than were read, the id itself is an address.
    Ok(free.filter(|_| count < 500).unwrap_or_else(|| format!("{wish}-{}", &VariantId::mint().to_string()[24..])))
}

/// The total and its movement, by one statement.
async fn restock(tx: &mut TenantTx, variant: VariantId, pieces: i32, by: Option<UserId>) -> Result<(), AppError> {
    sqlx::query!(
        "with moved as (
             update product_variants
             set stock_quantity = stock_quantity + $3, updated_at = now()
             where tenant_id = $1
               and id = $2
             returning product_id, stock_quantity
         )
         insert into inventory_movements (tenant_id, product_id, variant_id, change, reason, balance_after, created_by)
         select $1, moved.product_id, $2, $3, 'restock', moved.stock_quantity, $4
         from moved",
        tx.tenant(),
        variant.uuid(),
        pieces,
        by.map(UserId::uuid)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
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

/// Plain text as the shop's pages show descriptions: markup of our own around text that is none.
fn as_paragraphs(text: &str) -> String {
    let safe = text.replace("\r\n", "\n").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let parts = safe.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.replace('\n', "<br>")).fold(String::new(), |text, part| text + "<p>" + &part + "</p>")
}

#[cfg(test)]
mod tests {
    use super::as_paragraphs;

    #[test]
    fn what_a_merchant_types_is_text() {
        assert_eq!(
            as_paragraphs("Sisal & wool\r\nby hand\n\n<b>x"),
            "<p>Sisal &amp; wool<br>by hand</p><p>&lt;b&gt;x</p>"
        );
    }
}
