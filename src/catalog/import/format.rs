//! Whose way of writing products down a file follows, and where each known column stands in it.

use super::{column::Column, report::ImportRefusal};
use Column as C;
use csv::StringRecord;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The formats that are known by their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Shopify,
    WooCommerce,
    /// Our own: everything that we keep of a product.
    Duka,
}

/// File column by name → the form's word for what it is.
pub type Mapping = BTreeMap<String, String>;

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    Format(Format),
    /// Its columns are what a person said.
    Mapped(Mapping),
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Shopify, Self::WooCommerce, Self::Duka];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shopify => "shopify",
            Self::WooCommerce => "woocommerce",
            Self::Duka => "duka",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == text)
    }
    /// How people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shopify => "Shopify",
            Self::WooCommerce => "WooCommerce",
            Self::Duka => "Duka",
        }
    }

    /// The format whose own columns the header has. Ours is asked first, since it has them all.
    pub fn detect(header: &StringRecord) -> Option<Self> {
        let has = |name: &str| header.iter().any(|cell| cell.trim().eq_ignore_ascii_case(name));
        if has("Slug") && has("Name") && has("Price") {
            return Some(Self::Duka);
        }
        if (has("Handle") || has("URL handle")) && has("Title") {
            return Some(Self::Shopify);
        }
        (has("Name") && has("Type") && has("Regular price")).then_some(Self::WooCommerce)
    }

    const fn columns(self) -> &'static [(Column, &'static [&'static str])] {
        match self {
            Self::Shopify => SHOPIFY,
            Self::WooCommerce => WOO,
            Self::Duka => DUKA,
        }
    }

    const fn required(self) -> &'static [Column] {
        match self {
            Self::WooCommerce => &[C::WooType, C::Title, C::Price],
            Self::Shopify | Self::Duka => &[C::Handle, C::Title, C::Price],
        }
    }
}

/// Each column's name in an export, then its name in Shopify's newer template.
const SHOPIFY: &[(Column, &[&str])] = &[
    (C::Handle, &["Handle", "URL handle"]),
    (C::Title, &["Title"]),
    (C::Body, &["Body (HTML)", "Description"]),
    (C::Vendor, &["Vendor"]),
    (C::Type, &["Type"]),
    (C::ProductCategory, &["Product Category"]),
    (C::Tags, &["Tags"]),
    (C::Published, &["Published", "Published on online store"]),
    (C::Status, &["Status"]),
    (C::GiftCard, &["Gift Card"]),
    (C::OptionName(0), &["Option1 Name"]),
    (C::OptionValue(0), &["Option1 Value"]),
    (C::OptionName(1), &["Option2 Name"]),
    (C::OptionValue(1), &["Option2 Value"]),
    (C::OptionName(2), &["Option3 Name"]),
    (C::OptionValue(2), &["Option3 Value"]),
    (C::Sku, &["Variant SKU", "SKU"]),
    (C::Barcode, &["Variant Barcode", "Barcode"]),
    (C::Grams, &["Variant Grams", "Weight value (grams)"]),
    (C::Tracker, &["Variant Inventory Tracker", "Inventory tracker"]),
    (C::Quantity, &["Variant Inventory Qty", "Inventory quantity"]),
    (C::Policy, &["Variant Inventory Policy", "Continue selling when out of stock"]),
    (C::Price, &["Variant Price", "Price"]),
    (C::ComparePrice, &["Variant Compare At Price", "Compare-at price"]),
    (C::Cost, &["Cost per item"]),
    (C::ImageSrc, &["Image Src", "Product image URL"]),
    (C::ImagePosition, &["Image Position"]),
    (C::ImageAlt, &["Image Alt Text"]),
    (C::VariantImage, &["Variant Image", "Variant image URL"]),
    (C::SeoTitle, &["SEO Title"]),
    (C::SeoDescription, &["SEO Description"]),
];

const WOO: &[(Column, &[&str])] = &[
    (C::WooId, &["ID"]),
    (C::WooType, &["Type"]),
    (C::Sku, &["SKU"]),
    (C::Barcode, &["GTIN, UPC, EAN, or ISBN", "GTIN"]),
    (C::Title, &["Name"]),
    (C::Published, &["Published"]),
    (C::WooShort, &["Short description"]),
    (C::Body, &["Description"]),
    (C::Vendor, &["Brands", "Brand"]),
    (C::WooInStock, &["In stock?"]),
    (C::Quantity, &["Stock"]),
    (C::Limit, &["Low stock amount"]),
    (C::WooWeight, &["Weight (kg)", "Weight (g)", "Weight (lbs)", "Weight (oz)"]),
    (C::WooSalePrice, &["Sale price"]),
    (C::Price, &["Regular price"]),
    (C::WooCategories, &["Categories"]),
    (C::Tags, &["Tags"]),
    (C::WooImages, &["Images"]),
    (C::WooParent, &["Parent"]),
    (C::Cost, &["Cost of goods", "Meta: _wc_cog_cost"]),
    (C::WooAttributeName(0), &["Attribute 1 name"]),
    (C::WooAttributeValues(0), &["Attribute 1 value(s)"]),
    (C::WooAttributeName(1), &["Attribute 2 name"]),
    (C::WooAttributeValues(1), &["Attribute 2 value(s)"]),
    (C::WooAttributeName(2), &["Attribute 3 name"]),
    (C::WooAttributeValues(2), &["Attribute 3 value(s)"]),
];

/// Our own columns, in the order in which an export writes them. Described in `docs/product-files.md`.
pub const DUKA: &[(Column, &[&str])] = &[
    (C::Handle, &["Slug"]),
    (C::Status, &["Status"]),
    (C::Title, &["Name"]),
    (C::Body, &["Description"]),
    (C::Vendor, &["Brand"]),
    (C::CategoryPath, &["Category"]),
    (C::Tags, &["Tags"]),
    (C::SeoTitle, &["SEO title"]),
    (C::SeoDescription, &["SEO description"]),
    (C::Grams, &["Weight (g)"]),
    (C::OptionName(0), &["Option 1"]),
    (C::OptionValue(0), &["Option 1 value"]),
    (C::OptionName(1), &["Option 2"]),
    (C::OptionValue(1), &["Option 2 value"]),
    (C::OptionName(2), &["Option 3"]),
    (C::OptionValue(2), &["Option 3 value"]),
    (C::VariantName, &["Variant"]),
    (C::Sku, &["SKU"]),
    (C::Barcode, &["Barcode"]),
    (C::Price, &["Price"]),
    (C::ComparePrice, &["Was price"]),
    (C::Cost, &["Cost"]),
    (C::Quantity, &["Stock"]),
    (C::Limit, &["Low stock limit"]),
    (C::Active, &["Active"]),
    (C::Position, &["Position"]),
    (C::ImageSrc, &["Picture"]),
    (C::ImageAlt, &["Picture text"]),
    (C::VariantImage, &["Variant picture"]),
];

/// Where each known column stands in one file.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// None when a person said what the columns are.
    pub format: Option<Format>,
    places: Vec<(Column, usize)>,
    header: Vec<String>,
}

impl Layout {
    pub(super) fn find(header: &StringRecord, reading: Option<&Reading>) -> Result<Self, ImportRefusal> {
        let names: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
        match reading {
            Some(Reading::Mapped(mapping)) => Self::mapped(names, mapping),
            Some(Reading::Format(format)) => Self::of(*format, header, names),
            None => match Format::detect(header) {
                Some(format) => Self::of(format, header, names),
                None => Err(ImportRefusal::UnknownColumns),
            },
        }
    }

    fn of(format: Format, header: &StringRecord, names: Vec<String>) -> Result<Self, ImportRefusal> {
        let mut places = Vec::new();
        for (column, known) in format.columns() {
            let mut found = header
                .iter()
                .enumerate()
                .filter(|(_, cell)| known.iter().any(|name| name.eq_ignore_ascii_case(cell.trim())));
            if let Some((place, _)) = found.next() {
                places.push((*column, place));
            }
            if found.next().is_some() {
                return Err(ImportRefusal::ColumnTwice(known[0].to_owned()));
            }
        }
        let missing: Vec<String> = format
            .columns()
            .iter()
            .filter(|(column, _)| {
                format.required().contains(column) && !places.iter().any(|(known, _)| known == column)
            })
            .map(|(_, names)| names[0].to_owned())
            .collect();
        if missing.is_empty() {
            Ok(Self { format: Some(format), places, header: names })
        } else {
            Err(ImportRefusal::MissingColumns { format, columns: missing })
        }
    }

    fn mapped(names: Vec<String>, mapping: &Mapping) -> Result<Self, ImportRefusal> {
        let mut places: Vec<(Column, usize)> = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let Some(column) = mapping.get(name).and_then(|field| Column::of_field(field)) else { continue };
            if places.iter().any(|(known, _)| *known == column) {
                return Err(ImportRefusal::ColumnTwice(name.clone()));
            }
            places.push((column, place));
        }
        let has = |column| places.iter().any(|(known, _)| *known == column);
        if has(C::Title) && has(C::Price) {
            Ok(Self { format: None, places, header: names })
        } else {
            Err(ImportRefusal::MappingIncomplete)
        }
    }

    pub(super) fn width(&self) -> usize {
        self.header.len()
    }
    pub(super) fn places(&self) -> &[(Column, usize)] {
        &self.places
    }
    pub(super) fn has(&self, column: Column) -> bool {
        self.places.iter().any(|(known, _)| *known == column)
    }
    /// Whether the file says what things cost before.
    pub(super) fn has_former_price(&self) -> bool {
        self.places.iter().any(|(known, _)| matches!(known, C::ComparePrice | C::WooSalePrice))
    }
    /// What the file calls its pictures.
    pub(super) fn name_of_pictures(&self) -> &str {
        Some(self.name(C::ImageSrc)).filter(|name| !name.is_empty()).unwrap_or_else(|| self.name(C::VariantImage))
    }
    /// What the file calls a column; empty when it has none such.
    pub(super) fn name(&self, column: Column) -> &str {
        let own = self.places.iter().find(|(known, _)| *known == column);
        own.or_else(|| self.places.iter().find(|(known, _)| Some(*known) == woo_source(column)))
            .and_then(|(_, place)| self.header.get(*place))
            .map_or("", String::as_str)
    }
}

/// The column of WooCommerce that one of ours was made from.
const fn woo_source(column: Column) -> Option<Column> {
    match column {
        C::ComparePrice => Some(C::Price),
        C::CategoryPath => Some(C::WooCategories),
        C::ImageSrc | C::VariantImage => Some(C::WooImages),
        C::Grams => Some(C::WooWeight),
        C::OptionName(nth) => Some(C::WooAttributeName(nth)),
        C::OptionValue(nth) => Some(C::WooAttributeValues(nth)),
        _ => None,
    }
}

/// A first guess for each column of an unknown file, so that a person has little to choose.
pub fn guess(header: &[String]) -> Mapping {
    let words = |text: &str| text.to_lowercase().replace(['_', '-', '.', ':'], " ");
    let mut mapping = Mapping::new();
    for (field, needles) in GUESSES {
        let found = header
            .iter()
            .filter(|name| !mapping.contains_key(*name))
            .find(|name| needles.iter().any(|needle| words(name) == *needle))
            .or_else(|| {
                header
                    .iter()
                    .filter(|name| !mapping.contains_key(*name))
                    .find(|name| needles.iter().any(|needle| words(name).contains(needle)))
            });
        if let Some(name) = found {
            mapping.insert(name.clone(), (*field).to_owned());
        }
    }
    mapping
}

/// The form's word, and what people call such a column, in English and Swahili.
const GUESSES: [(&str, &[&str]); 12] = [
    ("name", &["name", "product", "title", "item", "jina", "bidhaa"]),
    ("price", &["price", "selling price", "amount", "bei"]),
    ("was", &["was", "old price", "regular price", "compare"]),
    ("cost", &["cost", "buying price", "gharama"]),
    ("stock", &["stock", "quantity", "qty", "pieces", "idadi"]),
    ("sku", &["sku", "code", "part no"]),
    ("barcode", &["barcode", "ean", "gtin", "upc"]),
    ("category", &["category", "department", "kundi", "aina"]),
    ("brand", &["brand", "vendor", "make"]),
    ("description", &["description", "details", "maelezo"]),
    ("tags", &["tags"]),
    ("picture", &["picture", "image", "photo", "picha"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> StringRecord {
        text.split(',').collect::<Vec<_>>().into()
    }

    #[test]
    fn a_format_is_known_by_its_columns_however_they_are_capitalised() {
        assert_eq!(Format::detect(&header("handle,TITLE,Variant Price")), Some(Format::Shopify));
        assert_eq!(Format::detect(&header("URL handle,Title,Price")), Some(Format::Shopify));
        assert_eq!(Format::detect(&header("ID,Type,SKU,Name,Regular Price")), Some(Format::WooCommerce));
        assert_eq!(Format::detect(&header("Slug,Status,Name,Price")), Some(Format::Duka));
        assert_eq!(Format::detect(&header("Item,Bei")), None);
    }

    #[test]
    fn an_unknown_file_is_guessed_at() {
        let names: Vec<String> = ["Item name", "Selling_price", "Qty", "Colour"].map(str::to_owned).into();
        let guessed: Vec<(String, String)> = guess(&names).into_iter().collect();
        let said = [("Item name", "name"), ("Qty", "stock"), ("Selling_price", "price")];
        assert_eq!(guessed, said.map(|(file, ours)| (file.to_owned(), ours.to_owned())));
    }

    #[test]
    fn what_a_person_says_of_the_columns_must_hold_a_name_and_a_price() {
        let say = |pairs: &[(&str, &str)]| {
            let mapping = pairs.iter().map(|(file, ours)| ((*file).to_owned(), (*ours).to_owned())).collect();
            Layout::find(&header("Item,Bei,Soko"), Some(&Reading::Mapped(mapping))).map(|layout| layout.places.len())
        };
        assert_eq!(say(&[("Item", "name"), ("Bei", "price")]), Ok(2));
        assert_eq!(say(&[("Item", "name")]), Err(ImportRefusal::MappingIncomplete));
        assert_eq!(
            say(&[("Item", "name"), ("Bei", "price"), ("Soko", "price")]),
            Err(ImportRefusal::ColumnTwice("Soko".into()))
        );
    }
}
