//! What a column of a file can mean to us, whoever wrote the file.

/// A meaning. Every format is read into these, and everything after that knows only these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// What holds the rows of one product together, and its address.
    Handle,
    Title,
    Body,
    Vendor,
    /// One category by name, wherever it stands in the tree.
    Type,
    /// A category of somebody else's tree; its last part is used when there is no `Type`.
    ProductCategory,
    /// A path in our tree: `Clothes > Dresses`.
    CategoryPath,
    Tags,
    Published,
    Status,
    GiftCard,
    OptionName(u8),
    OptionValue(u8),
    VariantName,
    Sku,
    Barcode,
    Grams,
    Quantity,
    /// Who counts its pieces; empty where nobody does.
    Tracker,
    /// At or below this many the merchant is told.
    Limit,
    Active,
    Position,
    /// Whether it is sold when there is none.
    Policy,
    Price,
    ComparePrice,
    Cost,
    ImageSrc,
    ImagePosition,
    ImageAlt,
    VariantImage,
    SeoTitle,
    SeoDescription,
    // What only WooCommerce writes; its rows are put into the words above before anybody else reads them.
    WooId,
    WooType,
    WooParent,
    WooShort,
    WooInStock,
    WooSalePrice,
    WooCategories,
    WooImages,
    WooWeight,
    WooAttributeName(u8),
    WooAttributeValues(u8),
}

use Column as C;

/// How many choices a product may have.
pub const MOST_OPTIONS: u8 = 3;

/// What a person may say a column is, by the word that a form sends; in the order of the list.
pub const FIELDS: [(&str, Column); 29] = [
    ("slug", C::Handle),
    ("name", C::Title),
    ("price", C::Price),
    ("was", C::ComparePrice),
    ("cost", C::Cost),
    ("stock", C::Quantity),
    ("sku", C::Sku),
    ("barcode", C::Barcode),
    ("category", C::CategoryPath),
    ("brand", C::Vendor),
    ("description", C::Body),
    ("tags", C::Tags),
    ("status", C::Status),
    ("published", C::Published),
    ("weight", C::Grams),
    ("limit", C::Limit),
    ("option1_name", C::OptionName(0)),
    ("option1_value", C::OptionValue(0)),
    ("option2_name", C::OptionName(1)),
    ("option2_value", C::OptionValue(1)),
    ("option3_name", C::OptionName(2)),
    ("option3_value", C::OptionValue(2)),
    ("picture", C::ImageSrc),
    ("picture_alt", C::ImageAlt),
    ("variant_picture", C::VariantImage),
    ("active", C::Active),
    ("position", C::Position),
    ("seo_title", C::SeoTitle),
    ("seo_description", C::SeoDescription),
];

impl Column {
    /// The column behind a form's word.
    pub fn of_field(field: &str) -> Option<Self> {
        FIELDS.iter().find(|(name, _)| *name == field).map(|(_, column)| *column)
    }
    /// The form's word for it; none for what a person cannot choose.
    pub fn field(self) -> Option<&'static str> {
        FIELDS.iter().find(|(_, column)| *column == self).map(|(name, _)| *name)
    }
}
