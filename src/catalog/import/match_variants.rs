//! Which of a product's variants each form of a file is, and what becomes of those that the file does not have.

use super::{
    column::Column as C,
    draft::ProductDraft,
    remark::Remark,
    stored::{StoredProduct, StoredVariant},
    write_rows::VariantRow,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is said of a row of a product, and of which cell.
pub(super) type Told = (usize, Option<C>, Remark);

/// Where a variant of the file goes.
pub(super) struct Match<'a> {
    pub existing: Option<&'a StoredVariant>,
    /// How many pieces there shall be; `None` leaves them.
    pub stock: Option<i32>,
    /// Its choices by name.
    pub choices: Value,
}

/// What the choices of a product are called. A file that says none, or the same in other letters, leaves those of the
/// shop.
pub(super) fn option_names(draft: &ProductDraft, product: Option<&StoredProduct>) -> Vec<String> {
    let small = |names: &[String]| names.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>();
    match product {
        Some(product)
            if draft.option_names.is_empty() || small(&draft.option_names) == small(&product.option_names) =>
        {
            product.option_names.clone()
        }
        _ => draft.option_names.clone(),
    }
}

/// The product has choices in the shop and none in the file: its forms are known by SKU, or there is only one.
fn keeps_choices(draft: &ProductDraft, product: Option<&StoredProduct>) -> bool {
    draft.option_names.is_empty() && product.is_some_and(|product| !product.option_names.is_empty())
}

/// Finds each variant's row: by SKU, then by its choices, then by the same in other letters; and how many pieces it
/// shall have.
pub(super) fn match_variants<'a>(
    draft: &ProductDraft,
    product: Option<&StoredProduct>,
    variants: &[&'a StoredVariant],
    messages: &mut Vec<Told>,
) -> Vec<Match<'a>> {
    let keeps = keeps_choices(draft, product);
    let names = option_names(draft, product);
    let mut sold = variants.iter().filter(|variant| variant.is_active);
    let only = sold.next().filter(|_| sold.next().is_none());
    let mut taken: Vec<Uuid> = Vec::new();
    let mut matches = Vec::new();
    for wanted in &draft.variants {
        let said = choices(&names, &wanted.values);
        let free = |variant: &&&StoredVariant| !taken.contains(&variant.id);
        let existing = variants
            .iter()
            .filter(free)
            .find(|variant| wanted.sku.is_some() && variant.sku == wanted.sku)
            .or_else(|| {
                if keeps {
                    only.filter(free)
                } else {
                    let exactly = variants.iter().filter(free).find(|variant| variant.attributes == said);
                    exactly.or_else(|| {
                        let alike = variants.iter().filter(free).filter(|variant| is_alike(&variant.attributes, &said));
                        alike.max_by_key(|variant| variant.is_active)
                    })
                }
            })
            .copied();
        let promised = existing.map_or(0, |variant| i32::try_from(variant.held).unwrap_or(i32::MAX));
        if wanted.stock.is_some_and(|stock| stock < promised) {
            messages.push((wanted.row, Some(C::Quantity), Remark::StockPromised { pieces: promised }));
        }
        taken.extend(existing.map(|variant| variant.id));
        let own = existing.filter(|_| keeps).map(|variant| variant.attributes.clone());
        let stock = wanted.stock.map(|stock| stock.max(promised));
        matches.push(Match { existing, stock, choices: own.unwrap_or(said) });
    }
    matches
}

/// A variant's choices by name.
fn choices(names: &[String], values: &[String]) -> Value {
    Value::Object(names.iter().zip(values).map(|(name, value)| (name.clone(), json!(value))).collect::<Map<_, _>>())
}

/// The same choices, whatever letters are large.
fn is_alike(one: &Value, other: &Value) -> bool {
    let small = |choices: &Value| {
        let own = choices.as_object().into_iter().flatten();
        own.map(|(name, value)| (name.clone(), value.as_str().map(str::to_lowercase))).collect::<BTreeMap<_, _>>()
    };
    small(one) == small(other)
}

/// What keeps a product out whose rows say no choices: nobody could tell which of its variants they are, or there would
/// be several and nothing to choose by.
pub(super) fn unclear(draft: &ProductDraft, product: Option<&StoredProduct>, variants: &[&StoredVariant]) -> Vec<Told> {
    let Some((first, more)) = draft.variants.split_first().filter(|_| draft.option_names.is_empty()) else {
        return Vec::new();
    };
    if !keeps_choices(draft, product) {
        let several = Remark::OneFormOnly { line: first.line };
        return more.iter().map(|variant| (variant.row, Some(C::OptionValue(0)), several.clone())).collect();
    }
    let matches = match_variants(draft, product, variants, &mut Vec::new());
    let unknown = draft.variants.iter().zip(&matches).filter(|(_, found)| found.existing.is_none());
    unknown.map(|(variant, _)| (variant.row, Some(C::Sku), Remark::ChoicesUnsaid)).collect()
}

/// Variants on sale that the file does not have: each as it is, or switched off when the file gives the product other
/// choices, by which nobody could choose it any more.
pub(super) fn leave<'a>(
    draft: &ProductDraft,
    product: Option<&StoredProduct>,
    variants: &[&'a StoredVariant],
    matches: &[Match<'_>],
    messages: &mut Vec<Told>,
) -> Vec<(&'a StoredVariant, VariantRow)> {
    let names = option_names(draft, product);
    let is_other = product.is_some_and(|product| product.option_names != names);
    let is_left = |variant: &&&StoredVariant| {
        variant.is_active && !matches.iter().any(|found| found.existing.is_some_and(|one| one.id == variant.id))
    };
    let mut left = Vec::new();
    for variant in variants.iter().filter(is_left).copied() {
        let name = Some(variant.name.clone()).filter(|name| !name.is_empty());
        let stays = !is_other || has_just(&variant.attributes, &names);
        let remark = if stays { Remark::VariantNotInFile { name } } else { Remark::VariantOfOtherChoices { name } };
        messages.push((0, None, remark));
        left.push((variant, VariantRow { active: stays, ..VariantRow::of(variant) }));
    }
    left
}

/// Its choices are of these options and of no other.
fn has_just(attributes: &Value, names: &[String]) -> bool {
    attributes
        .as_object()
        .is_some_and(|own| own.len() == names.len() && names.iter().all(|name| own.contains_key(name)))
}
