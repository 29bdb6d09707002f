//! Words of the product editor, the variants and the categories.

mod en;
mod sw;

use duka::kernel::locale::Locale;

/// Every word and sentence, so that a language with a gap does not compile.
pub struct CatalogueWords {
    // The tabs of a product.
    pub parts: &'static str,
    pub details: &'static str,
    pub variants: &'static str,
    pub pictures: &'static str,
    pub stock: &'static str,
    // The editor.
    pub product_labels: &'static [(&'static str, &'static str)],
    pub texts: &'static str,
    pub description_hint: &'static str,
    pub money: &'static str,
    pub price_in: fn(&str) -> String,
    pub was_hint: &'static str,
    pub was_withheld: &'static str,
    pub cost_hint: &'static str,
    pub margin: fn(i64) -> String,
    pub many_prices: fn(usize) -> String,
    pub to_variants: &'static str,
    pub in_stock: fn(i32) -> String,
    pub to_stock: &'static str,
    pub place: &'static str,
    pub no_category: &'static str,
    pub weight_hint: &'static str,
    pub tags_hint: &'static str,
    pub search_engines: &'static str,
    pub slug_hint: &'static str,
    pub seo_title_hint: &'static str,
    pub seo_description_hint: &'static str,
    pub search_result: &'static str,
    pub no_description: &'static str,
    pub preview: &'static str,
    pub previewed: &'static str,
    pub description_preview: &'static str,
    pub status_of: fn(&str) -> &'static str,
    pub archived_text: &'static str,
    pub more_to_do: &'static str,
    pub duplicate: &'static str,
    pub duplicate_text: &'static str,
    pub copied: &'static str,
    pub copy_of: fn(&str) -> String,
    pub archive: &'static str,
    pub archive_text: &'static str,
    pub bring_back: &'static str,
    pub bring_back_text: &'static str,
    // The variants.
    pub options: &'static str,
    pub options_lead: &'static str,
    pub option_labels: &'static [(&'static str, &'static str)],
    pub values_hint: &'static str,
    pub make: &'static str,
    pub grid: &'static str,
    pub grid_lead: &'static str,
    pub cell: fn(&str) -> &'static str,
    pub variant: &'static str,
    pub pieces: &'static str,
    pub only_form: &'static str,
    pub switched_off: &'static str,
    /// Names with their pieces.
    pub left_behind: fn(&str) -> String,
    pub no_picture: &'static str,
    pub picture: fn(usize, &str) -> String,
    pub save_all: &'static str,
    pub grid_not_saved: &'static str,
    pub grid_met: &'static str,
    /// With `{n}` where the number goes; the script puts it in.
    pub one_unsaved: &'static str,
    pub some_unsaved: &'static str,
    pub without_place: &'static str,
    // The categories.
    pub categories: &'static str,
    pub categories_lead: &'static str,
    pub no_categories: &'static str,
    /// Those of the form for a new one come first.
    pub category_labels: &'static [(&'static str, &'static str)],
    pub new_category: &'static str,
    pub add_category: &'static str,
    pub on_top: &'static str,
    pub category_slug_hint: &'static str,
    pub parent_hint: &'static str,
    pub up: fn(&str) -> String,
    pub down: fn(&str) -> String,
    pub hide: &'static str,
    pub show: &'static str,
    pub is_hidden: &'static str,
    /// The name of the hidden one that it stands in.
    pub is_hidden_with: fn(&str) -> String,
    pub products: fn(u32) -> String,
    pub see_in_shop: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static CatalogueWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}
