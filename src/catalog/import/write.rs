//! One product into the shop: compared with what is there, then written whole in one transaction, or not at all.

use super::{
    draft::ProductDraft,
    report::Outcome,
    stored::{StoredProduct, StoredVariant, find_category, find_foreign_skus, find_product, lock_variants},
    write_rows as rows,
};
use crate::{
    catalog::{media::StoredPicture, price_history, search_text},
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::id::{StoreId, VariantId},
    tenancy::catalogue_version,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The run that a product comes in with.
pub(super) struct Run {
    pub id: Uuid,
    pub store: StoreId,
    pub dry_run: bool,
}

/// What became of a product; messages by row.
pub(super) struct Written {
    pub outcome: Outcome,
    pub messages: Vec<(usize, String)>,
}

impl Written {
    fn refused(row: usize, message: String) -> Self {
        Self { outcome: Outcome::Refused, messages: vec![(row, message)] }
    }
}

/// Where a variant of the file goes.
pub(super) struct Match<'a> {
    pub existing: Option<&'a StoredVariant>,
    /// How many pieces there shall be; `None` leaves them.
    pub stock: Option<i32>,
}

/// `pictures` are those of the draft, `None` where one could not be taken.
pub(super) async fn write_product(
    ctx: &Ctx,
    run: &Run,
    draft: &ProductDraft,
    pictures: &[Option<StoredPicture>],
) -> Result<Written, AppError> {
    let mut tx = ctx.tx().await?;
    let head = draft.rows[0];
    let existing = find_product(&mut tx, draft.slug.as_str()).await?;
    if existing.as_ref().is_some_and(|product| product.store != run.store.uuid()) {
        return Ok(Written::refused(head, format!("the address {} belongs to a product of another store", draft.slug)));
    }
    let skus: Vec<String> = draft.variants.iter().filter_map(|variant| variant.sku.clone()).collect();
    let foreign = find_foreign_skus(&mut tx, &skus, existing.as_ref().map(|product| product.id)).await?;
    if !foreign.is_empty() {
        let taken = draft.variants.iter().filter_map(|variant| {
            let sku = variant.sku.as_deref()?;
            let (_, slug) = foreign.iter().find(|(known, _)| known == sku)?;
            Some((variant.row, format!("the SKU {sku} belongs to the product {slug} already")))
        });
        return Ok(Written { outcome: Outcome::Refused, messages: taken.collect() });
    }
    let variants = match &existing {
        Some(product) => lock_variants(&mut tx, product.id, ctx.now()).await?,
        None => Vec::new(),
    };
    let mut messages = Vec::new();
    let matches = match_variants(draft, &variants, &mut messages);
    let outcome = apply(ctx, &mut tx, run, draft, existing.as_ref(), &matches, pictures).await?;
    if outcome == Outcome::Unchanged || run.dry_run {
        // Dropping the transaction undoes what a dry run tried.
        return Ok(Written { outcome, messages });
    }
    if let Some(product) = find_product(&mut tx, draft.slug.as_str()).await? {
        search_text::renew(&mut tx, &[product.id.into()]).await?;
    }
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(Written { outcome, messages })
}

/// Finds each variant's row: by SKU, then by its choices; and how many pieces it shall have.
fn match_variants<'a>(
    draft: &ProductDraft,
    variants: &'a [StoredVariant],
    messages: &mut Vec<(usize, String)>,
) -> Vec<Match<'a>> {
    let mut taken: Vec<Uuid> = Vec::new();
    let mut matches = Vec::new();
    for wanted in &draft.variants {
        let attributes = rows::attributes(&draft.option_names, &wanted.values);
        let free = |variant: &&StoredVariant| !taken.contains(&variant.id);
        let existing = variants
            .iter()
            .filter(free)
            .find(|variant| wanted.sku.is_some() && variant.sku == wanted.sku)
            .or_else(|| variants.iter().filter(free).find(|variant| variant.attributes == attributes));
        let promised = existing.map_or(0, |variant| i32::try_from(variant.held).unwrap_or(i32::MAX));
        if wanted.stock.is_some_and(|stock| stock < promised) {
            messages.push((
                wanted.row,
                format!("{promised} pieces are promised to shoppers who are paying, so the stock is set to {promised}"),
            ));
        }
        taken.extend(existing.map(|variant| variant.id));
        matches.push(Match { existing, stock: wanted.stock.map(|stock| stock.max(promised)) });
    }
    for left in variants.iter().filter(|variant| variant.is_active && !taken.contains(&variant.id)) {
        let name = if left.name.is_empty() { "without a name" } else { &left.name };
        messages.push((draft.rows[0], format!("the variant {name} is not in the file and stays as it is")));
    }
    matches
}

async fn apply(
    ctx: &Ctx,
    tx: &mut TenantTx,
    run: &Run,
    draft: &ProductDraft,
    existing: Option<&StoredProduct>,
    matches: &[Match<'_>],
    pictures: &[Option<StoredPicture>],
) -> Result<Outcome, AppError> {
    let category = match &draft.category {
        None => existing.and_then(|product| product.category),
        Some(name) => match find_category(tx, name).await? {
            Some(id) => Some(id),
            None => rows::add_category(tx, name).await?,
        },
    };
    let wanted = rows::wanted_product(draft, existing, category);
    let mut changed = false;
    let product = match existing {
        None => rows::add_product(tx, run.store, draft.slug.as_str(), &wanted, ctx.now()).await?,
        Some(product) => {
            if *product != wanted.as_stored(product) {
                rows::change_product(tx, product.id, &wanted, ctx.now()).await?;
                changed = true;
            }
            product.id
        }
    };
    let mut ids = Vec::new();
    for (position, (variant, found)) in draft.variants.iter().zip(matches).enumerate() {
        let position = i32::try_from(position).unwrap_or(i32::MAX);
        let (id, is_other) =
            rows::write_variant(tx, product, &draft.option_names, variant, found, position, ctx.now()).await?;
        changed |= is_other;
        ids.push(id);
        let before = found.existing.map_or(0, |stored| stored.stock);
        let change = found.stock.map_or(0, |stock| stock - before);
        if change != 0 {
            rows::move_stock(tx, id, change, found.existing.is_none(), run.id, ctx.now()).await?;
            changed = true;
        }
    }
    if changed {
        let variants: Vec<VariantId> = ids.iter().copied().map(VariantId::from).collect();
        price_history::note(tx, &variants, ctx.now()).await?;
    }
    changed |= write_pictures(ctx, tx, product, draft, &ids, pictures).await?;
    Ok(match (existing, changed) {
        (None, _) => Outcome::Created,
        (Some(_), true) => Outcome::Updated,
        (Some(_), false) => Outcome::Unchanged,
    })
}

/// Adds pictures that the product does not have yet, and gives each variant its own. Never takes one away.
async fn write_pictures(
    ctx: &Ctx,
    tx: &mut TenantTx,
    product: Uuid,
    draft: &ProductDraft,
    variants: &[Uuid],
    pictures: &[Option<StoredPicture>],
) -> Result<bool, AppError> {
    if pictures.iter().all(Option::is_none) {
        return Ok(false);
    }
    let known = rows::find_pictures(tx, product).await?;
    let mut by_key: HashMap<String, Uuid> = known.into_iter().collect();
    let mut changed = false;
    let mut place = i32::try_from(by_key.len()).unwrap_or(0);
    for (index, stored) in pictures.iter().enumerate() {
        let Some(stored) = stored else { continue };
        let showing: Vec<Uuid> = draft
            .variants
            .iter()
            .zip(variants)
            .filter(|(variant, _)| variant.picture == Some(index))
            .map(|(_, id)| *id)
            .collect();
        let image = match by_key.get(&stored.key) {
            Some(image) => *image,
            None => {
                // A picture of exactly one variant is that variant's.
                let only = if let [only] = showing[..] { Some(only) } else { None };
                let alt = draft.pictures[index].alt.as_deref().unwrap_or(&draft.name);
                let image = rows::add_picture(tx, product, only, stored, alt, place, ctx.now()).await?;
                by_key.insert(stored.key.clone(), image);
                place += 1;
                changed = true;
                image
            }
        };
        if !showing.is_empty() {
            changed |= rows::show_picture(tx, image, &showing, ctx.now()).await?;
        }
    }
    Ok(changed)
}
