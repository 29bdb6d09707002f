//! A merchant edits many variants at once: every changed row is written, or none is.

use super::{
    grid::{CELLS, Cells, TypedRow, read_number},
    load::list_pictures,
    stored::{StoredVariant, find_product, list_variants, lock_variants, raise_product},
};
use crate::{
    catalog::{prices_moved::prices_moved, search_text},
    ctx::Ctx,
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::{FieldErrors, FieldProblem},
        id::{ImageId, ProductId, VariantId},
        meeting::{Meeting, meet},
        money::Money,
    },
    tenancy::catalogue_version,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is wrong with a row, or what somebody else made of it meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    pub errors: FieldErrors,
    pub meeting: Option<Meeting>,
}

/// Why nothing was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    Rows(BTreeMap<VariantId, Trouble>),
    App(AppError),
}

impl<E: Into<AppError>> From<E> for NotSaved {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

/// Writes the rows that this person changed. A row that a colleague changed in the same cells is laid side by side
/// with theirs; stock that moved meanwhile is no obstacle. Rows of another product are not found.
pub async fn change_variants(ctx: &Ctx, product: ProductId, rows: &[TypedRow]) -> Result<(), NotSaved> {
    ctx.require(Permission::EditProducts)?;
    let mut tx = ctx.tx().await?;
    lock_variants(&mut tx, product).await?;
    let stored_product = find_product(&mut tx, product).await?;
    let variants = list_variants(&mut tx, product, stored_product.currency).await?;
    if rows.iter().any(|row| variants.iter().all(|variant| variant.id != row.id)) {
        return Err(AppError::NotFound.into());
    }
    let pictures: Vec<ImageId> = list_pictures(&mut tx, product).await?.into_iter().map(|picture| picture.id).collect();
    let mut troubles: BTreeMap<VariantId, Trouble> = BTreeMap::new();
    let mut changes: Vec<(&StoredVariant, Cells)> = Vec::new();
    let mut skus: Vec<(&StoredVariant, Option<String>)> = Vec::new();
    for row in rows.iter().filter(|row| row.is_changed()) {
        let Some(stored) = variants.iter().find(|variant| variant.id == row.id) else { continue };
        let now = stored.cells.spelled();
        let mut typed = row.typed.clone();
        if stored.version != row.version {
            let meeting = meet(CELLS, &row.seen, &now, &row.typed);
            typed = meeting.merged.clone();
            if !meeting.changes.is_empty() {
                troubles.entry(row.id).or_default().meeting = Some(meeting);
            }
        }
        match Cells::parse(&typed, &stored.cells, stored_product.currency, &pictures) {
            Ok(cells) if cells == stored.cells => {}
            Ok(cells) => {
                skus.push((stored, cells.sku.clone()));
                changes.push((stored, cells));
            }
            Err(errors) => {
                // What is wrong with its other cells does not hide that its SKU is taken.
                if errors.of("sku").is_none() {
                    skus.push((stored, read_number(typed.get("sku"), stored.cells.sku.as_deref()).unwrap_or_default()));
                }
                troubles.entry(row.id).or_default().errors = errors;
            }
        }
    }
    find_taken_skus(&mut tx, product, &variants, &skus, &mut troubles).await?;
    if !troubles.is_empty() {
        return Err(NotSaved::Rows(troubles));
    }
    if changes.is_empty() {
        return Ok(());
    }
    let priced = |(stored, cells): &&(&StoredVariant, Cells)| stored.cells.price != cells.price;
    let moved: Vec<VariantId> = changes.iter().filter(priced).map(|(stored, _)| stored.id).collect();
    if !moved.is_empty() {
        ctx.require(Permission::EditPrices)?;
    }
    write(&mut tx, product, &changes).await?;
    // What is sold again, or not any more, is a step of its price, too.
    let is_noted = |(stored, cells): &&(&StoredVariant, Cells)| {
        (stored.cells.price, stored.cells.is_active) != (cells.price, cells.is_active)
    };
    let noted: Vec<VariantId> = changes.iter().filter(is_noted).map(|(stored, _)| stored.id).collect();
    if changes.iter().any(|(stored, cells)| is_about_money(&stored.cells, cells)) {
        prices_moved(&mut tx, product, &noted, ctx.now()).await?;
    }
    raise_product(&mut tx, product, None, None).await?;
    search_text::renew(&mut tx, &[product]).await?;
    tx.audit(ctx.actor, "variants_edited", "products", product.uuid(), details(&changes)).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Whether the cheapest variant may be another one now, or cost something else.
fn is_about_money(before: &Cells, now: &Cells) -> bool {
    (before.price, before.was, before.cost, before.is_active) != (now.price, now.was, now.cost, now.is_active)
}

/// Prices from and to, and for the rest the names of the cells.
fn details(changes: &[(&StoredVariant, Cells)]) -> Value {
    let row = |(stored, cells): &(&StoredVariant, Cells)| {
        let (before, now) = (stored.cells.spelled(), cells.spelled());
        let names: Vec<&str> = CELLS.iter().copied().filter(|cell| before.get(cell) != now.get(cell)).collect();
        let mut row = json!({ "variant_id": stored.id, "fields": names });
        if stored.cells.price != cells.price {
            row["from_cents"] = json!(stored.cells.price.minor());
            row["to_cents"] = json!(cells.price.minor());
        }
        row
    };
    json!({ "variants": changes.iter().map(row).collect::<Vec<_>>() })
}

/// Names every row whose new SKU another row or another product has.
async fn find_taken_skus(
    tx: &mut TenantTx,
    product: ProductId,
    variants: &[StoredVariant],
    wanted: &[(&StoredVariant, Option<String>)],
    troubles: &mut BTreeMap<VariantId, Trouble>,
) -> Result<(), AppError> {
    let new: Vec<(VariantId, String)> = wanted
        .iter()
        .filter(|(stored, sku)| stored.cells.sku != *sku)
        .filter_map(|(stored, sku)| Some((stored.id, sku.clone()?)))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let sku_of = |variant: &StoredVariant| {
        let changed = wanted.iter().find(|(stored, _)| stored.id == variant.id);
        changed.map_or_else(|| variant.cells.sku.clone(), |(_, sku)| sku.clone())
    };
    let all: Vec<(VariantId, String)> =
        variants.iter().filter_map(|variant| Some((variant.id, sku_of(variant)?))).collect();
    let skus: Vec<String> = new.iter().map(|(_, sku)| sku.clone()).collect();
    let elsewhere = sqlx::query_scalar!(
        r#"select sku as "sku!"
           from product_variants
           where tenant_id = $1
             and sku = any($2)
             and product_id <> $3
           limit 1000"#,
        tx.tenant(),
        &skus,
        product.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    for (id, sku) in &new {
        if all.iter().any(|(other, taken)| other != id && taken == sku) {
            troubles.entry(*id).or_default().errors.add("sku", FieldProblem::TwiceHere);
        }
        if elsewhere.contains(sku) {
            troubles.entry(*id).or_default().errors.add("sku", FieldProblem::SkuTaken);
        }
    }
    Ok(())
}

async fn write(tx: &mut TenantTx, product: ProductId, changes: &[(&StoredVariant, Cells)]) -> Result<(), AppError> {
    let ids: Vec<Uuid> = changes.iter().map(|(stored, _)| stored.id.uuid()).collect();
    // Two rows that exchange their SKUs would meet in the unique rule on the way.
    sqlx::query!(
        "update product_variants
         set sku = null
         where tenant_id = $1
           and product_id = $2
           and id = any($3)",
        tx.tenant(),
        product.uuid(),
        &ids
    )
    .execute(tx.conn())
    .await?;
    let skus: Vec<Option<String>> = changes.iter().map(|(_, cells)| cells.sku.clone()).collect();
    let barcodes: Vec<Option<String>> = changes.iter().map(|(_, cells)| cells.barcode.clone()).collect();
    let prices: Vec<i64> = changes.iter().map(|(_, cells)| cells.price.minor()).collect();
    let was: Vec<Option<i64>> = changes.iter().map(|(_, cells)| cells.was.map(Money::minor)).collect();
    let costs: Vec<Option<i64>> = changes.iter().map(|(_, cells)| cells.cost.map(Money::minor)).collect();
    let limits: Vec<i32> = changes.iter().map(|(_, cells)| cells.limit).collect();
    let images: Vec<Option<Uuid>> = changes.iter().map(|(_, cells)| cells.image.map(ImageId::uuid)).collect();
    let active: Vec<bool> = changes.iter().map(|(_, cells)| cells.is_active).collect();
    sqlx::query!(
        "update product_variants v
         set sku = now.sku, barcode = now.barcode, price_cents = now.price, compare_at_price_cents = now.was,
             cost_cents = now.cost, low_stock_threshold = now.threshold, image_id = now.image, is_active = now.is_active,
             version = v.version + 1, updated_at = now()
         from unnest($3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[], $10::uuid[],
                     $11::bool[])
              as now (id, sku, barcode, price, was, cost, threshold, image, is_active)
         where v.tenant_id = $1
           and v.product_id = $2
           and v.id = now.id",
        tx.tenant(),
        product.uuid(),
        &ids,
        &skus as &[Option<String>],
        &barcodes as &[Option<String>],
        &prices,
        &was as &[Option<i64>],
        &costs as &[Option<i64>],
        &limits,
        &images as &[Option<Uuid>],
        &active
    )
    .execute(tx.conn())
    .await
    .map_err(|fault| {
        // Another product took one of the SKUs, or a picture went, between the look and the writing.
        let fault = DbError::from(fault);
        if fault.constraint().is_some() { AppError::ChangedMeanwhile } else { fault.into() }
    })?;
    Ok(())
}
