//! A product's pictures as the merchant puts them in order, and the variants that one can stand for.

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{ImageId, ProductId, VariantId},
        typed::Typed,
    },
    pages::storefront::parts::Picture,
};

/// The most variants that can be chosen from.
const VARIANTS: i64 = 500;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PicturesPage {
    pub product: ProductId,
    pub name: String,
    /// Those with a name: a product without a choice has none.
    pub variants: Vec<(VariantId, String)>,
    /// As shoppers see them.
    pub pictures: Vec<HungPicture>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HungPicture {
    pub id: ImageId,
    pub version: i32,
    pub picture: Picture,
    /// What stands in its form.
    pub typed: Typed,
}

/// For whoever may change them.
pub async fn load(ctx: &Ctx, product: ProductId) -> Result<PicturesPage, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    let name = sqlx::query_scalar!(
        "select name
         from products
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        product.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let variants = sqlx::query!(
        "select id, name
         from product_variants
         where tenant_id = $1
           and product_id = $2
           and is_active
           and name <> ''
         order by position, id
         limit $3",
        tx.tenant(),
        product.uuid(),
        VARIANTS
    )
    .fetch_all(tx.conn())
    .await?;
    let rows = sqlx::query!(
        r#"select i.id, i.version, i.url, i.widths, i.width, i.height, i.alt_text, i.placeholder,
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
           order by i.position, i.id
           limit 100"#,
        tx.tenant(),
        product.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let small = |pixels: Option<i32>| pixels.and_then(|pixels| u16::try_from(pixels).ok()).unwrap_or(1);
    let pictures = rows
        .into_iter()
        .map(|row| HungPicture {
            id: row.id.into(),
            version: row.version,
            typed: Typed::default()
                .with("alt_text", row.alt_text.clone().unwrap_or_default())
                .with("variant", row.variant_id.map(|id| VariantId::from(id).to_string()).unwrap_or_default()),
            picture: Picture {
                base: row.url,
                widths: row.widths.into_iter().filter_map(|width| u16::try_from(width).ok()).collect(),
                width: small(row.width),
                height: small(row.height),
                alt: row.alt_text.unwrap_or_default(),
                placeholder: row.placeholder,
            },
        })
        .collect();
    let variants = variants.into_iter().map(|row| (row.id.into(), row.name)).collect();
    Ok(PicturesPage { product, name, variants, pictures })
}
