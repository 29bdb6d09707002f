//! A merchant names a product's options, and every combination of their values is a variant, in one step.

use super::{
    load::options,
    options::{MOST_VARIANTS, Options},
    stored::{StoredProduct, StoredVariant, find_product, list_variants, lock_variants, raise_product},
};
use crate::{
    catalog::{price_history, prices_moved::prices_moved, search_text},
    ctx::Ctx,
    db::TenantTx,
    error::{AppError, Refusal},
    kernel::{
        access::Permission,
        id::{ProductId, VariantId},
        typed::Typed,
    },
    tenancy::catalogue_version,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Makes them over a product that is still at `version`. A combination that is there keeps its row with all it has;
/// one that is not wanted any more is switched off. Variants of a first, plain form become the first that fits.
pub async fn make_variants(ctx: &Ctx, id: ProductId, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditProducts)?;
    let wanted = Options::parse(typed).map_err(AppError::Invalid)?;
    // Counted, not made: ten thousand would be written nowhere.
    if wanted.count() > MOST_VARIANTS {
        let limit = u32::try_from(MOST_VARIANTS).unwrap_or(u32::MAX);
        return Err(AppError::Refused(Refusal::TooManyVariants { limit }));
    }
    let mut tx = ctx.tx().await?;
    lock_variants(&mut tx, id).await?;
    let product = find_product(&mut tx, id).await?;
    let variants = list_variants(&mut tx, id, product.currency).await?;
    let active = variants.iter().filter(|variant| variant.cells.is_active).count();
    if options(&product.option_names, &variants) == wanted && active == wanted.count() {
        // The same form twice, or nothing to do.
        return Ok(());
    }
    if product.version != version {
        return Err(AppError::ChangedMeanwhile);
    }
    let combinations = wanted.combinations();
    let kept = matches(&wanted.names(), &product.option_names, &combinations, &variants);
    let off: Vec<Uuid> = variants
        .iter()
        .filter(|variant| variant.cells.is_active && !kept.contains(&Some(variant.id)))
        .map(|variant| variant.id.uuid())
        .collect();
    keep(&mut tx, id, &wanted, &combinations, &kept).await?;
    let made = add(&mut tx, id, &product, &wanted, &combinations, &kept).await?;
    switch_off(&mut tx, id, &off).await?;
    prices_moved(&mut tx, id, &made, ctx.now()).await?;
    price_history::note_products(&mut tx, &[id], ctx.now()).await?;
    raise_product(&mut tx, id, Some(version), Some(&wanted.names())).await?;
    search_text::renew(&mut tx, &[id]).await?;
    let details = json!({ "made": made.len(), "kept": kept.iter().flatten().count(), "switched_off": off.len() });
    tx.audit(ctx.actor, "variants_made", "products", id.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// The variant that each combination keeps: first those that are exactly it, then those that agree as far as they go.
fn matches(
    names: &[String],
    former: &[String],
    combinations: &[Vec<String>],
    variants: &[StoredVariant],
) -> Vec<Option<VariantId>> {
    // Options that were renamed are known by their place, as long as none came or went.
    let is_renamed = names.len() == former.len();
    let value = |variant: &StoredVariant, at: usize| {
        let own = variant.value(&names[at]);
        own.or_else(|| variant.value(former.get(at).filter(|_| is_renamed)?)).map(str::to_owned)
    };
    let known: Vec<(VariantId, bool, Vec<Option<String>>, usize)> = variants
        .iter()
        .map(|variant| {
            let values = (0..names.len()).map(|at| value(variant, at)).collect();
            (variant.id, variant.cells.is_active, values, variant.attributes.len())
        })
        .collect();
    let mut kept: Vec<Option<VariantId>> = vec![None; combinations.len()];
    for is_exact in [true, false] {
        for (at, wanted) in combinations.iter().enumerate().filter(|(at, _)| kept[*at].is_none()).collect::<Vec<_>>() {
            let free = known.iter().find(|(id, is_active, values, own)| {
                let agrees = values.iter().zip(wanted).all(|(has, wants)| has.as_ref().is_none_or(|has| has == wants));
                let said = values.iter().flatten().count();
                let fits = if is_exact {
                    said == wanted.len() && *own == wanted.len()
                } else {
                    // What says nothing of any of these options is another thing, unless it says nothing at all.
                    *is_active && (said > 0 || *own == 0 || wanted.is_empty())
                };
                agrees && fits && !kept.contains(&Some(*id))
            });
            kept[at] = free.map(|(id, ..)| *id);
        }
    }
    kept
}

fn attributes(names: &[String], values: &[String]) -> Value {
    Value::Object(names.iter().zip(values).map(|(name, value)| (name.clone(), json!(value))).collect::<Map<_, _>>())
}

fn place(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX)
}

/// Gives the rows that stay their names and places.
async fn keep(
    tx: &mut TenantTx,
    product: ProductId,
    wanted: &Options,
    combinations: &[Vec<String>],
    kept: &[Option<VariantId>],
) -> Result<(), AppError> {
    let names = wanted.names();
    let rows: Vec<_> = kept.iter().enumerate().filter_map(|(at, id)| id.map(|id| (at, id.uuid()))).collect();
    let ids: Vec<Uuid> = rows.iter().map(|(_, id)| *id).collect();
    let places: Vec<i32> = rows.iter().map(|(at, _)| place(*at)).collect();
    let called: Vec<String> = rows.iter().map(|(at, _)| combinations[*at].join(" / ")).collect();
    let choices: Vec<Value> = rows.iter().map(|(at, _)| attributes(&names, &combinations[*at])).collect();
    sqlx::query!(
        "update product_variants v
         set name = wanted.name, attributes = wanted.attributes, position = wanted.position, is_active = true,
             version = v.version + 1, updated_at = now()
         from unnest($3::uuid[], $4::text[], $5::jsonb[], $6::int[]) as wanted (id, name, attributes, position)
         where v.tenant_id = $1
           and v.product_id = $2
           and v.id = wanted.id",
        tx.tenant(),
        product.uuid(),
        &ids,
        &called,
        &choices,
        &places
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Adds the combinations that are new, at the product's price and without stock.
async fn add(
    tx: &mut TenantTx,
    product: ProductId,
    stored: &StoredProduct,
    wanted: &Options,
    combinations: &[Vec<String>],
    kept: &[Option<VariantId>],
) -> Result<Vec<VariantId>, AppError> {
    let names = wanted.names();
    let new: Vec<usize> = kept.iter().enumerate().filter(|(_, id)| id.is_none()).map(|(at, _)| at).collect();
    let made: Vec<VariantId> = new.iter().map(|_| VariantId::mint()).collect();
    let ids: Vec<Uuid> = made.iter().map(|id| id.uuid()).collect();
    let places: Vec<i32> = new.iter().map(|at| place(*at)).collect();
    let called: Vec<String> = new.iter().map(|at| combinations[*at].join(" / ")).collect();
    let choices: Vec<Value> = new.iter().map(|at| attributes(&names, &combinations[*at])).collect();
    sqlx::query!(
        "insert into product_variants (tenant_id, id, product_id, name, attributes, position, price_cents)
         select $1, made.id, $2, made.name, made.attributes, made.position, $7
         from unnest($3::uuid[], $4::text[], $5::jsonb[], $6::int[]) as made (id, name, attributes, position)",
        tx.tenant(),
        product.uuid(),
        &ids,
        &called,
        &choices,
        &places,
        stored.base_price_cents
    )
    .execute(tx.conn())
    .await?;
    Ok(made)
}

async fn switch_off(tx: &mut TenantTx, product: ProductId, off: &[Uuid]) -> Result<(), AppError> {
    sqlx::query!(
        "update product_variants
         set is_active = false, version = version + 1, updated_at = now()
         where tenant_id = $1
           and product_id = $2
           and id = any($3)",
        tx.tenant(),
        product.uuid(),
        off
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::grid::Cells, *};
    use crate::kernel::money::Money;

    fn id(nth: usize) -> VariantId {
        VariantId::parse(&format!("01890a5d-ac96-774b-bcce-b302099a80{nth:02x}")).unwrap()
    }

    fn variant(nth: usize, is_active: bool, attributes: &[(&str, &str)]) -> StoredVariant {
        StoredVariant {
            id: id(nth),
            version: 1,
            name: String::new(),
            attributes: attributes.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect(),
            stock: 0,
            cells: Cells {
                sku: None,
                barcode: None,
                price: Money::shillings(1),
                was: None,
                cost: None,
                limit: 0,
                image: None,
                is_active,
            },
        }
    }

    #[track_caller]
    fn check(former: &[&str], variants: &[StoredVariant], options: &[(&str, &str)], kept: &[Option<usize>]) {
        let typed = options.iter().enumerate().fold(Typed::default(), |typed, (at, (name, values))| {
            typed.with(&format!("option_{}", at + 1), *name).with(&format!("values_{}", at + 1), *values)
        });
        let wanted = Options::parse(&typed).unwrap();
        let former: Vec<String> = former.iter().map(|name| (*name).to_owned()).collect();
        let found = matches(&wanted.names(), &former, &wanted.combinations(), variants);
        assert_eq!(found, kept.iter().map(|nth| nth.map(id)).collect::<Vec<_>>());
    }

    #[test]
    fn a_plain_product_becomes_its_first_combination() {
        let plain = [variant(1, true, &[])];
        check(&[], &plain, &[("Size", "S, M"), ("Colour", "Red, Blue")], &[Some(1), None, None, None]);
    }

    #[test]
    fn what_is_there_keeps_its_row_when_values_come_go_or_change_places() {
        let two = [variant(1, true, &[("Size", "S")]), variant(2, true, &[("Size", "M")])];
        check(&["Size"], &two, &[("Size", "M, L, S")], &[Some(2), None, Some(1)]);
        check(&["Size"], &two, &[("Size", "L")], &[None]);
    }

    #[test]
    fn a_combination_that_comes_back_has_its_old_row() {
        let two = [variant(1, true, &[("Size", "S")]), variant(2, false, &[("Size", "M")])];
        check(&["Size"], &two, &[("Size", "S, M")], &[Some(1), Some(2)]);
    }

    #[test]
    fn an_option_more_or_less_goes_to_the_first_that_agrees() {
        let two = [variant(1, true, &[("Size", "S")]), variant(2, true, &[("Size", "M")])];
        check(&["Size"], &two, &[("Size", "S, M"), ("Colour", "Red, Blue")], &[Some(1), None, Some(2), None]);
        let four = [
            variant(1, true, &[("Size", "S"), ("Colour", "Red")]),
            variant(2, true, &[("Size", "S"), ("Colour", "Blue")]),
            variant(3, true, &[("Size", "M"), ("Colour", "Red")]),
        ];
        check(&["Size", "Colour"], &four, &[("Size", "S, M")], &[Some(1), Some(3)]);
        check(&["Size", "Colour"], &four, &[("Colour", "Blue, Red"), ("Size", "S")], &[Some(2), Some(1)]);
        check(&["Size", "Colour"], &four, &[], &[Some(1)]);
    }

    #[test]
    fn an_option_with_a_new_name_is_known_by_its_place_and_another_option_is_another_thing() {
        let two = [variant(1, true, &[("Size", "S")]), variant(2, true, &[("Size", "M")])];
        check(&["Size"], &two, &[("Ukubwa", "S, M")], &[Some(1), Some(2)]);
        check(&["Size"], &two, &[("Colour", "Red"), ("Cloth", "Kitenge")], &[None]);
    }
}
