//! Loads what the page of a product's variants shows: its options, every variant, its pictures.

use super::{
    options::{Options, ProductOption},
    stored::{StoredVariant, find_product, list_variants},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{ImageId, ProductId, VariantId},
        typed::Typed,
    },
};

/// Only a merchant's own people see one: it knows what things cost the merchant.
#[derive(Clone, Debug)]
pub struct VariantsPage {
    pub id: ProductId,
    pub version: i32,
    pub name: String,
    pub currency: Currency,
    /// The options as the form has them.
    pub options: Typed,
    pub lines: Vec<StoredLine>,
    pub pictures: Vec<PictureChoice>,
}

/// A variant as it stands, for a row of the grid.
#[derive(Clone, Debug)]
pub struct StoredLine {
    pub id: VariantId,
    pub version: i32,
    pub name: String,
    pub stock: i32,
    pub is_active: bool,
    /// The cells as the form has them.
    pub cells: Typed,
}

/// One of the product's pictures.
#[derive(Clone, Debug)]
pub struct PictureChoice {
    pub id: ImageId,
    pub alt: String,
}

pub async fn load(ctx: &Ctx, id: ProductId) -> Result<VariantsPage, AppError> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    let product = find_product(&mut tx, id).await?;
    let variants = list_variants(&mut tx, id, product.currency).await?;
    let options = options(&product.option_names, &variants).spelled();
    Ok(VariantsPage {
        id,
        version: product.version,
        name: product.name,
        currency: product.currency,
        options,
        lines: variants
            .into_iter()
            .take(super::grid::MOST_ROWS)
            .map(|variant| StoredLine {
                id: variant.id,
                version: variant.version,
                name: variant.name,
                stock: variant.stock,
                is_active: variant.cells.is_active,
                cells: variant.cells.spelled(),
            })
            .collect(),
        pictures: list_pictures(&mut tx, id).await?,
    })
}

/// The options that the variants on sale have between them, values in the order of the variants.
pub(super) fn options(names: &[String], variants: &[StoredVariant]) -> Options {
    let values = |name: &String| {
        let mut values: Vec<String> = Vec::new();
        for value in variants.iter().filter(|variant| variant.cells.is_active).filter_map(|one| one.value(name)) {
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        values
    };
    Options(names.iter().map(|name| ProductOption { name: name.clone(), values: values(name) }).collect())
}

pub(super) async fn list_pictures(tx: &mut TenantTx, product: ProductId) -> Result<Vec<PictureChoice>, AppError> {
    let rows = sqlx::query!(
        "select id, alt_text
         from product_images
         where tenant_id = $1
           and product_id = $2
         order by position, id
         limit 100",
        tx.tenant(),
        product.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| PictureChoice { id: row.id.into(), alt: row.alt_text.unwrap_or_default() }).collect())
}
