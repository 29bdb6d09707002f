//! A product as rows of the file: each row a variant and a picture, as long as there are any.

use super::{
    PictureNames,
    load::{Image, Product, Variant},
};
use crate::catalog::import::{Column as C, DUKA, harmless};
use std::collections::HashMap;
use uuid::Uuid;

pub(super) fn header() -> impl Iterator<Item = &'static str> {
    DUKA.iter().map(|(_, names)| names[0])
}

pub(super) fn write_product(
    part: &mut csv::Writer<Vec<u8>>,
    product: &Product,
    category: &str,
    names: &PictureNames,
    pictures: &mut Vec<String>,
) -> Result<(), csv::Error> {
    let named: HashMap<Uuid, String> =
        product.images.iter().map(|image| (image.id, name_of(image, names, pictures))).collect();
    let rows = product.variants.len().max(product.images.len()).max(1);
    for nth in 0..rows {
        let variant = product.variants.get(nth);
        let image = product.images.get(nth);
        for (column, _) in DUKA {
            let cell = if nth == 0 || *column == C::Handle { of_product(*column, product, category) } else { None };
            let cell = cell
                .or_else(|| variant.and_then(|variant| of_variant(*column, product, variant, &named)))
                .or_else(|| image.and_then(|image| of_image(*column, image, &named)));
            part.write_field(harmless(&cell.unwrap_or_default()).as_bytes())?;
        }
        part.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

fn of_product(column: C, product: &Product, category: &str) -> Option<String> {
    let seo = |field: &str| product.seo.get(field).and_then(serde_json::Value::as_str).map(str::to_owned);
    match column {
        C::Handle => Some(product.slug.clone()),
        C::Status => Some(product.status.clone()),
        C::Title => Some(product.name.clone()),
        C::Body => product.description.clone(),
        C::Vendor => product.brand.clone(),
        C::CategoryPath => Some(category.to_owned()),
        C::Tags => Some(tags(&product.tags)),
        C::SeoTitle => seo("title"),
        C::SeoDescription => seo("description"),
        C::Grams => product.grams.map(|grams| grams.to_string()),
        C::OptionName(nth) => product.option_names.get(usize::from(nth)).cloned(),
        _ => None,
    }
}

fn of_variant(column: C, product: &Product, variant: &Variant, named: &HashMap<Uuid, String>) -> Option<String> {
    match column {
        C::OptionValue(nth) => {
            let name = product.option_names.get(usize::from(nth))?;
            variant.attributes.get(name).and_then(serde_json::Value::as_str).map(str::to_owned)
        }
        C::VariantName => Some(variant.name.clone()),
        C::Sku => variant.sku.clone(),
        C::Barcode => variant.barcode.clone(),
        C::Price => Some(sum(variant.price_cents)),
        C::ComparePrice => variant.was_cents.map(sum),
        C::Cost => variant.cost_cents.map(sum),
        C::Quantity => Some(variant.stock.to_string()),
        C::Limit => Some(variant.limit.to_string()),
        C::Active => Some(if variant.is_active { "yes" } else { "no" }.to_owned()),
        C::Position => Some(variant.position.to_string()),
        C::VariantImage => variant.image.and_then(|image| named.get(&image)).cloned(),
        _ => None,
    }
}

fn of_image(column: C, image: &Image, named: &HashMap<Uuid, String>) -> Option<String> {
    match column {
        C::ImageSrc => named.get(&image.id).cloned(),
        C::ImageAlt => image.alt.clone(),
        _ => None,
    }
}

/// The widest that is kept; where the picture is not ours, its address.
fn name_of(image: &Image, names: &PictureNames, pictures: &mut Vec<String>) -> String {
    let (Some(key), Some(width)) = (&image.key, image.widths.iter().max()) else { return image.url.clone() };
    let place = format!("{key}-{width}.webp");
    let name = match names {
        PictureNames::Files => format!("pictures/{}", place.rsplit('/').next().unwrap_or_default()),
        PictureNames::Addresses(base) => format!("{base}/{place}"),
    };
    pictures.push(place);
    name
}

/// `1250`, and `12.50` where there are cents.
fn sum(cents: i64) -> String {
    match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{}.{rest:02}", cents / 100),
    }
}

fn tags(tags: &[String]) -> String {
    tags.iter().map(|tag| tag.replace('\\', "\\\\").replace(',', "\\,")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_tags_are_written_so_that_they_are_read_the_same() {
        assert_eq!([sum(125_000), sum(1_250), sum(5)], ["1250", "12.50", "0.05"]);
        assert_eq!(tags(&["a, b".into(), "c\\d".into()]), "a\\, b, c\\\\d");
    }
}
