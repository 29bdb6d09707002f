//! The rows of one product as a draft of it, or the reasons why they are none.

use super::{
    category::{self, CategoryDraft},
    column::Column as C,
    format::Format,
    index::{Group, Index},
    notes::Notes,
    price::Rate,
    remark::Remark,
    rows::Row,
    variants::{VariantDraft, draft_variants, is_variant_row},
};
use crate::{
    catalog::{
        description,
        pictures::LONGEST_ALT,
        product::{ProductStatus, Seo},
        product_change::MOST_GRAMS,
    },
    kernel::slug::Slug,
};

/// What the reading of one product can see of the rest.
pub(super) struct Surroundings<'a> {
    pub index: &'a Index,
    pub rate: Option<Rate>,
}

const LONGEST_NAME: usize = 200;
const LONGEST_TEXT: usize = 64 * 1024;
const MOST_PICTURES: usize = 20;
const MOST_TAGS: usize = 50;
/// What the shop keeps at the most, in letters: a long text that was typed here goes out longer, as HTML.
const LONGEST_OWN_TEXT: usize = 200_000;
/// For the short cells: vendor, type, tags.
const LONGEST_CELL: usize = 200;
const LONGEST_SEO: usize = 500;

/// A product as the file has it. `None` means that the file does not say: what the shop has stays.
#[derive(Clone, Debug)]
pub(super) struct ProductDraft {
    pub slug: Slug,
    pub name: String,
    pub description: Option<DescriptionDraft>,
    pub brand: Option<String>,
    pub category: Option<CategoryDraft>,
    pub tags: Option<Vec<String>>,
    pub status: Option<ProductStatus>,
    pub seo: Option<Seo>,
    pub grams: Option<i64>,
    pub option_names: Vec<String>,
    pub variants: Vec<VariantDraft>,
    pub pictures: Vec<PictureDraft>,
}

/// A description as it came and as it may be shown. What a shop has already is shown as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DescriptionDraft {
    pub raw: String,
    pub html: String,
}

/// A picture as the file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PictureDraft {
    pub row: usize,
    pub src: String,
    pub alt: Option<String>,
}

/// The product, unless the notes say why there is none.
pub(super) fn draft_product(
    around: &Surroundings<'_>,
    group: &Group,
    rows: &[Row],
    notes: &mut Notes,
) -> Option<ProductDraft> {
    let format = around.index.layout.format;
    look_at_rows(group, rows, format, notes);
    if notes.is_refused() && (group.handle.is_empty() || rows.is_empty()) {
        return None;
    }
    if group.handle.is_empty() {
        // An empty row is told and nothing else.
        return None;
    }
    // The first row that fills a cell speaks for the product.
    let first = |column| rows.iter().map(|row| row.cell(column)).find(|cell| !cell.is_empty());
    let name = find_name(rows, format, notes);
    let slug = find_slug(group, notes);
    if first(C::GiftCard).is_some_and(|cell| cell.eq_ignore_ascii_case("true")) {
        notes.refuse(0, Some(C::GiftCard), Remark::GiftCard);
    }
    let column = if first(C::Status).is_some() { C::Status } else { C::Published };
    let status = notes.expect(0, column, find_status(first(C::Status), first(C::Published)));
    let description = first(C::Body).and_then(|body| describe(body, format, notes));
    let seo = Seo {
        title: first(C::SeoTitle).map(|text| cut(text, LONGEST_SEO)),
        description: first(C::SeoDescription).map(|text| cut(text, LONGEST_SEO)),
    };
    let (option_names, mut variants) = draft_variants(around, rows, notes);
    let pictures = draft_pictures(rows, &mut variants, notes);
    Some(ProductDraft {
        slug: slug?,
        name: name?,
        description,
        brand: first(C::Vendor).map(|cell| cut(cell, LONGEST_CELL)),
        category: category::draft(first, notes),
        tags: first(C::Tags).map(|cell| split_tags(cell, format == Some(Format::Duka))),
        status: status?,
        seo: (!seo.is_empty()).then_some(seo),
        grams: first(C::Grams).and_then(|cell| read_grams(cell, notes)),
        option_names,
        variants,
        pictures,
    })
}

/// What is wrong with whole rows, before anybody asks what they mean.
fn look_at_rows(group: &Group, rows: &[Row], format: Option<Format>, notes: &mut Notes) {
    let mut before: Option<u64> = None;
    for (nth, row) in rows.iter().enumerate() {
        if let Some(damage) = &row.damage {
            notes.refuse(nth, None, damage.clone());
        } else if let Some(parent) = &group.lost {
            notes.refuse(nth, Some(C::WooParent), Remark::ParentMissing { parent: parent.clone() });
        } else if group.handle.is_empty() && is_empty(row) {
            notes.note(nth, None, Remark::EmptyRow);
        } else if group.handle.is_empty() {
            let of_no_product = |column: Option<&str>| Remark::RowOfNoProduct { column: column.map(str::to_owned) };
            let (column, remark) = match format {
                Some(Format::WooCommerce) => (C::Title, Remark::RowWithoutName),
                None => (C::Title, of_no_product(None)),
                Some(Format::Duka) => (C::Handle, of_no_product(Some("Slug"))),
                Some(Format::Shopify) => (C::Handle, of_no_product(Some("Handle"))),
            };
            notes.refuse(nth, Some(column), remark);
        }
        if let Some(line) = before.filter(|_| format != Some(Format::WooCommerce) && row.is_apart) {
            notes.note(nth, None, Remark::RowApart { line });
        }
        before = Some(row.line);
    }
}

fn is_empty(row: &Row) -> bool {
    [C::Title, C::Price, C::Sku, C::OptionValue(0), C::ImageSrc].into_iter().all(|column| row.cell(column).is_empty())
}

fn find_name(rows: &[Row], format: Option<Format>, notes: &mut Notes) -> Option<String> {
    let mut found: Option<(usize, &str)> = None;
    for (nth, row) in rows.iter().enumerate() {
        let title = row.cell(C::Title);
        match found {
            None if !title.is_empty() => found = Some((nth, title)),
            Some((first, name)) if !title.is_empty() && title != name => {
                let line = notes.line(first);
                let remark = Remark::TwoTitles { title: cut(title, 60), line, other: cut(name, 60) };
                notes.refuse(nth, Some(C::Title), remark);
            }
            _ => {}
        }
    }
    let Some((row, name)) = found else {
        let remark = match format {
            Some(Format::Shopify) => Remark::HandleWithoutTitle,
            _ => Remark::ProductWithoutName,
        };
        notes.refuse(0, Some(C::Title), remark);
        return None;
    };
    if name.chars().count() > LONGEST_NAME {
        notes.refuse(row, Some(C::Title), Remark::TitleTooLong { most: LONGEST_NAME });
    }
    Some(name.to_owned())
}

fn find_slug(group: &Group, notes: &mut Notes) -> Option<Slug> {
    let Some(slug) = &group.slug else {
        notes.refuse(0, Some(C::Handle), Remark::NoAddress);
        return None;
    };
    let address = slug.to_string();
    if address != group.handle {
        notes.note(0, Some(C::Handle), Remark::AddressMade { address: address.clone() });
    }
    if let Some(line) = group.taken_by {
        notes.refuse(0, Some(C::Handle), Remark::AddressTaken { address, line });
    }
    Some(slug.clone())
}

fn find_status(status: Option<&str>, published: Option<&str>) -> Result<Option<ProductStatus>, Remark> {
    let is_published = match published.map(str::to_ascii_lowercase).as_deref() {
        None => None,
        Some("true" | "yes" | "1") => Some(true),
        Some("false" | "no" | "0") => Some(false),
        Some(other) => return Err(Remark::PublishedUnclear { says: other.to_owned() }),
    };
    match status {
        None => Ok(is_published.map(|yes| if yes { ProductStatus::Active } else { ProductStatus::Draft })),
        Some(word) => match ProductStatus::parse(&word.to_ascii_lowercase()) {
            Some(ProductStatus::Active) if is_published == Some(false) => Ok(Some(ProductStatus::Draft)),
            Some(status) => Ok(Some(status)),
            None => Err(Remark::StatusUnknown { says: word.to_owned() }),
        },
    }
}

fn describe(body: &str, format: Option<Format>, notes: &mut Notes) -> Option<DescriptionDraft> {
    let is_own = format == Some(Format::Duka) && body.chars().count() <= LONGEST_OWN_TEXT;
    if body.len() > LONGEST_TEXT && !is_own {
        notes.refuse(0, Some(C::Body), Remark::DescriptionTooLong);
        return None;
    }
    if description::has_pictures(body) {
        notes.note(0, Some(C::Body), Remark::DescriptionPictures);
    }
    // Ours is HTML throughout.
    let text = if format == Some(Format::Duka) { body.into() } else { description::parted(body) };
    Some(DescriptionDraft { raw: body.to_owned(), html: description::clean(&text) })
}

/// Between commas; in our own files a comma inside of a tag is written `\,`.
fn split_tags(cell: &str, has_escapes: bool) -> Vec<String> {
    let mut tags = vec![String::new()];
    let mut letters = cell.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if has_escapes => {
                if let (Some(tag), Some(letter)) = (tags.last_mut(), letters.next()) {
                    tag.push(letter);
                }
            }
            ',' => tags.push(String::new()),
            other => {
                if let Some(tag) = tags.last_mut() {
                    tag.push(other);
                }
            }
        }
    }
    let mut kept: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
        let tag = cut(tag, LONGEST_CELL);
        if kept.len() < MOST_TAGS && !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    kept
}

/// Whole grams; 0 is how exports say that nobody weighed it.
fn read_grams(cell: &str, notes: &mut Notes) -> Option<i64> {
    let whole = cell.split_once('.').map_or(cell, |(whole, _)| whole);
    match whole.parse::<i64>() {
        Ok(0) => None,
        Ok(grams @ 1..=MOST_GRAMS) => Some(grams),
        _ => {
            notes.note(0, Some(C::Grams), Remark::WeightUnclear { says: cut(cell, 20) });
            None
        }
    }
}

/// The pictures of all rows in the order of their positions; variants learn which one is theirs.
fn draft_pictures(rows: &[Row], variants: &mut [VariantDraft], notes: &mut Notes) -> Vec<PictureDraft> {
    let mut found: Vec<(u32, PictureDraft)> = Vec::new();
    for (nth, row) in rows.iter().enumerate() {
        let position = row.cell(C::ImagePosition).parse().unwrap_or(u32::MAX);
        let alt = row.cell(C::ImageAlt);
        let mut has_any = false;
        for src in row.all(C::ImageSrc) {
            has_any = true;
            if !found.iter().any(|(_, picture)| picture.src == src) {
                let alt = (!alt.is_empty()).then(|| cut(alt, LONGEST_ALT));
                found.push((position, PictureDraft { row: nth, src: src.to_owned(), alt }));
            }
        }
        if !has_any && nth > 0 && !is_variant_row(row) && row.damage.is_none() {
            notes.note(nth, None, Remark::RowAddsNothing);
        }
    }
    found.sort_by_key(|(position, _)| *position);
    let mut pictures: Vec<PictureDraft> = found.into_iter().map(|(_, picture)| picture).collect();
    for variant in &*variants {
        let src = rows[variant.row].cell(C::VariantImage);
        if !src.is_empty() && !pictures.iter().any(|picture| picture.src == src) {
            pictures.push(PictureDraft { row: variant.row, src: src.to_owned(), alt: None });
        }
    }
    for extra in pictures.iter().skip(MOST_PICTURES) {
        notes.note(extra.row, Some(C::ImageSrc), Remark::TooManyPictures { most: MOST_PICTURES });
    }
    pictures.truncate(MOST_PICTURES);
    for variant in variants {
        let src = rows[variant.row].cell(C::VariantImage);
        variant.picture = pictures.iter().position(|picture| picture.src == src);
    }
    pictures
}

/// At most so many characters.
pub(super) fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
