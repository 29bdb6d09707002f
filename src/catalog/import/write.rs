//! Some products into the shop: each compared with what is there, then all written by a few statements.

use super::{
    category::CategoryBook,
    column::Column as C,
    draft::ProductDraft,
    match_variants::{Told, leave, match_variants, option_names, unclear},
    plan::{Plan, wanted_variant},
    remark::Remark,
    report::Outcome,
    stored::{
        StoredImage, StoredProduct, StoredVariant, find_images, find_skus, former_addresses, lock_products,
        lock_variants, named_products, read_variants,
    },
    variants::VariantDraft,
    write_images::put_images,
    write_rows::{self as rows, ProductRow, VariantRow},
};
use crate::{
    catalog::{
        media::StoredPicture,
        price_history, search_text,
        stock_ledger::{self, Move},
    },
    ctx::Ctx,
    db::{DbError, TenantTx},
    kernel::id::{ProductId, StoreId, UserId, VariantId},
    tenancy::catalogue_version,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// The run that products come in with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub id: Uuid,
    pub store: StoreId,
    /// Who asked for it.
    pub by: Option<Uuid>,
    pub dry_run: bool,
}

/// A product and its pictures, `None` where one is not there (yet).
pub(super) struct Item<'a> {
    pub draft: &'a ProductDraft,
    pub pictures: &'a [Option<StoredPicture>],
    /// The product came in before; only its pictures are hung.
    pub only_pictures: bool,
}

/// What became of a product; messages by row.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub outcome: Outcome,
    pub messages: Vec<Told>,
}

impl Written {
    pub(super) fn refused(column: C, remark: Remark) -> Self {
        Self { outcome: Outcome::Refused, messages: vec![(0, Some(column), remark)] }
    }
}

/// Writes whole products; those that are refused leave the others alone. Committing is the caller's.
pub(super) async fn write_batch(
    ctx: &Ctx,
    tx: &mut TenantTx,
    run: &Run,
    book: &mut CategoryBook,
    items: &[Item<'_>],
) -> Result<Vec<Written>, DbError> {
    let slugs: Vec<String> = items.iter().map(|item| item.draft.slug.as_str().to_owned()).collect();
    let named: Vec<Uuid> = named_products(tx, &slugs).await?.into_iter().map(|(product, _)| product).collect();
    lock_variants(tx, &named).await?;
    let mut found = lock_products(tx, &slugs, &[]).await?;
    let new: Vec<String> =
        slugs.iter().filter(|slug| found.iter().all(|product| product.slug != **slug)).cloned().collect();
    // A file that still calls a product by an address it had before means that product.
    let former = former_addresses(tx, &new).await?;
    if !former.is_empty() {
        let moved: Vec<Uuid> = former.iter().map(|(_, product)| *product).collect();
        let moved = lock_products(tx, &[], &moved).await?;
        found.extend(moved.into_iter().filter(|product| !slugs.contains(&product.slug)));
    }
    let mut products: HashMap<&str, &StoredProduct> = HashMap::new();
    for product in &found {
        let names = former.iter().filter(|(_, owner)| *owner == product.id).map(|(slug, _)| slug.as_str());
        // Called by two names in one batch it is written once.
        match names.take(1).next() {
            Some(former) if !slugs.contains(&product.slug) => products.insert(former, product),
            _ => products.insert(product.slug.as_str(), product),
        };
    }
    let ids: Vec<Uuid> = found.iter().map(|product| product.id).collect();
    let skus: Vec<String> =
        items.iter().flat_map(|item| &item.draft.variants).filter_map(|variant| variant.sku.clone()).collect();
    let skus = find_skus(tx, &skus).await?;
    let variants = read_variants(tx, &ids, ctx.now()).await?;
    let images = find_images(tx, &ids).await?;
    let mut plan = Plan::default();
    let mut written = Vec::new();
    for item in items {
        let existing = products.get(item.draft.slug.as_str()).copied();
        if existing.is_none() && former.iter().any(|(slug, _)| slug == item.draft.slug.as_str()) {
            let address = item.draft.slug.to_string();
            written.push(Written::refused(C::Handle, Remark::AddressTwice { address }));
            continue;
        }
        if let Some(refused) = refuse(run, item.draft, existing, &skus) {
            written.push(refused);
            continue;
        }
        let own = |product: Uuid| existing.is_some_and(|existing| existing.id == product);
        let there = Stored {
            product: existing,
            variants: variants.iter().filter(|variant| own(variant.product)).collect(),
            images: images.iter().filter(|image| own(image.product)).collect(),
        };
        let messages = unclear(item.draft, existing, &there.variants);
        if !messages.is_empty() {
            written.push(Written { outcome: Outcome::Refused, messages });
            continue;
        }
        let mut left_out = None;
        let before = existing.and_then(|product| product.category);
        let category = match &item.draft.category {
            _ if item.only_pictures => None,
            None => before,
            Some(draft) => {
                let found = book.find_or_add(tx, draft, before).await?;
                if found.is_none() {
                    let (column, remark) = draft.left_out();
                    left_out = Some((0, Some(column), remark));
                }
                found.or(before)
            }
        };
        let mut done = put(&mut plan, item, &there, category);
        done.messages.extend(left_out);
        written.push(done);
    }
    let is_any = plan.is_any();
    write_plan(ctx, tx, run, plan).await?;
    if is_any {
        catalogue_version::raise(tx).await?;
    }
    Ok(written)
}

/// What keeps a whole product out because of what the shop has.
fn refuse(
    run: &Run,
    draft: &ProductDraft,
    existing: Option<&StoredProduct>,
    skus: &[(String, Uuid, String)],
) -> Option<Written> {
    if existing.is_some_and(|product| product.store != run.store.uuid()) {
        let address = draft.slug.to_string();
        return Some(Written::refused(C::Handle, Remark::AddressOfOtherStore { address }));
    }
    let foreign = |variant: &VariantDraft| {
        let sku = variant.sku.as_deref()?;
        let (_, _, slug) = skus
            .iter()
            .find(|(known, owner, _)| known == sku && existing.is_none_or(|product| product.id != *owner))?;
        let remark = Remark::SkuOfOther { sku: sku.to_owned(), product: slug.clone() };
        Some((variant.row, Some(C::Sku), remark))
    };
    let messages: Vec<_> = draft.variants.iter().filter_map(foreign).collect();
    (!messages.is_empty()).then_some(Written { outcome: Outcome::Refused, messages })
}

/// What the shop has of one product.
pub(super) struct Stored<'a> {
    product: Option<&'a StoredProduct>,
    pub variants: Vec<&'a StoredVariant>,
    pub images: Vec<&'a StoredImage>,
}

fn put(plan: &mut Plan, item: &Item<'_>, there: &Stored<'_>, category: Option<Uuid>) -> Written {
    let draft = item.draft;
    let mut messages = Vec::new();
    let matches = match_variants(draft, there.product, &there.variants, &mut messages);
    let product = there.product.map_or_else(|| ProductId::mint().uuid(), |product| product.id);
    let mut changed = false;
    let mut ids = Vec::new();
    if item.only_pictures {
        ids.extend(matches.iter().map(|found| found.existing.map(|variant| variant.id)));
        messages.clear();
    } else {
        let pairs = draft.variants.iter().zip(&matches).enumerate();
        let forms: Vec<VariantRow> =
            pairs.map(|(nth, (variant, found))| wanted_variant(product, variant, found, nth)).collect();
        let left = leave(draft, there.product, &there.variants, &matches, &mut messages);
        let all: Vec<&VariantRow> = forms.iter().chain(left.iter().map(|(_, row)| row)).collect();
        let mut wanted = wanted_product(product, draft, there.product, category, &all);
        for (form, found) in forms.into_iter().zip(&matches) {
            ids.push(Some(form.id));
            changed |= plan.put_variant(form, found.existing, found.stock);
        }
        for (stored, row) in left {
            changed |= plan.put_variant(row, Some(stored), None);
        }
        // What follows from the variants stays while they do.
        if let Some(stored) = there.product.filter(|_| !changed) {
            wanted.base = stored.base_price_cents;
            wanted.was = stored.compare_at_price_cents;
            wanted.cost = stored.cost_cents;
            wanted.sku.clone_from(&stored.sku);
        }
        match there.product {
            None => plan.new_products.push(wanted),
            Some(stored) if !is_same(stored, &wanted) => {
                if stored.status != wanted.status {
                    plan.moved.push(product);
                }
                plan.products.push(wanted);
                changed = true;
            }
            Some(_) => {}
        }
    }
    changed |= put_images(plan, item, there, product, &ids, &mut messages);
    let outcome = match there.product {
        None => Outcome::Created,
        Some(_) if changed => Outcome::Updated,
        Some(_) => Outcome::Unchanged,
    };
    Written { outcome, messages }
}

/// The file's word where it has one, else what is there.
fn wanted_product(
    id: Uuid,
    draft: &ProductDraft,
    existing: Option<&StoredProduct>,
    category: Option<Uuid>,
    forms: &[&VariantRow],
) -> ProductRow {
    // The cheapest variant that is sold speaks for the product, whether the file has it or not.
    let price = |form: &&VariantRow| form.price;
    let all = || forms.iter().copied();
    let cheapest = all().filter(|form| form.active).min_by_key(price).or_else(|| all().min_by_key(price));
    let status = draft.status.map(|status| status.as_str().to_owned());
    let stored = |take: fn(&StoredProduct) -> Option<String>| existing.and_then(take);
    let mut wanted = ProductRow {
        id,
        slug: draft.slug.as_str().to_owned(),
        name: draft.name.clone(),
        description: stored(|product| product.description.clone()),
        category,
        status: status
            .or_else(|| stored(|product| Some(product.status.clone())))
            .unwrap_or_else(|| "active".to_owned()),
        brand: draft.brand.clone().or_else(|| stored(|product| product.brand.clone())),
        base: cheapest.map_or(0, |form| form.price),
        was: cheapest.and_then(|form| form.was),
        cost: cheapest.and_then(|form| form.cost).or_else(|| existing.and_then(|product| product.cost_cents)),
        sku: draft
            .variants
            .iter()
            .find_map(|variant| variant.sku.clone())
            .or_else(|| stored(|product| product.sku.clone())),
        grams: draft.grams.or_else(|| existing.and_then(|product| product.grams)),
        seo: draft
            .seo
            .as_ref()
            .map_or_else(|| existing.map_or_else(|| json!({}), |product| product.seo.clone()), |seo| json!(seo)),
        tags: draft.tags.clone().unwrap_or_else(|| existing.map(|product| product.tags.clone()).unwrap_or_default()),
        options: option_names(draft, existing),
    };
    // What came out of the shop goes back in as it was, whoever cleaned it.
    if let Some(text) = draft.description.as_ref().filter(|text| wanted.description.as_ref() != Some(&text.raw)) {
        wanted.description = Some(text.html.clone());
    }
    wanted
}

fn is_same(stored: &StoredProduct, wanted: &ProductRow) -> bool {
    stored.name == wanted.name
        && stored.description == wanted.description
        && stored.category == wanted.category
        && stored.status == wanted.status
        && stored.brand == wanted.brand
        && stored.base_price_cents == wanted.base
        && stored.compare_at_price_cents == wanted.was
        && stored.cost_cents == wanted.cost
        && stored.sku == wanted.sku
        && stored.grams == wanted.grams
        && stored.seo == wanted.seo
        && stored.tags == wanted.tags
        && stored.option_names == wanted.options
}

async fn write_plan(ctx: &Ctx, tx: &mut TenantTx, run: &Run, plan: Plan) -> Result<(), DbError> {
    let now = ctx.now();
    rows::add_products(tx, run.store, &plan.new_products, now).await?;
    rows::change_products(tx, &plan.products, now).await?;
    rows::add_variants(tx, &plan.new_variants, now).await?;
    rows::change_variants(tx, &plan.variants, now).await?;
    stock_ledger::write(tx, &moves(&plan, run, now), true).await?;
    rows::add_images(tx, &plan.images, now).await?;
    rows::show_images(tx, &plan.shown, now).await?;
    rows::describe_images(tx, &plan.described, now).await?;
    let priced: Vec<VariantId> = plan.priced.iter().copied().map(VariantId::from).collect();
    price_history::note(tx, &priced, now).await?;
    let moved: Vec<ProductId> = plan.moved.iter().copied().map(ProductId::from).collect();
    price_history::note_products(tx, &moved, now).await?;
    search_text::renew(tx, &plan.products()).await
}

/// First pieces and corrections, as the ledger has them.
fn moves(plan: &Plan, run: &Run, now: DateTime<Utc>) -> Vec<Move> {
    let new = plan.new_variants.iter().filter(|variant| variant.stock > 0);
    let first = new.map(|variant| Move::of(variant.id, variant.stock, "restock"));
    let later = plan.moves.iter().map(|moved| Move::of(moved.variant, moved.change, "adjustment"));
    let by = run.by.map(UserId::from);
    first.chain(later).map(|one| one.about("import", run.id).by(by).with_note(Some("import")).at(now)).collect()
}
